"""Live hints."""

from uuid import uuid4

import pytest
from redis import Redis

from tests.quickness import quickest
from tickets import assignment, live, replies


@pytest.mark.django_db(transaction=True)
def test_a_note_is_heard_once_by_its_ticket_its_team_and_the_desk(ticket, alice, heard):
    heard()
    replies.add_note(ticket, author=alice, body="Secret words", key=uuid4())
    names = heard()
    assert sorted(names) == sorted([f"ticket-{ticket.pk}", f"team-{ticket.team_id}", "desk"])
    assert "Secret" not in str(names)


@pytest.mark.django_db(transaction=True)
def test_the_old_team_hears_that_a_ticket_left(ticket, sam, returns, heard):
    heard()
    old = ticket.team_id
    assignment.move(ticket, returns, actor=sam)
    assert {f"team-{old}", f"team-{returns.pk}"} <= set(heard())


@pytest.mark.django_db(transaction=True)
def test_without_redis_it_neither_raises_nor_blocks(monkeypatch):
    away = Redis.from_url("unix:///nowhere/valkey.sock", socket_timeout=0.1, socket_connect_timeout=0.1)
    monkeypatch.setattr(live, "_redis", away)
    assert quickest(lambda: live.publish("desk")) < 0.2
