"""Watching: a line under the bell for what others do, one for each ticket, for those who may still see it."""

from uuid import uuid4

import pytest

from tickets import assignment, filters, intake, lifecycle, notifications, reactions, replies, watching
from tickets.models import Notification, Watch

pytestmark = pytest.mark.django_db


def lines(user) -> list[str]:
    reactions.drain()
    return list(Notification.objects.filter(user=user).order_by("id").values_list("kind", flat=True))


def test_who_watches_hears_what_others_do(ticket, alice, bob, written):
    reactions.drain()
    watching.watch(ticket, bob)
    watching.watch(ticket, bob)
    replies.send(ticket, author=alice, body="Soon.", key=uuid4())
    replies.send(ticket, author=bob, body="So.", key=uuid4())
    assert lines(bob) == ["watched"], "not of what they did themselves"
    first = Notification.objects.get(user=bob)
    news = intake.receive(written(references=(ticket.messages.first().external_id,), text="And?"))
    assert lines(bob) == ["watched"], "one line until it is read"
    renewed = Notification.objects.get(user=bob)
    assert renewed.message == news and renewed.by is None and renewed.created_at > first.created_at
    notifications.read(bob)
    intake.receive(written(references=(news.external_id,), text="Hello?"))
    assert lines(bob) == ["watched", "watched"]
    assert lines(alice) == []


def test_changes_without_a_message_make_one_line_until_it_is_read(ticket, alice, bob):
    reactions.drain()
    watching.watch(ticket, bob)
    for status in ("resolved", "open", "waiting"):
        lifecycle.set_status(ticket, status, actor=alice)
    assert lines(bob) == ["watched"]
    Notification.objects.update(read_at="2026-01-01T00:00Z")
    lifecycle.set_status(ticket, "open", actor=alice)
    assert lines(bob) == ["watched", "watched"]


def test_who_is_mentioned_watches_and_is_told_once(ticket, alice, bob):
    reactions.drain()
    replies.add_note(ticket, author=alice, body="@Bob, do you know?", key=uuid4())
    assert lines(bob) == ["mentioned"]
    assert Watch.objects.get().user == bob
    replies.add_note(ticket, author=alice, body="Never mind", key=uuid4())
    assert lines(bob) == ["mentioned", "watched"]


def test_who_does_not_see_it_any_more_hears_nothing(ticket, alice, bob, ada, returns):
    reactions.drain()
    watching.watch(ticket, bob)
    assignment.move(ticket, returns, actor=ada)
    lifecycle.resolve(ticket, actor=ada)
    assert lines(bob) == []


def test_one_stops_watching_and_finds_what_one_watches(ticket, alice):
    watching.watch(ticket, alice)
    assert filters.listed(alice, "all", narrow={"watched": "true"}).tickets == [ticket]
    watching.leave(ticket, alice)
    assert filters.listed(alice, "all", narrow={"watched": "true"}).tickets == []
    lifecycle.resolve(ticket, actor=None)
    assert lines(alice) == []
