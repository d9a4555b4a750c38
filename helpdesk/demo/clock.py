"""Moves what was written just now to the moment at which the story says it happened."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from channels_app.models import InboundRecord
from tickets.models import Delivery, Event, Message, Ticket

# A story's moment for a real one: that of the last strike before it, and as much later as it really was.
_MOVED = """(
    SELECT told + ({column} - played) FROM unnest(%(played)s::timestamptz[], %(told)s::timestamptz[])
    AS strike (played, told) WHERE played <= {column} ORDER BY played DESC LIMIT 1
)"""

_TIMES: tuple[tuple[type[Model], str, str], ...] = (
    (
        Ticket,
        "created_at last_message_at waiting_since first_replied_at resolved_at closed_at folder_since",
        "id = %(ticket)s",
    ),
    (Message, "created_at", "ticket_id = %(ticket)s"),
    (Event, "at", "ticket_id = %(ticket)s"),
    (
        Delivery,
        "created_at due_at sent_at",
        "message_id IN (SELECT id FROM tickets_message WHERE ticket_id = %(ticket)s)",
    ),
    (InboundRecord, "received_at arrived_at done_at", "id = ANY(%(records)s)"),
)


class Clock:
    """Remembers when each step was really played; a story's time only goes forward."""

    def __init__(self) -> None:
        self._played: list[datetime] = []
        self._told: list[datetime] = []

    def strike(self, at: datetime) -> None:
        """From now on, everything happens at this moment of the story."""
        self._played.append(timezone.now())
        self._told.append(at)

    def set_back(self, ticket: Ticket, records: list[int]) -> None:
        """Shift every time of the ticket, of all that belongs to it, and of the records it came from."""
        values: dict[str, Any] = {
            "played": self._played,
            "told": self._told,
            "ticket": ticket.pk,
            "records": records,
        }
        with connection.cursor() as cursor:
            for model, columns, rows in _TIMES:
                moved = ", ".join(f"{name} = {_MOVED.format(column=name)}" for name in columns.split())
                cursor.execute(f"UPDATE {model._meta.db_table} SET {moved} WHERE {rows}", values)
            cursor.execute(
                "UPDATE tickets_message SET sent_at = created_at WHERE ticket_id = %s AND direction = 'out'",
                [ticket.pk],
            )
