"""Snoozing at the ticket: the choices by the reader's clock, a page without scripts, and the way back."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests.tickets.web.conftest import HTMX
from tickets import snoozing
from tickets.models import Ticket
from tickets.web import later

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(ticket) -> str:
    return f"/tickets/{ticket.number}/snooze/"


def sleeper(ticket) -> Ticket:
    ticket.refresh_from_db()
    return ticket


def test_the_choices_go_by_the_readers_clock():
    now = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)  # a Wednesday, 17:00 in Tokyo
    with timezone.override(ZoneInfo("Asia/Tokyo")):
        times = {name: moment for name, _label, moment in later.snoozes(now)}
    assert times == {
        "hours": datetime(2026, 11, 25, 11, 0, tzinfo=UTC),
        "tomorrow": datetime(2026, 11, 26, 0, 0, tzinfo=UTC),
        "monday": datetime(2026, 11, 30, 0, 0, tzinfo=UTC),
        "answer": None,
    }


def test_nothing_is_later_today_when_the_day_is_over():
    with timezone.override(UTC):
        names = [name for name, *_ in later.snoozes(datetime(2026, 11, 25, 21, 30, tzinfo=UTC))]
    assert names == ["tomorrow", "monday", "answer"]


def test_the_menu_is_a_page_too(desk, at):
    assert "<html" in desk.get(at).content.decode()
    menu = desk.get(at, headers=HTMX).content.decode()
    assert "<html" not in menu and "Tomorrow morning" in menu


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_it_is_snoozed_and_woken(headers, desk, at, ticket):
    answer = desk.post(at, {"value": "tomorrow"}, headers=headers)
    assert answer.status_code == (200 if headers else 302)
    assert sleeper(ticket).is_snoozed
    assert "Snoozed until" in desk.get(f"/tickets/{ticket.number}/").content.decode()
    assert "back " in desk.get("/tickets/?view=snoozed").content.decode()
    desk.post(f"{at}undo/", headers=headers)
    assert not sleeper(ticket).is_snoozed


def test_until_an_answer(desk, at, ticket):
    desk.post(at, {"value": "answer"})
    assert sleeper(ticket).snoozed_until == snoozing.UNTIL_ANSWERED
    assert "Snoozed until the customer writes" in desk.get(f"/tickets/{ticket.number}/").content.decode()


@pytest.mark.parametrize(
    "given", [{}, {"value": "soon"}, {"value": "at"}, {"value": "at", "at": "2020-01-01T09:00"}]
)
def test_nonsense_is_refused(given, desk, at, ticket):
    answer = desk.post(at, given, headers=HTMX)
    assert answer.status_code == 409 and b"time" in answer.content
    assert not sleeper(ticket).is_snoozed


def test_send_and_snooze(desk, ticket):
    given = {"body": "Soon.", "key": str(uuid4()), "snooze": "monday"}
    desk.post(f"/tickets/{ticket.number}/replies/", given)
    assert timedelta() < sleeper(ticket).snoozed_until - timezone.now() <= timedelta(days=7, hours=12)
    assert ticket.messages.filter(text="Soon.").exists()


def test_send_and_snooze_waits_its_seconds(desk, ticket, alice):
    alice.undo_seconds = 10
    alice.save()
    given = {"body": "Soon.", "key": str(uuid4()), "snooze": "answer"}
    desk.post(f"/tickets/{ticket.number}/replies/", given)
    assert not sleeper(ticket).is_snoozed
    assert "Not sent yet" in desk.get(f"/tickets/{ticket.number}/").content.decode()
