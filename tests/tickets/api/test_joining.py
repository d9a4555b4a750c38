"""Tickets joined and taken apart, messages sent on, held files let go: by API."""

import pytest

from tests.api import refused, upload
from tickets import intake
from tickets.models import Attachment, Delivery, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(written) -> Ticket:
    return intake.receive(written(subject="The same again", text="Where is it?")).ticket


def test_two_become_one_and_two_again(till, answered, other):
    made = till.post(f"tickets/{other.number}/joining/", {"into": answered.number})
    assert made.status_code == 201, made.content
    move = made.json()
    assert (move["kind"], move["source"], move["target"]) == ("join", other.number, answered.number)
    assert till.get(f"tickets/{other.number}/").json()["merged_into"] == answered.number
    assert len(till.get(f"messages/?ticket={answered.number}").json()["results"]) == 4
    refused(till.post(f"tickets/{other.number}/joining/", {"into": answered.number}), 409, "conflict")
    undone = till.post(f"moves/{move['id']}/undoing/").json()
    assert undone["undone_at"] and till.get(made["Location"]).json() == undone
    assert till.get(f"tickets/{other.number}/").json()["merged_into"] is None


def test_a_message_becomes_a_ticket(till, answered):
    message = answered.messages.get(direction="in")
    move = till.post(f"messages/{message.pk}/splitting/").json()
    assert (move["source"], move["messages"]) == (answered.number, [message.pk])
    assert till.get(f"messages/{message.pk}/").json()["ticket"] == move["target"]
    refused(till.post(f"messages/{message.pk}/splitting/"), 409, "conflict")


def test_into_what_is_not_there(till, program, mallory, answered, other):
    for into in (999_999, None, "1", 1.5):
        refused(till.post(f"tickets/{other.number}/joining/", {"into": into}), 400, "validation")
    refused(
        program(mallory).post(f"tickets/{other.number}/joining/", {"into": answered.number}), 404, "not-found"
    )


def test_a_message_is_sent_on(till, answered):
    message = answered.messages.get(direction="in")
    body = {
        "message": message.pk,
        "body": "Yours?",
        "to": ["Shop <shop@mail.example>"],
        "attachments": [upload(till)],
    }
    shown = till.post(f"tickets/{answered.number}/forwards/", body).json()
    assert (shown["purpose"], shown["answers"], shown["to"]) == ("forward", message.pk, ["shop@mail.example"])
    assert [each["name"] for each in shown["attachments"]] == ["Plan.txt"]
    assert Delivery.objects.filter(message=shown["id"]).exists()
    for wrong, pointer in (({"to": []}, "#/to"), ({"message": 999_999}, "#/message")):
        problem = refused(
            till.post(f"tickets/{answered.number}/forwards/", {**body, **wrong}), 400, "validation"
        )
        assert pointer in [error["pointer"] for error in problem["errors"]]


def test_a_reply_to_one_message(till, answered, other):
    message = answered.messages.get(direction="in")
    shown = till.post(f"tickets/{answered.number}/replies/", {"body": "Yes", "answers": message.pk}).json()
    assert shown["answers"] == message.pk
    elsewhere = other.messages.get()
    answer = till.post(f"tickets/{answered.number}/replies/", {"body": "Yes", "answers": elsewhere.pk})
    assert refused(answer, 400, "validation")["errors"][0]["pointer"] == "#/answers"


def test_a_held_file_is_said_to_be_and_let_go_by_a_supervisor(till, program, sam, answered):
    file = Attachment.objects.get(message__ticket=answered)
    Attachment.objects.filter(pk=file.pk).update(state="held", dangers=["program"])
    shown = till.get(f"attachments/{file.pk}/").json()
    assert (shown["state"], shown["dangers"]) == ("held", ["program"])
    refused(till.get(f"attachments/{file.pk}/content/"), 403, "held")
    refused(till.post(f"attachments/{file.pk}/release/"), 403, "forbidden")
    assert program(sam).post(f"attachments/{file.pk}/release/").json()["state"] == "released"
    assert till.get(f"attachments/{file.pk}/content/").status_code == 200
