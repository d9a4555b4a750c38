import pytest
from django.utils import timezone

from tests.tickets.web.conftest import HTMX
from tickets import bin
from tickets.models import Availability, Ticket

pytestmark = pytest.mark.django_db

CHANGES = [
    ("status", {"value": "on_hold"}, "status", "on_hold"),
    ("kind", {"value": "complaint"}, "kind", "complaint"),
    ("topic", {"value": "delivery"}, "topic", "delivery"),
    ("priority", {"value": "4"}, "priority", 4),
    ("tags", {"value": "oak, Furniture ,oak"}, "tags", ["furniture", "oak"]),
    ("spam", {}, "folder", "spam"),
    ("bin", {}, "folder", "bin"),
]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize(("verb", "data", "field", "value"), CHANGES, ids=[change[0] for change in CHANGES])
def test_a_change_is_made_and_shown(verb, data, field, value, headers, desk, ticket):
    response = desk.post(f"/tickets/{ticket.number}/{verb}/", data, headers=headers)
    ticket.refresh_from_db()
    assert getattr(ticket, field) == value
    if headers:
        assert response.status_code == 200
        assert b'id="ticket-head"' in response.content
        assert response["HX-Trigger"] == "desk:changed"
    else:
        assert response.url == f"/tickets/{ticket.number}/"


@pytest.mark.parametrize("verb", [change[0] for change in CHANGES] + ["assignee", "team", "folder/undo"])
def test_another_team_changes_nothing(verb, as_, mallory, ticket):
    before = Ticket.objects.values().get(pk=ticket.pk)
    response = as_(mallory).post(f"/tickets/{ticket.number}/{verb}/", {"value": "resolved"})
    assert response.status_code == 404
    assert Ticket.objects.values().get(pk=ticket.pk) == before


@pytest.mark.parametrize(
    ("verb", "value"),
    [("status", "asleep"), ("kind", "joke"), ("priority", "9"), ("assignee", "999"), ("team", "x")],
)
def test_nonsense_is_refused_and_changes_nothing(verb, value, desk, ticket):
    before = Ticket.objects.values().get(pk=ticket.pk)
    response = desk.post(f"/tickets/{ticket.number}/{verb}/", {"value": value}, headers=HTMX)
    assert response.status_code == 409
    assert b"That is not possible" in response.content
    assert Ticket.objects.values().get(pk=ticket.pk) == before


def test_a_ticket_is_taken_and_let_go(desk, alice, ticket):
    desk.post(f"/tickets/{ticket.number}/assignee/", {"value": alice.pk})
    ticket.refresh_from_db()
    assert ticket.assignee == alice
    desk.post(f"/tickets/{ticket.number}/assignee/", {"value": ""})
    ticket.refresh_from_db()
    assert ticket.assignee is None


def test_it_is_not_given_to_somebody_who_may_not_see_it(desk, mallory, ticket):
    response = desk.post(f"/tickets/{ticket.number}/assignee/", {"value": mallory.pk}, headers=HTMX)
    assert response.status_code == 409
    assert "Mallory Voss may not see this ticket" in response.content.decode()


def test_only_colleagues_who_may_see_it_are_offered(desk, bob, mallory, ada, ticket):
    offered = set(desk.get(f"/tickets/{ticket.number}/").context["colleagues"])
    assert bob in offered
    assert ada in offered
    assert mallory not in offered


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_giving_a_ticket_away_for_good_leads_to_the_list(headers, desk, ticket, returns):
    response = desk.post(f"/tickets/{ticket.number}/team/", {"value": returns.pk}, headers=headers)
    ticket.refresh_from_db()
    assert ticket.team == returns
    assert (response["HX-Redirect"] if headers else response.url) == "/tickets/"


def test_a_new_status_can_be_undone_from_its_toast(desk, ticket):
    page = desk.post(f"/tickets/{ticket.number}/status/", {"value": "resolved"}, headers=HTMX)
    undo = page.context["toast"]["undo"]
    desk.post(undo["url"], {undo["name"]: undo["value"]}, headers=HTMX)
    ticket.refresh_from_db()
    assert ticket.status == "new"


def test_the_same_status_again_offers_no_undo(desk, ticket):
    page = desk.post(f"/tickets/{ticket.number}/status/", {"value": "new"}, headers=HTMX)
    assert page.context["toast"]["undo"] is None


def test_spam_and_deleted_come_back(desk, alice, ticket):
    for put_away in (bin.mark_spam, bin.delete):
        put_away(ticket, actor=alice)
        desk.post(f"/tickets/{ticket.number}/folder/undo/")
        ticket.refresh_from_db()
        assert ticket.folder == "desk"


def test_the_plain_way_says_what_happened(desk, ticket):
    page = desk.post(f"/tickets/{ticket.number}/status/", {"value": "resolved"}, follow=True)
    assert f"#{ticket.number} is now “Resolved”." in page.content.decode()


def test_whoever_gives_more_than_a_colleague_can_take_is_told(desk, ticket, bob):
    Availability.objects.create(user=bob, capacity=1)
    ticket.waiting_since = timezone.now()
    ticket.save()
    at = f"/tickets/{ticket.number}/assignee/"
    assert b"more than they can take" not in desk.post(at, {"value": bob.pk}, headers=HTMX).content
    Availability.objects.update(capacity=0)
    assert b"more than they can take" not in desk.post(at, {"value": bob.pk}, headers=HTMX).content, "no news"
    desk.post(at, {"value": ""})
    assert b"more than they can take now: 1 of 0." in desk.post(at, {"value": bob.pk}, headers=HTMX).content
    desk.post(at, {"value": ""})
    many = {"number": [ticket.number], "assignee": bob.pk}
    said = desk.post("/tickets/batches/", many, headers=HTMX).content.decode()
    assert "1 ticket changed." in said and "more than they can take now: 1 of 0." in said
