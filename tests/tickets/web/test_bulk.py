import pytest

from tests.tickets.web.conftest import HTMX
from tickets import intake
from tickets.models import Batch, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(written) -> list[Ticket]:
    return [intake.receive(written(subject=f"Question {number}")).ticket for number in range(3)]


def numbers(tickets) -> list[int]:
    return [each.number for each in tickets]


def test_the_chosen_tickets_are_changed_and_the_toast_undoes_it(desk, three):
    given = {"number": numbers(three[:2]), "status": "resolved"}
    answer = desk.post("/tickets/batches/", given, headers=HTMX)
    assert answer["HX-Trigger"] == "desk:changed"
    assert "2 tickets changed." in answer.content.decode()
    batch = Batch.objects.get()
    undoing = f"/tickets/batches/{batch.pk}/undo/"
    assert undoing in answer.content.decode()
    assert Ticket.objects.filter(status="resolved").count() == 2
    again = desk.post(undoing, headers=HTMX)
    assert "2 tickets are as they were." in again.content.decode()
    assert not Ticket.objects.filter(status="resolved").exists()


def test_a_plain_form_leads_back_to_the_list(desk, three):
    given = {"number": numbers(three), "assignee": "", "place": "view=mine"}
    assert desk.post("/tickets/batches/", given).url == "/tickets/?view=mine"
    answer = desk.post("/tickets/batches/", {"number": numbers(three), "priority": "4"}, follow=True)
    assert f"/tickets/batches/{Batch.objects.last().pk}/undo/" in answer.content.decode()


def test_a_tag_begun_means_nothing_beside_another_button(desk, three):
    desk.post("/tickets/batches/", {"number": numbers(three), "tag_add": "oak", "kind": "support"})
    assert set(Ticket.objects.values_list("kind", flat=True)) == {"support"}
    assert not Ticket.objects.filter(tags__contains=["oak"]).exists()
    desk.post("/tickets/batches/", {"number": numbers(three), "tag_add": "oak, blue", "tag_remove": ""})
    assert Ticket.objects.filter(tags=["blue", "oak"]).count() == 3


@pytest.mark.parametrize(
    "given",
    [
        {"status": "resolved"},
        {"number": ["x"], "status": "resolved"},
        {"number": ["1"], "status": "nonsense"},
        {"number": ["1"]},
        {"number": ["1"], "assignee": "999999"},
    ],
)
def test_nonsense_changes_nothing_and_says_so(desk, three, given):
    answer = desk.post("/tickets/batches/", given, headers=HTMX)
    assert answer.status_code == 422
    assert "Choose tickets" in answer.content.decode()


def test_another_ones_batch_is_not_undone(desk, as_, bob, three):
    desk.post("/tickets/batches/", {"number": numbers(three), "priority": "4"})
    assert as_(bob).post(f"/tickets/batches/{Batch.objects.get().pk}/undo/").status_code == 404


def test_each_row_can_be_chosen_and_the_menu_comes_when_asked_for(desk, three, alice):
    page = desk.get("/tickets/").content.decode()
    assert page.count('form="bulk"') == 3
    menu = desk.get("/tickets/batches/menu/?view=spam").content.decode()
    assert "Alice Hartmann" in menu and "Bring back" in menu and "Mark as spam" not in menu
