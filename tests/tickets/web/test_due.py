"""When a ticket is due: in the list, on its page, with the reasons, and as a filter, a view and an order."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.tickets.sla.conftest import arrived, earlier, fresh, policy  # noqa: F401  the same desk
from tests.tickets.web.conftest import HTMX
from tickets import filters, lifecycle, reactions
from tickets.models import Ticket
from tickets.sla.sweeping import sweep
from tickets.web import due

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def several(arrived, policy, alice) -> dict[str, Ticket]:  # noqa: F811
    """One of each state."""
    made = {name: arrived(subject=name) for name in ("later", "soon", "overdue", "paused", "done")}
    earlier(made["soon"], 50 * MINUTE)
    earlier(made["overdue"], 70 * MINUTE)
    lifecycle.set_status(made["paused"], "waiting", actor=alice)
    lifecycle.resolve(made["done"], actor=alice)
    reactions.drain()
    sweep()
    return made


def asked(alice, **narrow) -> list[str]:
    order = narrow.pop("order", "due")
    return [each.subject for each in filters.listed(alice, "all", narrow=narrow, order=order).tickets]


def test_it_is_filtered_and_ordered_by(several, alice):
    assert asked(alice) == ["overdue", "soon", "later", "paused", "done"]
    assert asked(alice, due="overdue") == ["overdue"]
    assert asked(alice, due="soon,later") == ["soon", "later"]
    assert asked(alice, due="paused") == ["paused"]
    assert [each.subject for each in filters.listed(alice, "due").tickets] == ["overdue", "soon"]
    assert [each.subject for each in filters.listed(alice, "", query="is:overdue").tickets] == ["overdue"]
    assert [each.subject for each in filters.listed(alice, "", query="is:lejárt").tickets] == ["overdue"]


def test_a_row_says_how_near_it_is(several, desk):
    page = desk.get("/tickets/?view=all").text
    assert page.count('data-sla="late"') == page.count('data-sla="soon"') == 1
    assert "late 10 min" in page and "First reply due" in page
    assert page.count('data-sla="paused"') == 1
    assert "view=due" in page, "the view stands in the navigation while there are policies"


def test_the_page_of_a_ticket_says_it_and_why_on_demand(several, desk):
    ticket = several["overdue"]
    page = desk.get(f"/tickets/{ticket.number}/").text
    assert "First reply was due" in page and f"/tickets/{ticket.number}/due/" in page
    told = desk.get(f"/tickets/{ticket.number}/due/", headers=HTMX).text
    assert "Overdue since" in told and "“Everybody”, version 1" in told
    assert "1 h (1 h 10 min used); round the clock" in told
    paused = desk.get(f"/tickets/{several['paused'].number}/due/").text
    assert "Paused, 23 h 59 min left." in paused and "waiting for the customer" in paused
    over = desk.get(f"/tickets/{several['done'].number}/due/").text
    assert over.count("in time") == 2


def test_nothing_is_said_without_a_policy(ticket, desk):
    assert "due-menu" not in desk.get(f"/tickets/{ticket.number}/").text
    assert "No policy sets a time" in desk.get(f"/tickets/{ticket.number}/due/", headers=HTMX).text
    assert "view=due" not in desk.get("/tickets/").text


@pytest.mark.parametrize(
    ("waits", "soon", "ends", "share"),
    [
        pytest.param(0, 45, 60, 0, id="just begun"),
        pytest.param(-30, 45, 60, 30, id="on the way"),
        pytest.param(-60, -5, 15, 81, id="soon"),
        pytest.param(-30, None, 30, 50, id="without a warning"),
        pytest.param(None, 30, 60, 19, id="nobody waits"),
    ],
)
def test_how_full_the_dial_is(waits, soon, ends, share):
    now = timezone.now()

    def at(minutes):
        return None if minutes is None else now + minutes * MINUTE

    ticket = Ticket(
        status="open", waiting_since=at(waits), due_target="resolution", due_at=at(ends), due_soon_at=at(soon)
    )
    assert due.of(ticket, now).share == share


@pytest.mark.parametrize(
    ("opens", "closes", "told"),
    [
        ("2027-03-27T21:00Z", "2027-03-28T04:00Z", "7 h: the clocks go forward"),
        ("2027-10-30T20:00Z", "2027-10-31T05:00Z", "9 h: the clocks go back"),
        ("2027-10-23T20:00Z", "2027-10-24T04:00Z", "8 h"),
    ],
)
def test_a_night_on_which_clocks_are_changed_says_why_it_is_not_as_long_as_it_looks(opens, closes, told):
    stretch = (datetime.fromisoformat(opens), datetime.fromisoformat(closes))
    with timezone.override("Europe/Budapest"):
        ends, length = due._counted(stretch, stretch[0] - HOUR)
    assert length == told and ends.endswith("06:00")
