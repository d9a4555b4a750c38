"""The views of the desk: what they hold, page by page, and how many there are."""

from datetime import timedelta
from urllib.parse import quote, unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from helpdesk.accounts.models import Company
from tests.people import hire
from tickets import assignment, bin, filters, intake, lifecycle, orders, snoozing
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def tickets(written, alice, bob) -> dict[str, Ticket]:
    """One ticket for each case, the last one the newest."""
    made = {
        name: intake.receive(written(subject=name)).ticket
        for name in (
            "snoozed",
            "new",
            "mine",
            "bobs",
            "waiting",
            "resolved",
            "mine closed",
            "spam",
            "deleted",
            "elsewhere",
        )
    }
    for name, owner in (("mine", alice), ("bobs", bob), ("mine closed", alice)):
        assignment.assign(made[name], owner, actor=alice)
    for name, status in (("waiting", "waiting"), ("resolved", "resolved"), ("mine closed", "closed")):
        lifecycle.set_status(made[name], status, actor=alice)
    bin.mark_spam(made["spam"], actor=alice)
    bin.delete(made["deleted"], actor=alice)
    snoozing.snooze(made["snoozed"], until=snoozing.UNTIL_ANSWERED, actor=alice)
    return made


@pytest.fixture
def elsewhere(tickets, returns, alice) -> Ticket:
    return assignment.move(tickets["elsewhere"], returns, actor=alice)


def subjects(user, view: str, **narrow) -> list[str]:
    return [ticket.subject for ticket in filters.listed(user, view, **narrow).tickets]


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ("open", ["waiting", "bobs", "mine", "new"]),
        ("mine", ["mine"]),
        ("snoozed", ["snoozed"]),
        ("unassigned", ["waiting", "new"]),
        ("waiting", ["new", "mine", "bobs"]),
        ("due", []),
        ("urgent", []),
        ("all", ["mine closed", "resolved", "waiting", "bobs", "mine", "new", "snoozed"]),
        ("spam", ["spam"]),
        ("bin", ["deleted"]),
        ("nonsense", ["waiting", "bobs", "mine", "new"]),
    ],
)
def test_a_view_holds_what_its_name_says(elsewhere, alice, view, expected):
    assert subjects(alice, view) == expected


def test_every_view_is_tested():
    assert set(filters.VIEWS) == {
        "open",
        "mine",
        "unassigned",
        "waiting",
        "due",
        "urgent",
        "snoozed",
        "all",
        "spam",
        "bin",
    }


def test_a_team_narrows_the_view(elsewhere, ada, returns, orders):
    assert subjects(ada, "open", team=returns.pk) == ["elsewhere"]
    assert "elsewhere" not in subjects(ada, "open", team=orders.pk)
    assert "elsewhere" in subjects(ada, "open")


def test_a_team_that_is_not_theirs_shows_nothing(elsewhere, alice, returns):
    assert subjects(alice, "open", team=returns.pk) == []


def test_the_newest_word_comes_first(written, tickets, alice):
    intake.receive(written(references=(tickets["new"].messages.get().external_id,)))
    assert subjects(alice, "open")[0] == "new"


def pages(user, limit: int) -> list[list[str]]:
    """All pages of the view, as links lead through them."""
    found, before = [], ""
    while True:
        page = filters.listed(user, "all", before=before, limit=limit)
        found.append([ticket.subject for ticket in page.tickets])
        if not page.next:
            return found
        before = unquote(quote(page.next))


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 7])
def test_pages_join_without_gap_or_repeat(elsewhere, alice, limit):
    found = pages(alice, limit)
    assert sum(found, []) == subjects(alice, "all")
    assert all(len(page) == limit for page in found[:-1])
    assert 0 < len(found[-1]) <= limit


def test_pages_join_when_all_came_at_the_same_moment(elsewhere, alice):
    Ticket.objects.update(last_message_at=timezone.now())
    assert sorted(sum(pages(alice, 2), [])) == sorted(subjects(alice, "all"))


def test_a_ticket_that_jumps_up_does_not_disturb_the_next_page(written, elsewhere, alice):
    first = filters.listed(alice, "all", limit=2)
    intake.receive(written(subject="newcomer"))
    second = filters.listed(alice, "all", limit=2, before=first.next)
    assert [ticket.subject for ticket in second.tickets] == ["waiting", "bobs"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "2026-11-22T10:00:00+00:00",
        "_5",
        "2026-11-22T10:00:00_5",
        "2026-13-40T10:00:00+00:00_5",
    ]
    + ["2026-11-22T10:00:00+00:00_²", "2026-11-22T10:00:00+00:00_-5", "0001-01-01T00:00:00+14:00_5"],
)
def test_a_broken_cursor_is_the_first_page(elsewhere, alice, text):
    assert orders.named("").place(text) is None
    assert subjects(alice, "all", before=text) == subjects(alice, "all")


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
@pytest.mark.parametrize("pk", ["0", "9" * 30])
def test_a_cursor_from_beyond_all_times_is_no_error(elsewhere, alice, moment, pk):
    subjects(alice, "all", before=f"{moment}_{pk}")


def test_counts_say_what_the_views_hold(elsewhere, alice, orders, returns):
    counts = filters.counts(alice, [orders, returns]).counts
    assert counts == {
        "open": 4,
        "mine": 1,
        "unassigned": 2,
        "due": 0,
        "urgent": 0,
        "snoozed": 1,
        "spam": 1,
        f"team-{orders.pk}": 4,
        f"team-{returns.pk}": 0,
    }


def test_counts_stop_at_the_cap_and_take_one_query(elsewhere, ada, orders, monkeypatch):
    monkeypatch.setattr(filters, "COUNT_CAP", 3)
    with CaptureQueriesContext(connection) as seen:
        assert filters.counts(ada, [orders]).counts["open"] == 3
    assert len([query for query in seen if "tickets_ticket" in query["sql"]]) == 1


def test_somebody_without_rights_counts_nothing(elsewhere, orders):
    gone = hire("gone@desk.example", "Gone", "admin", orders, is_active=False)
    assert set(filters.counts(gone, [orders]).counts.values()) == {0}
    assert subjects(gone, "all") == []


def test_a_page_takes_few_queries(elsewhere, alice):
    Company.objects.create(pk=1)
    with CaptureQueriesContext(connection) as seen:
        page = filters.listed(alice, "all")
        assert all(
            str(ticket.customer) and ticket.channel and (ticket.assignee or True) for ticket in page.tickets
        )
    assert len(seen) <= 3


def test_a_search_is_a_list_like_any_other(elsewhere, alice, mallory):
    number = elsewhere.number
    assert subjects(mallory, "", query=f"#{number}") == ["elsewhere"]
    assert subjects(alice, "", query=f"#{number}") == []


def test_old_tickets_are_listed_too(ticket, alice):
    Ticket.objects.update(last_message_at=timezone.now() - timedelta(days=4000))
    assert filters.listed(alice, "open").tickets == [ticket]
