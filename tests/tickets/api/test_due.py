"""Times to keep by the API: policies and hours as they are set up, and why a ticket is due when it is."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from helpdesk.accounts.models import Calendar
from tickets import intake, reactions
from tickets.models import SlaPolicy
from tickets.sla import policies

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy(monkeypatch) -> SlaPolicy:
    monkeypatch.setattr(policies, "SECONDS", -1.0)
    monkeypatch.setattr(policies, "_kept", policies._Kept())
    calendar = Calendar.objects.create(name="Always", time_zone="Europe/Budapest")
    for weekday in range(7):
        calendar.shifts.create(weekday=weekday, starts=time(0), ends=time(0))
    calendar.holidays.create(day=date(2020, 12, 25), name="Christmas")
    made = SlaPolicy.objects.create(name="Everybody", first_reply=60, calendar=calendar)
    policies.notice(timezone.now())
    return made


def test_when_a_ticket_is_due_and_why(program, alice, policy, written):
    ticket = intake.receive(written()).ticket
    reactions.drain()
    till = program(alice, "tickets:read")
    (due,) = till.get(f"tickets/{ticket.number}/due-times/").json()
    told = [due[name] for name in ("target", "state", "policy", "version", "hours", "allowed_minutes")]
    assert told == ["first_reply", "running", "Everybody", 1, "Always", 60]
    start, end = parse_datetime(due["started_at"]), parse_datetime(due["due_at"])
    assert end - start == timedelta(hours=1)
    assert [(each["start"], each["end"]) for each in due["counted"]] == [(due["started_at"], due["due_at"])]
    assert (due["is_overdue"], due["pauses"], due["used_minutes"]) == (False, [], 0)
