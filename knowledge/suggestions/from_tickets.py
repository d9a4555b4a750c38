"""From a ticket to the box: the customer's words as a suggestion, or their vote for one that is there."""

from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import transaction

from helpdesk.accounts.models import User
from knowledge import baring, centres
from knowledge.models import Shown, Suggestion, SuggestionVote
from knowledge.models.suggestion import LONGEST_TEXT, LONGEST_TITLE
from knowledge.suggestions import posting, shelf
from tickets.models import Message, Ticket


def of(ticket: Ticket) -> Suggestion | None:
    """The suggestion that this ticket is counted for."""
    vote = SuggestionVote.objects.select_related("suggestion").filter(ticket=ticket).order_by("-pk").first()
    return vote.suggestion if vote else None


def alike(ticket: Ticket) -> list[Suggestion]:
    """Public ones that say much the same as the ticket, the best first."""
    title, text = _words(ticket)
    return shelf.find(
        f"{title} {text}"[:300], _language(ticket), centre=centres.of_channel(ticket.channel_id), limit=4
    )


@transaction.atomic
def make(ticket: Ticket, *, actor: User) -> Suggestion:
    """A suggestion in the customer's words, without names and numbers; it waits for approval.

    Called again it gives the first one.
    """
    if known := of(ticket):
        return known
    title, text = _words(ticket)
    centre = centres.of_channel(ticket.channel_id)
    row, is_new = Suggestion.objects.get_or_create(
        key=uuid5(NAMESPACE_URL, f"suggestion of ticket {ticket.pk}"),
        defaults={
            "title": title or f"#{ticket.number}",
            "text": text,
            "language": _language(ticket),
            "customer": ticket.customer,
            "centre": None if centre.is_first else centre,
            "shown": Shown.WAITING,
        },
    )
    if is_new:
        posting.vote(row, customer=ticket.customer, ticket=ticket)
    return row


def count_in(ticket: Ticket, suggestion: Suggestion) -> None:
    """The customer of this ticket wants it too."""
    posting.vote(suggestion, customer=ticket.customer, ticket=ticket)


def _words(ticket: Ticket) -> tuple[str, str]:
    said = Message.objects.filter(ticket=ticket, direction=Message.Direction.IN, is_automatic=False)
    first = said.order_by("pk").first()
    name = ticket.customer.name
    text = baring.core(first.visible_text, name) if first else ""
    title = baring.subject(ticket.subject or "", name) or text.split("\n")[0]
    return title[:LONGEST_TITLE], text[:LONGEST_TEXT]


def _language(ticket: Ticket) -> str:
    spoken = (ticket.language or ticket.customer.language or "")[:2]
    return spoken if spoken in dict(settings.LANGUAGES) else "en"
