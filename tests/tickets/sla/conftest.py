"""A desk that keeps times: policies are read anew each time."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tickets import intake, reactions
from tickets.models import Event, SlaClock, SlaPolicy, Ticket
from tickets.sla import policies, sweeping


@pytest.fixture(autouse=True)
def fresh(monkeypatch) -> None:
    monkeypatch.setattr(policies, "SECONDS", -1.0)
    monkeypatch.setattr(policies, "_kept", policies._Kept())


@pytest.fixture
def policy(db) -> SlaPolicy:
    """Round the clock: a reply within an hour, each next one within two, a resolution within a day."""
    made = SlaPolicy.objects.create(name="Everybody", first_reply=60, next_reply=120, resolution=1440)
    policies.notice(timezone.now())
    return made


@pytest.fixture
def arrived(written):
    def arrive(**fields) -> Ticket:
        ticket = intake.receive(written(**fields)).ticket
        reactions.drain()
        return now(ticket)

    return arrive


def now(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def clock(ticket: Ticket, target: str) -> SlaClock:
    return ticket.clocks.filter(target=target).latest("started_at")


def earlier(ticket: Ticket, by: timedelta) -> None:
    """As if all of it had happened so much earlier."""
    for row in (*Event.objects.filter(ticket=ticket), *SlaClock.objects.filter(ticket=ticket)):
        for field in row._meta.concrete_fields:
            value = getattr(row, field.attname)
            if isinstance(value, datetime):
                setattr(row, field.attname, value - by)
        if isinstance(row, SlaClock):
            row.pauses = [[_moved(start, by), _moved(end, by), why] for start, end, why in row.pauses]
        row.save()
    row = now(ticket)
    for name in ("created_at", "waiting_since", "first_replied_at", "resolved_at"):
        if getattr(row, name):
            setattr(row, name, getattr(row, name) - by)
    row.save()


def _moved(moment: str | None, by: timedelta) -> str | None:
    return (datetime.fromisoformat(moment) - by).isoformat() if moment else None


def told(ticket: Ticket) -> list[str]:
    kinds = ticket.events.filter(kind__startswith="sla_").order_by("id")
    return [event.kind + (" noted" if event.data.get("noted") else "") for event in kinds]


__all__ = ["clock", "earlier", "now", "sweeping", "told"]
