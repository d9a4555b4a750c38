"""What is new to a colleague: tickets on which something was said since they last had them before them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone

from helpdesk.accounts.models import User
from tickets.models import Seen, Ticket
from tickets.models.ticket import TicketQuerySet

FRESH = timedelta(days=30)
"""What is older is not new any more, whoever has seen it: nobody begins with a thousand marks."""

# Up to the last message that is there now, whatever the clock says: what commits a moment later is new.
# Nothing is written, and nothing waits for the disk, where there is no news since.
_SEE = """
INSERT INTO tickets_seen (user_id, ticket_id, at)
SELECT %(user)s, id, last_message_at FROM tickets_ticket AS t WHERE id = %(ticket)s AND NOT EXISTS (
    SELECT FROM tickets_seen WHERE user_id = %(user)s AND ticket_id = t.id AND at >= t.last_message_at
)
ON CONFLICT (user_id, ticket_id) DO UPDATE SET at = excluded.at
"""


def see(user_id: int, ticket_id: int) -> bool:
    """The colleague has this ticket before them, as it is now; whether anything on it was new."""
    with connection.cursor() as cursor:
        cursor.execute(_SEE, {"user": user_id, "ticket": ticket_id})
        return cursor.rowcount > 0


def new_among(user: User, tickets: Iterable[Ticket]) -> set[int]:
    """The ids of those of these tickets that are new to the colleague; one small query."""
    now = timezone.now()
    border = now - FRESH
    recent = {ticket.pk: ticket.last_message_at for ticket in tickets if ticket.last_message_at > border}
    if not recent:
        return set()
    with connection.cursor() as cursor:
        sql = "SELECT ticket_id, at FROM tickets_seen WHERE user_id = %s AND ticket_id = ANY(%s)"
        cursor.execute(sql, [user.pk, list(recent)])
        seen: dict[int, datetime] = dict(cursor.fetchall())
    return {pk for pk, said in recent.items() if pk not in seen or seen[pk] < said}


def narrowed(found: TicketQuerySet, user: User, *, new: bool) -> TicketQuerySet:
    """The tickets that are new to the colleague, or those that are not."""
    seen = Seen.objects.filter(user=user.pk, ticket=OuterRef("pk"), at__gte=OuterRef("last_message_at"))
    is_new = Q(last_message_at__gt=Now() - FRESH) & ~Exists(seen)
    return found.filter(is_new if new else ~is_new)


def mark_new(user: User, ticket: Ticket) -> None:
    """As if the colleague had not seen it yet."""
    Seen.objects.filter(user=user.pk, ticket=ticket.pk).delete()


def forget() -> int:
    """Forget what is too old to matter; how many rows."""
    return Seen.objects.filter(at__lt=timezone.now() - FRESH).delete()[0]
