"""The values an operator may have, as far as the colleague may know them."""

from collections import Counter
from collections.abc import Callable, Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from helpdesk.accounts.models import Team, User
from tickets import access
from tickets.models import CustomField
from tickets.search import conditions, documents, operators, vocabulary
from tickets.search.spelling import folded

MOST = 8
READ = 500  # newest tickets whose tags are offered
SHORTEST = 2  # letters of a customer's name

Offer = tuple[str, str]
"""What is put in, and what it is."""


def values(name: str, typed: str, user: User) -> list[Offer]:
    """What may follow an operator, as typed so far: what to put there, and a hint beside it."""
    operator = operators.named(name)
    if operator in vocabulary.VALUES:
        offers = _words(operator, typed)
    elif operator in _KNOWN:
        offers = _KNOWN[operator](typed, user)
    else:
        offers = _custom(name, typed)
    return [(f"{name}:{value}", hint) for value, hint in offers]


def _words(operator: str, typed: str) -> list[Offer]:
    speaks, word = get_language() or "en", folded(typed)
    table = vocabulary.VALUES[operator]
    begun = [
        value
        for value, words in table.items()
        if any(folded(each).startswith(word) for each in words.replace("|", " ").split())
    ]
    return [(vocabulary.word_for(operator, value, speaks), "") for value in begun]


def customers(typed: str, user: User) -> list[Offer]:
    """Customers whom this colleague may see, by the beginning of an address or a part of the name."""
    if len(typed) < SHORTEST:
        return []
    known = (
        access.identities(user)
        .filter(value__startswith=typed.lower())[:MOST]
        .values_list("customer", flat=True)
    )
    found = access.customers(user).filter(Q(name__icontains=typed) | Q(pk__in=list(known)))
    rows = found.exclude(name="").prefetch_related("identities")[:MOST]
    return [
        (_quoted(each.name), ", ".join(str(one.value) for one in each.identities.all()[:1])) for each in rows
    ]


def _tags(typed: str, user: User) -> list[Offer]:
    newest = access.tickets(user).on_desk().newest_first().values_list("tags", flat=True)[:READ]
    counted = Counter(tag for tags in newest for tag in tags if tag.startswith(typed.lower()))
    return [(_quoted(tag), "") for tag, _count in counted.most_common(MOST)]


def _teams(typed: str, user: User) -> list[Offer]:
    fixed = [
        (pgettext("search word", "mine"), _("My teams")),
        (pgettext("search word", "none"), _("No team")),
    ]
    return [*_fitting(fixed, typed), *_named(Team.objects.all(), typed)]


def _agents(typed: str, user: User) -> list[Offer]:
    fixed = [(pgettext("search word", "me"), str(user)), (pgettext("search word", "nobody"), _("Nobody"))]
    return [*_fitting(fixed, typed), *_named(User.objects.people().at_work(), typed)]


def _organisations(typed: str, user: User) -> list[Offer]:
    return _named(access.organisations(user), typed)


def _languages(typed: str, user: User) -> list[Offer]:
    spoken = documents.asked()
    codes = [code for code, config in documents.CONFIGS.items() if config in spoken]
    return [(code, "") for code in codes if code.startswith(typed.lower())]


def _days(typed: str, user: User) -> list[Offer]:
    fixed = [
        (pgettext("search word", "today"), ""),
        (pgettext("search word", "yesterday"), ""),
        ("7d", _("From seven days ago")),
        ("30d", _("From thirty days ago")),
    ]
    return _fitting(fixed, typed)


def _custom(name: str, typed: str) -> list[Offer]:
    field = next((each for each in conditions.searchable() if each.key == name.lower()), None)
    if field is None:
        return []
    if field.kind in CustomField.LISTED:
        named = [(_quoted(field.option_title(value)), "") for value in field.values]
        return _fitting(named, typed)
    if field.kind == CustomField.Kind.YES_NO:
        return _fitting([("true", _("Yes")), ("false", _("No"))], typed)
    return []


def _named(rows: QuerySet[Team] | QuerySet[User] | QuerySet[object], typed: str) -> list[Offer]:  # type: ignore[type-var]
    return [(_quoted(str(each)), "") for each in rows.filter(name__icontains=typed)[:MOST]]


def _fitting(offers: Iterable[Offer], typed: str) -> list[Offer]:
    begun = folded(typed)
    return [offer for offer in offers if folded(offer[0]).strip('"').startswith(begun)]


def _quoted(value: str) -> str:
    plain = value.replace('"', "")
    return f'"{plain}"' if " " in plain else plain


_KNOWN: dict[str, Callable[[str, User], list[Offer]]] = {
    "from": customers,
    "tag": _tags,
    "team": _teams,
    "agent": _agents,
    "organisation": _organisations,
    "language": _languages,
    "before": _days,
    "after": _days,
    "created": _days,
}
