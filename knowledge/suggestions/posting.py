"""Posting suggestions and comments, and voting: what customers do, and colleagues for them."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from helpdesk.accounts.models import User
from knowledge import centres
from knowledge.models import HelpCentre, Shown, Suggestion, SuggestionComment, SuggestionVote
from knowledge.models.suggestion import LONGEST_COMMENT, LONGEST_TEXT, LONGEST_TITLE
from knowledge.suggestions import shelf
from tickets.customers import uniting
from tickets.models import Customer, Ticket

MOST_WAITING = 10
"""So many of one customer may wait for approval, suggestions and comments each."""


class TooMany(Exception):
    """The customer has a lot waiting already."""


class Closed(Exception):
    """It is not public, was united with another, or is over: nobody votes for it any more."""


@transaction.atomic
def post(
    title: str, text: str, *, language: str, customer: Customer, key: UUID, centre: HelpCentre
) -> Suggestion:
    """A customer's suggestion, with their own vote; the same `key` again gives the first. Raises TooMany."""
    if known := Suggestion.objects.filter(key=key).first():
        return known
    if waits := centre.suggestions_wait:
        Customer.objects.select_for_update().filter(pk=customer.pk).first()  # two at once are counted
        _check_waiting(Suggestion.objects.filter(customer=customer, shown=Shown.WAITING).count())
    made = Suggestion.objects.create(
        title=_line(title),
        text=_plain(text)[:LONGEST_TEXT],
        language=language,
        customer=customer,
        centre=None if centre.is_first else centre,
        shown=Shown.WAITING if waits else Shown.PUBLIC,
        key=key,
    )
    SuggestionVote.objects.create(suggestion=made, customer=customer)
    shelf.arrange(made)
    return made


@transaction.atomic
def note(
    title: str, text: str, *, language: str, actor: User, key: UUID, centre: HelpCentre | None = None
) -> Suggestion:
    """A colleague's note of what customers wish; it waits for approval. The same `key` gives the first."""
    values: dict[str, Any] = {
        "title": _line(title),
        "text": _plain(text)[:LONGEST_TEXT],
        "language": language,
        "centre": centre,
    }
    return Suggestion.objects.get_or_create(key=key, defaults=values)[0]


@transaction.atomic
def vote(suggestion: Suggestion, *, customer: Customer, ticket: Ticket | None = None) -> None:
    """The customer wants it; once, however often they say so. Raises Closed."""
    row = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    if not is_open(row) and ticket is None:
        raise Closed
    customer = Customer.objects.get(pk=uniting.survivor(customer.pk))
    if known := theirs(row, customer):
        if ticket and known.ticket_id is None:
            known.ticket = ticket
            known.save(update_fields=["ticket"])
        return
    SuggestionVote.objects.get_or_create(suggestion=row, customer=customer, defaults={"ticket": ticket})


@transaction.atomic
def take_back(suggestion: Suggestion, *, customer: Customer) -> None:
    """The customer does not want it any more. Raises Closed when all is decided: votes are history then."""
    if not is_open(suggestion):
        raise Closed
    SuggestionVote.objects.filter(_of(customer), suggestion=suggestion).delete()


@transaction.atomic
def comment(suggestion: Suggestion, text: str, *, customer: Customer, key: UUID) -> SuggestionComment:
    """A customer's comment; the same `key` again gives the first. Raises TooMany and Closed."""
    if known := SuggestionComment.objects.filter(key=key).first():
        return known
    if suggestion.shown != Shown.PUBLIC or suggestion.merged_into_id:
        raise Closed
    if waits := of(suggestion).suggestions_wait:
        Customer.objects.select_for_update().filter(pk=customer.pk).first()
        _check_waiting(SuggestionComment.objects.filter(customer=customer, shown=Shown.WAITING).count())
    shown = Shown.WAITING if waits else Shown.PUBLIC
    said = _plain(text)[:LONGEST_COMMENT]
    return SuggestionComment.objects.create(
        suggestion=suggestion, customer=customer, text=said, shown=shown, key=key
    )


def reply(suggestion: Suggestion, text: str, *, actor: User, key: UUID) -> SuggestionComment:
    """A comment of the company, public at once; the same `key` again gives the first."""
    values = {
        "suggestion": suggestion,
        "author": actor,
        "text": _plain(text)[:LONGEST_COMMENT],
        "shown": Shown.PUBLIC,
    }
    return SuggestionComment.objects.get_or_create(key=key, defaults=values)[0]


def of(suggestion: Suggestion) -> HelpCentre:
    """The help centre it stands in, as this process knows it."""
    known = centres.kept().centres
    return next((each for each in known if each.pk == suggestion.centre_id), known[0])


def is_open(suggestion: Suggestion) -> bool:
    """Whether one may still vote for it."""
    over = (Suggestion.Status.DONE, Suggestion.Status.DECLINED)
    return (
        suggestion.shown == Shown.PUBLIC and not suggestion.merged_into_id and suggestion.status not in over
    )


def theirs(suggestion: Suggestion, customer: Customer) -> SuggestionVote | None:
    """The vote of this customer, or of one who was joined into them."""
    return SuggestionVote.objects.filter(_of(customer), suggestion=suggestion).first()


def wanted_by(customer: Customer | None, rows: list[Suggestion]) -> set[int]:
    """Which of these the customer voted for."""
    if customer is None:
        return set()
    votes = SuggestionVote.objects.filter(_of(customer), suggestion__in=rows)
    return set(votes.values_list("suggestion", flat=True))


def _of(customer: Customer) -> Q:
    return Q(customer=customer) | Q(customer__merged_into=customer)


def _check_waiting(count: int) -> None:
    if count >= MOST_WAITING:
        raise TooMany


def _line(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[:LONGEST_TITLE]


def _plain(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n").strip()
