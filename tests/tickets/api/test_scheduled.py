"""Scheduled replies by API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.api import refused
from tickets import departing
from tickets.models import Draft, Message

pytestmark = pytest.mark.django_db


def soon(hours: int = 1) -> str:
    return (timezone.now() + timedelta(hours=hours)).isoformat()


def test_a_reply_is_scheduled_moved_read_and_sent(till, answered):
    made = till.post(f"tickets/{answered.number}/scheduled/", {"body": "Later", "due_at": soon()})
    assert (made.status_code, made.json()["held"]) == (201, "")
    address = f"scheduled/{made.json()['id']}/"
    assert till.get("scheduled/").json()["results"][0]["body"] == "Later"
    assert till.get("drafts/").json()["results"] == [], "what waits is no draft"
    moved = till.patch(address, {"due_at": soon(5)})
    assert moved.status_code == 200
    Draft.objects.update(due_at=timezone.now())
    departing.drain()
    assert Message.objects.filter(text="Later").exists()
    refused(till.get(address), 404, "not-found")


def test_a_reply_is_sent_at_once_or_thrown_away(till, answered):
    address = f"tickets/{answered.number}/scheduled/"
    first, second = (till.post(address, {"body": body, "due_at": soon()}).json() for body in ("one", "two"))
    assert till.post(f"scheduled/{first['id']}/sending/").status_code == 204
    assert till.delete(f"scheduled/{second['id']}/").status_code == 204
    assert not Draft.objects.exists()
    assert Message.objects.filter(text="one").exists() and not Message.objects.filter(text="two").exists()


def test_what_makes_no_sense_is_refused_and_anothers_is_not_there(till, program, bob, answered):
    address = f"tickets/{answered.number}/scheduled/"
    refused(till.post(address, {"body": "x", "due_at": soon(-1)}), 400, "validation")
    made = till.post(address, {"body": "x", "due_at": soon()}).json()
    for method in ("get", "delete"):
        refused(getattr(program(bob), method)(f"scheduled/{made['id']}/"), 404, "not-found")
