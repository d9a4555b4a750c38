import pytest

from tests.tickets.web.conftest import HTMX
from tickets import intake, properties, views
from tickets.models import Ticket, View

pytestmark = pytest.mark.django_db


@pytest.fixture
def loud(written, alice) -> Ticket:
    made = intake.receive(written(subject="Loud")).ticket
    return properties.set_priority(made, 4, actor=alice)


def subjects(response) -> list[str]:
    return [row.subject for row in response.context["rows"]]


def test_the_filters_of_a_list_become_a_view(desk, alice, ticket, loud):
    form = desk.get("/views/new/?view=open&priority=urgent").context["form"]
    assert form.initial["priority"] == ["urgent"]
    given = {"title": "Fires", "whose": "me", "view": "open", "order": "urgent", "priority": ["urgent"]}
    saved = desk.post("/views/new/", {**given, "columns": ["number", "tags"]})
    view = View.objects.get()
    assert saved.url == f"/tickets/?view={view.pk}"
    assert (view.owner, view.filters) == (alice, {"view": "open", "priority": "urgent"})
    page = desk.get(saved.url)
    assert subjects(page) == ["Loud"]
    assert f"#{loud.number}" in page.content.decode()
    assert "Fires" in page.content.decode()


def test_a_view_without_a_name_is_asked_for_one(desk):
    answer = desk.post("/views/new/", {"title": "", "whose": "me", "view": "open", "order": "urgent"})
    assert answer.status_code == 422
    assert not View.objects.exists()


def test_an_agent_cannot_save_for_everybody(desk):
    given = {"title": "Fires", "whose": "everybody", "view": "open", "order": "urgent"}
    assert desk.post("/views/new/", given).status_code == 422


def test_a_filter_that_cannot_be_is_told(desk):
    given = {"title": "Fires", "whose": "me", "view": "open", "order": "urgent", "created_after": "never"}
    answer = desk.post("/views/new/", given)
    assert answer.status_code == 422
    assert b"This filter cannot be" in answer.content


def test_a_view_is_changed_and_removed(desk, alice, loud, ticket):
    view = views.make("Fires", actor=alice, owner=alice, filters={"priority": "urgent"})
    given = {"title": "All", "whose": "me", "view": "all", "order": "created"}
    assert desk.get(f"/views/{view.pk}/").context["form"].initial["title"] == "Fires"
    desk.post(f"/views/{view.pk}/", given)
    assert subjects(desk.get(f"/tickets/?view={view.pk}")) == [ticket.subject, "Loud"] or subjects(
        desk.get(f"/tickets/?view={view.pk}")
    ) == ["Loud", ticket.subject]
    desk.post(f"/views/{view.pk}/removal/")
    assert not View.objects.exists()


def test_the_views_of_others_are_not_theirs_to_change(as_, sam, alice, mallory, orders):
    shared = views.make("Fires", actor=sam, team=orders, filters={})
    assert as_(alice).get(f"/views/{shared.pk}/").status_code == 403
    assert as_(alice).post(f"/views/{shared.pk}/removal/").status_code == 403
    assert as_(mallory).get(f"/views/{shared.pk}/").status_code == 404
    assert "Fires" in as_(alice).get("/views/").content.decode()
    assert as_(sam).get(f"/views/{shared.pk}/").status_code == 200


def test_the_address_adds_to_a_view_and_takes_from_it(desk, alice, ticket, loud):
    view = views.make("Fires", actor=alice, owner=alice, filters={"priority": "urgent"})
    assert subjects(desk.get(f"/tickets/?view={view.pk}")) == ["Loud"]
    assert set(subjects(desk.get(f"/tickets/?view={view.pk}&priority="))) == {"Loud", ticket.subject}
    page = desk.get(f"/tickets/?view={view.pk}&status=closed").content.decode()
    assert "Save the changes" in page and "Save as a view" in page
    assert "Status: Closed" in page
    assert "No ticket is like this" in page


def test_a_view_that_is_gone_is_the_open_list(desk, ticket):
    assert subjects(desk.get("/tickets/?view=999999")) == [ticket.subject]


def test_the_filters_come_as_a_part_and_as_a_page(desk, ticket):
    part = desk.get("/tickets/filters/?view=open&status=new,open&tag=oak", headers=HTMX).content.decode()
    assert "<main" not in part
    assert part.count("checked") == 2
    assert 'value="oak"' in part
    assert "<main" in desk.get("/tickets/filters/").content.decode()


def test_what_is_not_chosen_by_hand_is_carried_on(desk, alice, ticket, loud):
    """The tickets of one customer, say: neither the filters nor changing a view lose it."""
    form = desk.get(f"/views/new/?customer={ticket.customer_id}").context["form"]
    assert form.initial["customer"] == str(ticket.customer_id)
    assert "customer" in [field.name for field in form.hidden_fields()]
    given = {"title": "Hers", "whose": "me", "view": "open", "order": "urgent"}
    desk.post("/views/new/", {**given, "customer": ticket.customer_id})
    view = View.objects.get()
    assert view.filters["customer"] == str(ticket.customer_id)
    assert "Customer: Carol Reyes" in desk.get(f"/tickets/?view={view.pk}").content.decode()


def test_boxes_ticked_twice_mean_either(desk, ticket, loud):
    assert len(subjects(desk.get("/tickets/?priority=urgent&priority=normal"))) == 2


def test_the_count_of_a_view_is_asked_for_once_the_page_is_there(desk, alice, loud):
    view = views.make("Fires", actor=alice, owner=alice, filters={"priority": "urgent"})
    page = desk.get("/tickets/").content.decode()
    assert "load" in page.partition('id="nav-counts"')[2].partition(">")[0]
    part = desk.get("/tickets/nav/", {"here": f"/tickets/?view={view.pk}"})
    item = part.context["saved"][0]
    assert (item.count, item.here) == ("1", True)


def test_the_way_back_from_a_ticket_keeps_the_view(desk, alice, loud):
    view = views.make("Fires", actor=alice, owner=alice, filters={"priority": "urgent"})
    link = desk.get(f"/tickets/?view={view.pk}").context["rows"][0].url
    back = desk.get(link).content.decode().partition('id="back"')[2]
    assert f'href="/tickets/?view={view.pk}"' in back[: back.index(">")]


def test_an_order_goes_on_over_the_pages(desk, written):
    made = [intake.receive(written(subject=f"Question {number}")).ticket for number in range(60)]
    first = desk.get("/tickets/?order=created", headers=HTMX)
    second = desk.get(first.context["more"], headers=HTMX)
    assert subjects(first) + subjects(second) == [ticket.subject for ticket in made]
