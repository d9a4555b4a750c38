import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tickets import mailings
from tickets.models import Mailing, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(mailbox) -> dict[str, object]:
    return {
        "direction": "out",
        "channel": mailbox.pk,
        "people": "Ann <ann@mail.example>",
        "subject": "Your lamp",
        "body": "It is ready.",
        "priority": 2,
    }


def test_one_writes_first_to_a_customer(desk, alice, given):
    more = {"kind": "information", "tags": "lamp", "assignee": alice.pk}
    answer = desk.post("/tickets/new/", {**given, **more})
    ticket = Ticket.objects.get()
    assert answer.url == f"/tickets/{ticket.number}/"
    assert (ticket.customer.name, ticket.tags, ticket.assignee) == ("Ann", ["lamp"], alice)
    message = ticket.messages.get()
    assert (message.direction, message.text, message.deliveries.count()) == ("out", "It is ready.", 1)


def test_with_a_file(desk, given):
    desk.post("/tickets/new/", {**given, "files": SimpleUploadedFile("a.txt", b"plan")})
    assert Ticket.objects.get().messages.get().attachments.get().name == "a.txt"


@pytest.mark.parametrize(
    ("typed", "identity"), [("+36 1 555 0100", "+3615550100"), ("Bo <bo@mail.example>", "bo@mail.example")]
)
def test_a_request_that_came_another_way_is_noted(desk, given, typed, identity):
    desk.post("/tickets/new/", {**given, "direction": "in", "people": typed})
    ticket = Ticket.objects.get()
    assert ticket.customer.identities.get().value == identity
    assert ticket.messages.get().direction == "in"
    assert ticket.waiting_since


def test_the_same_form_twice_is_one_ticket(desk, given):
    key = desk.get("/tickets/new/").context["form"].initial["key"]
    for _ in range(2):
        desk.post("/tickets/new/", {**given, "key": key})
    assert Ticket.objects.count() == 1


def test_a_list_of_customers_is_shown_before_it_goes_out(desk, as_, bob, ada, given):
    given["people"] = "ann@mail.example, ben@mail.example, ann@mail.example"
    preview = desk.post("/tickets/new/", given)
    assert b"Send to 2 customers" in preview.content
    assert not Mailing.objects.exists()
    changing = desk.post("/tickets/new/", {**given, "back": "1"})
    assert "ann@mail.example" in changing.content.decode()
    sent = desk.post("/tickets/new/", {**given, "confirmed": "1"})
    made = Mailing.objects.get()
    assert sent.url == f"/tickets/mailings/{made.pk}/"
    assert b"2 tickets are still to be made" in desk.get(sent.url).content
    mailings.drain()
    assert b"All tickets are made" in desk.get(sent.url).content
    assert as_(bob).get(sent.url).status_code == 404
    assert as_(ada).get(sent.url).status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("people", "nobody", "This is not an address"),
        ("people", "", "required"),
        ("body", "  ", "There is nothing in it"),
        ("subject", "", "required"),
        ("channel", "999", "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(desk, given, field, value, said):
    answer = desk.post("/tickets/new/", {**given, field: value})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Your lamp" in answer.content.decode() or field == "subject"
    assert not Ticket.objects.exists()


def test_by_a_channel_of_another_team_nobody_writes(as_, mallory, given):
    assert as_(mallory).post("/tickets/new/", given).status_code == 422


def test_nobody_is_given_what_they_may_not_see(desk, given, mallory):
    answer = desk.post("/tickets/new/", {**given, "assignee": mallory.pk})
    assert answer.status_code == 422
    assert "may not see this ticket" in answer.content.decode()
    assert not Ticket.objects.exists()


def test_files_go_to_one_at_a_time(desk, given):
    files = {"people": "a@mail.example, b@mail.example", "files": SimpleUploadedFile("a.txt", b"plan")}
    assert b"Files go to one customer at a time" in desk.post("/tickets/new/", {**given, **files}).content


def test_customers_are_offered_while_one_types(desk, carol):
    assert "Carol Reyes" in desk.get("/tickets/new/known/?people=ann@x.example, carol").content.decode()


def test_who_has_no_mailbox_to_write_from_is_told(client, ada, alice):
    client.force_login(ada)
    page = client.get("/tickets/new/").text
    assert "no mailbox yet to write from" in page and 'href="/settings/mailboxes/new/"' in page
    client.force_login(alice)
    page = client.get("/tickets/new/").text
    assert "no mailbox yet to write from" in page and "/settings/mailboxes/new/" not in page


def test_who_has_one_is_not(desk, mailbox):
    assert "no mailbox yet to write from" not in desk.get("/tickets/new/").text
