"""What the operators of a search ask of a ticket."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from helpdesk.accounts.models import User
from tickets import fields
from tickets.models import CustomField, Ticket
from tickets.search import days, operators, people, states, vocabulary
from tickets.search.language import Term
from tickets.search.trouble import Trouble, Wrong

RULES = {**people.RULES, **states.RULES}


@dataclass(frozen=True)
class Wanted:
    rule: Q
    folders: bool
    """Whether spam or bin was asked for by name."""
    troubles: tuple[Trouble, ...]


def of(terms: Iterable[Term], user: User, now: datetime) -> Wanted:
    """The rule that tickets must fit; terms that make no sense are left out and told."""
    rule, troubles, folders = Q(), [], False
    for term in terms:
        try:
            asked = _rule(term, user, now)
        except Wrong as error:
            troubles.append(Trouble(term.typed, str(error)))
            continue
        rule &= ~asked if term.negated else asked
        folders |= term.name == "is" and vocabulary.meant("is", term.value) in Ticket.PUT_AWAY
    return Wanted(rule, folders, tuple(troubles))


def _rule(term: Term, user: User, now: datetime) -> Q:
    if term.name in ("before", "after", "created"):
        return _DATES[term.name](term.value, now)
    if term.name in RULES:
        return RULES[term.name](term.value, user)
    return _custom(term)


def _period(text: str, now: datetime) -> days.Period:
    found = days.period(text, now)
    if found is None:
        hint = _("“%(word)s” is no day. Write 2026-11-25, 25.11.2026, 2026-11, 2026, today, or 7d.")
        raise Wrong(hint % {"word": text})
    return found


def _before(value: str, now: datetime) -> Q:
    return Q(last_message_at__lt=_period(value, now)[0])


def _after(value: str, now: datetime) -> Q:
    return Q(last_message_at__gte=_period(value, now)[0])


def _created(value: str, now: datetime) -> Q:
    """On a day, in a month, before one (<2026-11), after (>2026-11), or from one to another (2026..2027)."""
    if value[:1] == "<":
        return Q(created_at__lt=_period(value[1:], now)[0])
    if value[:1] == ">":
        return Q(created_at__gte=_period(value[1:], now)[1])
    first, dots, last = value.partition("..")
    start, end = _period(first, now)[0], _period(last if dots else first, now)[1]
    return Q(created_at__gte=start, created_at__lt=end)


def _custom(term: Term) -> Q:
    """A field of the ticket, or else of its customer."""
    owner = next((each.of for each in searchable() if each.key == term.name), CustomField.Of.TICKET)
    prefix = "customer__" if owner == CustomField.Of.CUSTOMER else ""
    pair = f"{term.name}:{term.value}".replace('"', '""')
    try:
        return fields.holding(owner, f'"{pair}"', prefix)
    except fields.Wrong as error:
        raise Wrong(f"{term.typed}: {error}") from error


def searchable() -> list[CustomField]:
    """The custom fields that can be asked for by their key: a ticket's, then a customer's, none twice."""
    found: dict[str, CustomField] = {}
    for owner in (CustomField.Of.TICKET, CustomField.Of.CUSTOMER):
        for field in fields.of(owner):
            if not operators.named(field.key):
                found.setdefault(field.key, field)
    return list(found.values())


_DATES: dict[str, Callable[[str, datetime], Q]] = {"before": _before, "after": _after, "created": _created}
