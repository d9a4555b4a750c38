"""Links and watching at the ticket."""

import pytest

from tests.tickets.web.conftest import HTMX
from tickets import assignment, intake, lifecycle, linking
from tickets.models import Link, Ticket, Watch

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(ticket) -> str:
    return f"/tickets/{ticket.number}/"


@pytest.fixture
def other(written) -> Ticket:
    return intake.receive(written(subject="Another parcel")).ticket


def page(desk, at: str) -> str:
    return desk.get(at).content.decode()


def test_a_link_is_made_shown_on_both_and_taken_away(desk, at, ticket, other):
    made = desk.post(f"{at}links/", {"relation": "part", "other": f"#{other.number}"})
    assert made.status_code == 302
    assert f"Part of #{other.number}" in page(desk, at)
    assert f"Its part #{ticket.number}" in page(desk, f"/tickets/{other.number}/")
    assert "Another parcel" in desk.get(f"{at}links/", headers=HTMX).content.decode()
    desk.post(f"{at}links/{Link.objects.get().pk}/removal/")
    assert not Link.objects.exists()


@pytest.mark.parametrize("given", [{"relation": "part", "other": "x"}, {"relation": "part"}, {"other": "1"}])
def test_nonsense_is_refused(given, desk, at):
    assert desk.post(f"{at}links/", given).status_code == 422


def test_what_one_may_not_see_cannot_be_linked_and_shows_nothing_of_it(
    desk, at, ticket, other, alice, ada, returns
):
    linking.link(ticket, other, "related", actor=ada)
    assignment.move(other, returns, actor=ada)
    shown = page(desk, at) + page(desk, f"{at}links/") + page(desk, f"{at}history/")
    assert "Another parcel" not in shown and f"#{other.number}" not in shown
    assert "a ticket that you may not see" in shown
    refused = desk.post(f"{at}links/", {"relation": "part", "other": str(other.number)})
    assert refused.status_code == 422


def test_a_duplicate_is_resolved_with_a_pointer(desk, at, ticket, other):
    desk.post(f"{at}links/", {"relation": "duplicate", "other": str(other.number), "resolve": "on"})
    ticket.refresh_from_db()
    assert ticket.status == "resolved"
    assert "This is a duplicate. It goes on in" in page(desk, at)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_resolved_whole_offers_to_resolve_its_parts(headers, desk, at, ticket, other, alice):
    linking.link(other, ticket, "part", actor=alice)
    assert "still open" not in page(desk, at)
    lifecycle.resolve(ticket, actor=alice)
    assert "1 part of it is still open." in page(desk, at)
    desk.post(f"{at}parts/resolution/", headers=headers)
    other.refresh_from_db()
    assert other.status == "resolved" and "still open" not in page(desk, at)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_one_watches_and_stops(headers, desk, at, alice):
    desk.post(f"{at}watching/", headers=headers)
    assert Watch.objects.get().user == alice
    assert "You watch it" in page(desk, at)
    assert "Alice Hartmann" in desk.get(f"{at}watchers/", headers=HTMX).content.decode()
    desk.post(f"{at}watching/undo/", headers=headers)
    assert "You watch it" not in page(desk, at)
