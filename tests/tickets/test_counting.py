"""Counts: one for all who see the same, kept while nothing changes, never older than one's own doing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tickets import counting, filters, intake, lifecycle, live, views
from tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def kept(monkeypatch):
    monkeypatch.setattr(counting, "KEPT", 30.0)
    counting._redis.flushdb()


def counted(user, **options) -> int | None:
    return filters.counts(user, [], **options).counts.get("open")


def queries(user) -> int:
    with CaptureQueriesContext(connection) as seen:
        counted(user)
    return len([query for query in seen if "count(*)" in query["sql"]])


def test_a_count_is_made_once_for_all_who_see_the_same(ticket, alice, bob, mallory):
    assert counted(alice) == 1
    with CaptureQueriesContext(connection) as seen:
        assert counted(bob) == 1
    sql = next(query["sql"] for query in seen if "count(*)" in query["sql"])
    assert sql.count("count(*)") == 1, "only what is about bob himself"
    assert counted(mallory) == 0


def test_a_change_by_others_shows_in_a_moment(ticket, written, alice, monkeypatch):
    assert counted(alice) == 1
    intake.receive(written())
    assert counted(alice) == 1, "on a busy desk a count is good for some seconds"
    monkeypatch.setattr(counting, "BUSY", 0.0)
    assert counted(alice) == 2


def test_ones_own_change_shows_at_once(ticket, written, alice, bob):
    intake.receive(written())
    assert (counted(alice), counted(bob)) == (2, 2)
    lifecycle.resolve(ticket, actor=alice)
    assert counted(bob) == 2
    assert counted(alice) == 1
    assert counted(bob) == 1, "and what she counted anew is there for him too"


def test_while_nothing_changes_nothing_is_counted(ticket, alice):
    counted(alice)
    assert queries(alice) == 0


def test_without_valkey_every_page_counts_for_itself(ticket, written, alice, monkeypatch):
    counted(alice)
    monkeypatch.setattr(counting, "_redis", type(counting._redis).from_url("redis://127.0.0.1:9/0"))
    Ticket.objects.update(status="closed")
    assert counted(alice) == 0


def test_valkey_emptied_is_no_harm(ticket, alice):
    counted(alice)
    counting._redis.flushdb()
    assert counted(alice) == 1


def test_a_saved_view_does_not_hold_up_a_page(ticket, alice, bob):
    view = views.make("All", actor=alice, owner=alice, filters={"view": "open"})
    found = filters.counts(alice, [], saved=[view], wait=False)
    assert (found.counts.get(view.key), found.is_due) == (None, True)
    assert filters.counts(alice, [], saved=[view], wait=True).counts[view.key] == 1
    found = filters.counts(alice, [], saved=[view], wait=False)
    assert (found.counts[view.key], found.is_due) == (1, False)
    lifecycle.resolve(ticket, actor=alice)
    found = filters.counts(alice, [], saved=[view], wait=False)
    assert (found.counts.get(view.key), found.is_due) == (None, True), "never stale for one's own doing"


def test_light_views_are_counted_in_one_query(ticket, alice, monkeypatch):
    monkeypatch.setattr(counting, "LIGHT", 30.0)
    saved = [views.make(f"V{n}", actor=alice, owner=alice, filters={"tag": f"t{n}"}) for n in range(5)]
    filters.counts(alice, [], saved=saved)
    lifecycle.resolve(ticket, actor=alice)
    with CaptureQueriesContext(connection) as seen:
        found = filters.counts(alice, [], saved=saved)
    assert len([query for query in seen if "count(*)" in query["sql"]]) == 1
    assert {found.counts[view.key] for view in saved} == {0}


@pytest.mark.parametrize("seconds", [0.0, 30.0])
def test_views_that_hold_the_same_are_counted_each(ticket, alice, monkeypatch, seconds):
    monkeypatch.setattr(counting, "KEPT", seconds)
    saved = [views.make("All", actor=alice, owner=alice, filters={"view": "open"}) for _ in range(2)]
    for _ in range(2):
        found = filters.counts(alice, [], saved=saved).counts
        assert (found["open"], *(found[view.key] for view in saved)) == (1, 1, 1)
        counting._redis.flushdb()


def test_what_is_about_oneself_is_counted_for_oneself(ticket, alice, bob, sam):
    mine = {
        user: views.make("M", actor=user, owner=user, filters={"assignee": "me"}) for user in (alice, bob)
    }
    Ticket.objects.update(assignee=bob)
    live.publish("desk")
    for user, expected in ((alice, 0), (bob, 1)):
        assert filters.counts(user, [], saved=[mine[user]]).counts[mine[user].key] == expected
