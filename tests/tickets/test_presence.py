"""Who is before which ticket: seen by colleagues, gone by itself."""

import pytest
from redis import Redis

from tests.people import hire
from tickets import presence

pytestmark = pytest.mark.django_db


@pytest.fixture
def now(monkeypatch):
    class Clock:
        at = 1_000_000.0

    monkeypatch.setattr("tickets.presence.time.time", lambda: Clock.at)
    presence._redis.delete(presence._PLACE)
    yield Clock
    presence._redis.delete(presence._PLACE)


def test_who_comes_is_seen_by_others_and_not_by_themselves(now, alice, bob):
    assert presence.come(7, alice)
    assert not presence.come(7, alice), "no news"
    presence.come(8, bob)
    assert [here.name for here in presence.of([7, 8], but=bob.pk)[7]] == ["Alice Hartmann"]
    assert presence.of([7], but=alice.pk) == {}
    assert set(presence.of([7, 8, 9])) == {7, 8}


def test_writing_is_news_and_ends_with_the_last_key(now, alice):
    presence.come(7, alice)
    assert presence.come(7, alice, writes=True)
    assert presence.of([7])[7][0].writes
    now.at += presence.WRITES + 1
    assert not presence.of([7])[7][0].writes


def test_who_goes_or_falls_silent_is_gone(now, alice, bob):
    presence.come(7, alice)
    presence.come(7, bob)
    assert presence.go(7, alice.pk)
    assert not presence.go(7, alice.pk)
    now.at += presence.LASTS + 1
    assert presence.of([7]) == {}
    assert presence._redis.hlen(presence._PLACE) == 0, "swept by who looked"


def test_names_of_any_kind(now, db):
    presence.come(7, hire("eva@desk.example", "Нагі “Éva” : 7"))
    assert presence.of([7])[7][0].name == "Нагі “Éva” : 7"


def test_without_valkey_nobody_is_there_and_nothing_breaks(alice, monkeypatch):
    monkeypatch.setattr(presence, "_redis", Redis.from_url("redis://127.0.0.1:9/0"))
    assert not presence.come(7, alice)
    assert not presence.go(7, alice.pk)
    assert presence.of([7]) == {}
