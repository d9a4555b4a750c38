"""Tickets get the priority of the criteria, as they come and as time passes; a person's word stays."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from tickets import properties
from tickets.models import Customer, Event, Message, PriorityCriterion, PriorityScale, Ticket, Urgency
from tickets.priority import money, reckoning
from tickets.priority.reckoning import Criterion, Facts, Reckoned, Scale

BATCH = 100
SECONDS = 10.0
"""How long a worker may go by criteria that were changed meanwhile."""


@dataclass
class _Kept:
    scale: Scale | None = None
    criteria: Sequence[Criterion] = field(default_factory=list)
    until: float = 0.0


_kept = _Kept()


def known() -> _Kept:
    """The scale, None while nothing is reckoned, and the criteria; as they were up to ten seconds ago."""
    if time.monotonic() >= _kept.until:
        refresh()
    return _kept


def refresh() -> _Kept:
    """Read the tables now."""
    row = PriorityScale.objects.filter(is_active=True).first()
    _kept.scale = Scale(low=row.low, high=row.high, urgent=row.urgent) if row else None
    active = PriorityCriterion.objects.filter(is_active=True) if row else ()
    _kept.criteria = [criterion(each) for each in active]
    _kept.until = time.monotonic() + SECONDS
    return _kept


def criterion(row: PriorityCriterion) -> Criterion:
    """A row of the table as `reckoning` takes it."""
    return Criterion(
        pk=row.pk,
        points=row.points,
        kind=row.kind,
        words=tuple(filter(None, (part.strip() for part in row.words.split(",")))),
        importance=row.importance or 0,
        channel=row.channel_id,
        anger=row.mood or 0,
        judged=row.judged,
        money=row.money or 0,
        waits=timedelta(minutes=row.waits_minutes) if row.waits_minutes else None,
    )


def settle(tickets: Mapping[int, Ticket], now: datetime) -> None:
    """Reckon these tickets, and give them their priority where no person has; safe to call twice."""
    kept = known()
    if kept.scale is None or not tickets:
        return
    messages, weights = _first_messages(tickets), _importance(tickets)
    seen = set(Urgency.objects.filter(ticket__in=tickets).values_list("ticket", flat=True))
    chosen = set(_chosen_by_people(tickets))
    rows = []
    for pk, ticket in sorted(tickets.items()):
        facts = facts_of(ticket, messages.get(pk), weights.get(ticket.customer_id, 1))
        reckoned = reckoning.reckon(facts, kept.criteria, kept.scale, now)
        is_free = pk not in chosen and (pk in seen or ticket.priority == Ticket.Priority.NORMAL)
        if is_free and reckoned.priority != ticket.priority:
            _change(ticket, reckoned)
        due = None if ticket.is_finished or pk in chosen else reckoned.due_at
        rows.append(Urgency(ticket_id=pk, points=reckoned.points, counted=reckoned.counted, due_at=due))
    names = ["points", "counted", "due_at"]
    Urgency.objects.bulk_create(rows, update_conflicts=True, unique_fields=["ticket"], update_fields=names)


def sweep(now: datetime) -> int:
    """Reckon again what time may have changed; touches only what is due. How many tickets."""
    done = 0
    while known().scale is not None and (count := _sweep(now)):
        done += count
        if count < BATCH:
            break
    return done


@transaction.atomic
def _sweep(now: datetime) -> int:
    due = Urgency.objects.filter(due_at__lte=now).order_by("due_at").values("ticket")[:BATCH]
    rows = Ticket.objects.filter(pk__in=list(due.values_list("ticket", flat=True)))
    locked = rows.select_for_update(of=("self",), skip_locked=True).order_by("pk")
    found = {each.pk: each for each in locked}
    settle(found, now)
    return len(found)


def facts_of(ticket: Ticket, message: Message | None, importance: int) -> Facts:
    """What of a ticket and its first message the criteria look at."""
    said = f"{ticket.subject}\n{message.visible_text}" if message else ticket.subject
    verdict = ticket.verdict or {}
    waits = ticket.waiting_since if ticket.status in (Ticket.Status.NEW, Ticket.Status.OPEN) else None
    return Facts(
        text=said,
        language=(ticket.language or "")[:2],
        kind=ticket.kind,
        importance=importance,
        channel=ticket.channel_id,
        anger=verdict.get("anger", 0),
        judged=verdict.get("priority", ""),
        money=money.most(said),
        waits_since=waits,
    )


def _change(ticket: Ticket, reckoned: Reckoned) -> None:
    why = [{"code": "criterion", "criterion": pk, "points": points} for pk, points in reckoned.counted] or [
        {"code": "no_criterion"}
    ]
    properties.set_priority(ticket, reckoned.priority, actor=None, why=why)


def _first_messages(tickets: Mapping[int, Ticket]) -> dict[int, Message]:
    said = Message.objects.filter(ticket__in=tickets, direction=Message.Direction.IN)
    first = said.order_by("ticket", "id").distinct("ticket").only("ticket", "text", "folds")
    return {each.ticket_id: each for each in first}


def _importance(tickets: Mapping[int, Ticket]) -> dict[int, int]:
    customers = {each.customer_id for each in tickets.values()}
    return dict(Customer.objects.filter(pk__in=customers).values_list("pk", "importance"))


def _chosen_by_people(tickets: Mapping[int, Ticket]) -> list[int]:
    """Or by a rule that one has set up; and those that were raised since they were overdue."""
    chosen = Q(user__isnull=False) | Q(data__has_key="by_rule") | Q(data__why__0__code="overdue")
    said = Event.objects.filter(chosen, ticket__in=tickets, kind=Event.Kind.PRIORITY_CHANGED)
    return list(said.values_list("ticket", flat=True))
