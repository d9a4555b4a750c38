"""In which order a list goes, each by an index, and the place in it where the next page begins."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import BooleanField, Expression, F, Func, Value
from django.db.models.functions import Coalesce
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from tickets.models import Ticket
from tickets.models.ticket import LOUDEST, NEVER, TicketQuerySet

DUE = Coalesce("due_at", Value(NEVER))
"""As the index has it."""
PRESSING = Coalesce("due_soon_at", "due_at")
"""From when on it is due soon, or else overdue; as its index has it."""
Values = tuple[datetime | int, ...]


@dataclass(frozen=True)
class Order:
    """`columns` are what an index holds, all in one direction, the last of them unique."""

    name: str
    title: str | Promise
    columns: Callable[[], tuple[Any, ...]]
    read: Callable[[Ticket], Values]
    kinds: tuple[type, ...]
    descending: bool = False

    def sort(self, found: TicketQuerySet) -> TicketQuerySet:
        columns = [F(each) if isinstance(each, str) else each for each in self.columns()]
        return found.order_by(*(each.desc() if self.descending else each.asc() for each in columns))

    def after(self, found: TicketQuerySet, values: Values | None) -> TicketQuerySet:
        """The rows behind this place: one comparison of rows, which the index answers from that place on."""
        if values is None:
            return found
        return found.filter(_behind(self.columns(), values, "<" if self.descending else ">"))

    def cursor(self, ticket: Ticket) -> str:
        """The place of this ticket, as an address carries it."""
        return "_".join(
            value.isoformat() if isinstance(value, datetime) else str(value) for value in self.read(ticket)
        )

    def place(self, cursor: str) -> Values | None:
        """What `cursor` wrote; None for none and for nonsense."""
        parts = cursor.split("_")
        if len(parts) != len(self.kinds):
            return None
        try:
            found = [_value(part, kind) for part, kind in zip(parts, self.kinds, strict=True)]
        except (ValueError, OverflowError):
            return None
        return None if None in found else tuple(found)  # type: ignore[arg-type]


def _waited(ticket: Ticket) -> datetime:
    return ticket.waiting_since or NEVER


ORDERS: dict[str, Order] = {
    order.name: order
    for order in (
        Order(
            "-last_message",
            pgettext_lazy("order of a list", "Newest message first"),
            lambda: ("last_message_at", "id"),
            lambda ticket: (ticket.last_message_at, ticket.pk),
            (datetime, int),
            descending=True,
        ),
        Order(
            "last_message",
            pgettext_lazy("order of a list", "Oldest message first"),
            lambda: ("last_message_at", "id"),
            lambda ticket: (ticket.last_message_at, ticket.pk),
            (datetime, int),
        ),
        Order(
            "waiting",
            pgettext_lazy("order of a list", "Who waits longest first"),
            lambda: (Coalesce("waiting_since", Value(NEVER)), "id"),
            lambda ticket: (_waited(ticket), ticket.pk),
            (datetime, int),
        ),
        Order(
            "urgent",
            pgettext_lazy("order of a list", "Most urgent first"),
            lambda: (Value(LOUDEST) - F("priority"), Coalesce("waiting_since", Value(NEVER)), "id"),
            lambda ticket: (LOUDEST - ticket.priority, _waited(ticket), ticket.pk),
            (int, datetime, int),
        ),
        Order(
            "due",
            pgettext_lazy("order of a list", "Due first"),
            lambda: (DUE, "id"),
            lambda ticket: (ticket.due_at or NEVER, ticket.pk),
            (datetime, int),
        ),
        Order(
            "-created",
            pgettext_lazy("order of a list", "Newest ticket first"),
            lambda: ("id",),
            lambda ticket: (ticket.pk,),
            (int,),
            descending=True,
        ),
        Order(
            "created",
            pgettext_lazy("order of a list", "Oldest ticket first"),
            lambda: ("id",),
            lambda ticket: (ticket.pk,),
            (int,),
        ),
    )
}
USUAL = next(iter(ORDERS))


def named(name: str) -> Order:
    """The order of this name, the usual one for nonsense."""
    return ORDERS.get(name, ORDERS[USUAL])


class _Row(Func):
    template = "ROW(%(expressions)s)"
    output_field = BooleanField()  # it has none of its own; nobody reads it


def _behind(columns: Sequence[Any], values: Values, sign: str) -> Expression:
    given = _Row(*(Value(value) for value in values))
    return Func(
        _Row(*columns),
        given,
        template="%(expressions)s",
        arg_joiner=f" {sign} ",
        output_field=BooleanField(),
    )


def _value(part: str, kind: type) -> datetime | int | None:
    """Raises ValueError and OverflowError for what no cursor holds."""
    if kind is int:
        if not (part.isascii() and part.isdecimal()):
            raise ValueError(part)
        return min(int(part[:20]), 2**62)
    moment = parse_datetime(part)
    if moment is None or moment.tzinfo is None:
        return None
    return moment.astimezone(UTC)  # PostgreSQL takes fewer offsets than the notation allows
