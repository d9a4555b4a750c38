"""What the desk made of a ticket's first message, as the page tells it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tickets.models import Ticket

MOODS = {1: _("The customer sounds annoyed."), 2: _("The customer sounds angry.")}


@dataclass(frozen=True, kw_only=True)
class Shown:
    label: str
    percent: int
    words: str
    """The words that decided, in quotation marks; "" when no single ones did."""
    mood: str
    """How the customer sounds, when that is not calm."""
    stands: bool
    """Whether the ticket has this kind, by the desk's own word or a person's."""


def shown(ticket: Ticket) -> Shown | None:
    """The verdict on a ticket, None where there is none."""
    told = ticket.verdict
    if told.get("kind") not in Ticket.Kind.values:
        return None
    return Shown(
        label=str(Ticket.Kind(told["kind"]).label),
        percent=round(told.get("confidence", 0) * 100),
        words=", ".join(f"“{words}”" for words in told.get("words", [])),
        mood=str(MOODS.get(told.get("anger", 0), "")),
        stands=ticket.kind == told["kind"],
    )
