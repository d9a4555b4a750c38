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


def test_snoozing_says_what_is_wrong_with_a_time(desk, three):
    given = {"number": numbers(three), "snooze": "at", "at": ""}
    answer = desk.post("/tickets/batches/", given, headers=HTMX)
    assert (answer.status_code, "Choose a day" in answer.content.decode()) == (422, True)
    answer = desk.post("/tickets/batches/", given | {"at": "2020-01-01T10:00"}, headers=HTMX)
    assert (answer.status_code, "within a year" in answer.content.decode()) == (422, True)
    assert desk.post("/tickets/batches/", given | {"snooze": "tomorrow"}, headers=HTMX).status_code == 200
    assert Ticket.objects.filter(snoozed_until=None).count() == 0
    assert desk.post("/tickets/batches/", given | {"snooze": "awake"}, headers=HTMX).status_code == 200
    assert Ticket.objects.filter(snoozed_until=None).count() == 3


def test_the_chosen_are_marked_as_unread_and_watched(desk, three, alice):
    for name in ("new", "watch"):
        given = {"number": numbers(three), name: "1"}
        answer = desk.post("/tickets/batches/", given, headers=HTMX)
        assert answer.status_code == 200
        assert desk.post("/tickets/batches/", given | {name: "x"}, headers=HTMX).status_code == 422
    assert alice.watches.count() == 3


def test_which_of_the_chosen_goes_on_is_asked_first_and_one_undoing_parts_them(desk, three):
    given = {"number": numbers(three), "merge": "1"}
    asked = desk.post("/tickets/batches/", given, headers=HTMX).content.decode()
    assert asked.count('name="into"') == 3 and 'name="sure"' in asked
    assert "different customers" not in asked
    assert Ticket.objects.filter(folder="merged").count() == 0
    sure = given | {"sure": "1", "into": str(three[2].number)}
    answer = desk.post("/tickets/batches/", sure, headers=HTMX).content.decode()
    assert f"2 tickets are now part of #{three[2].number}." in answer
    assert three[2].messages.count() == 3
    undone = desk.post(f"/tickets/batches/{Batch.objects.get().pk}/undo/", headers=HTMX).content.decode()
    assert "2 tickets are as they were." in undone
    assert [ticket.messages.count() for ticket in three] == [1, 1, 1]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"number": ["1"]}, "two tickets or more"),
        ({"number": []}, "Choose tickets"),
        ({"number": ["1", "2"], "sure": "1", "into": "x"}, "cannot become one"),
    ],
)
def test_what_cannot_be_made_one_is_said(desk, three, given, said):
    answer = desk.post("/tickets/batches/", given | {"merge": "1"}, headers=HTMX)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_a_plain_page_asks_which_goes_on(desk, three):
    page = desk.post("/tickets/batches/", {"number": numbers(three), "merge": "1"}).content.decode()
    assert page.count('type="hidden" name="number"') == 3


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
