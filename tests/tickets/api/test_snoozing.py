"""Snoozing by API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.api import refused

pytestmark = pytest.mark.django_db


def test_a_ticket_is_snoozed_found_and_woken(till, answered):
    until = timezone.now() + timedelta(hours=2)
    address = f"tickets/{answered.number}/"
    made = till.post(f"{address}snooze/", {"until": until.isoformat()})
    assert made.status_code == 200 and made.json()["snooze"]["until"].startswith(until.isoformat()[:19])
    assert till.get("tickets/?snoozed=true").json()["results"]
    assert till.get("tickets/?view=open").json()["results"] == []
    assert till.post(f"{address}snooze/").json()["snooze"] == {"until": None}
    assert till.post(f"{address}waking/").json()["snooze"] is None


def test_a_time_that_makes_no_sense_is_refused(till, answered):
    before = (timezone.now() - timedelta(hours=2)).isoformat()
    refused(till.post(f"tickets/{answered.number}/snooze/", {"until": before}), 400, "validation")
