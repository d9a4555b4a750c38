"""Whether a customer is asked how it went, when the time has come."""

from datetime import datetime, timedelta

from channels_app.messages import Authenticity
from channels_app.models import Channel
from tickets.acknowledging.sending import is_read_by_somebody
from tickets.customers import barred
from tickets.inviting import links
from tickets.models import BlockedDomain, Identity, Message, Rating, RatingInvitation, RatingRefusal, Ticket

PAUSE = timedelta(days=1)
"""Between two questions to one customer, however many requests of theirs were resolved."""


def why_not(ticket: Ticket, row: RatingInvitation, address: str, now: datetime) -> str:
    """Why this customer is not asked about this resolution, in a word; "" when they are."""
    channel = ticket.channel
    if ticket.resolved_at != row.resolved_at or ticket.merged_into_id or ticket.is_internal:
        return "reopened"
    if channel is None or not channel.is_active or not channel.config.get("invite_to_rate"):
        return "off"
    if not links.home(channel.pk)[0]:
        return "closed"
    if ticket.folder != Ticket.Folder.DESK:
        return "spam"
    if Rating.objects.filter(ticket=ticket, resolved_at=row.resolved_at).exists():
        return "rated"
    return _why_not_them(ticket, address) or _why_not_now(ticket, row, now)


def _why_not_them(ticket: Ticket, address: str) -> str:
    if not address or not is_read_by_somebody(address.lower()):
        return "unread"
    if ticket.customer.blocked_at or ticket.customer.erased_at or _is_barred(address):
        return "blocked"
    if RatingRefusal.objects.filter(customer=ticket.customer_id).exists():
        return "refused"
    return ""


def _why_not_now(ticket: Ticket, row: RatingInvitation, now: datetime) -> str:
    said = Message.objects.filter(ticket=ticket, is_automatic=False)
    written = said.filter(direction=Message.Direction.IN, customer=ticket.customer_id)
    newest = written.order_by("-pk").values_list("authenticity", flat=True).first()
    answers = said.filter(direction=Message.Direction.OUT, author__isnull=False)
    if newest is None or newest == Authenticity.FAIL or not answers.exists():
        return "unanswered"
    theirs = RatingInvitation.objects.filter(
        ticket__customer=ticket.customer_id, state=RatingInvitation.State.SENT
    )
    return "lately" if theirs.filter(settled_at__gt=now - PAUSE).exclude(pk=row.pk).exists() else ""


def _is_barred(address: str) -> bool:
    above = barred.lines_of(address.rpartition("@")[2].lower())
    return BlockedDomain.objects.standing().filter(domain__in=above).exists()


def address(ticket: Ticket) -> str:
    """Where the customer reads mail of this mailbox; "" where mail comes back."""
    if ticket.channel is None or ticket.channel.kind != Channel.Kind.EMAIL:
        return ""
    written = Message.objects.filter(
        ticket=ticket, direction=Message.Direction.IN, customer=ticket.customer_id
    )
    last = written.order_by("-pk").values_list("sender_address", flat=True).first() or ""
    known = Identity.objects.filter(
        customer=ticket.customer_id, kind=Identity.Kind.EMAIL, bounced_at=None
    ).order_by("pk")
    values = list(known.values_list("value", flat=True))
    return last if last.lower() in values else next(iter(values), "")
