"""Messages that may belong to another ticket, by API."""

import pytest

from channels_app.messages import Sender, reply_token
from tests.api import refused
from tickets import assignment, intake
from tickets.models import Doubt

pytestmark = pytest.mark.django_db

EVE = Sender(identity_kind="email", identity="eve@elsewhere.example", name="Eve")


@pytest.fixture
def doubt(written, ticket) -> Doubt:
    return intake.receive(written(sender=EVE, token=reply_token(ticket.pk))).doubt


def test_they_are_found_by_state_and_by_either_ticket(till, doubt, ticket):
    (shown,) = till.get("doubts/?state=open").json()["results"]
    assert (shown["ticket"], shown["other"]) == (doubt.ticket.number, ticket.number)
    assert (shown["message"], shown["reason"], shown["state"]) == (doubt.message_id, "stranger", "open")
    for number in (ticket.number, doubt.ticket.number):
        assert till.get(f"doubts/?ticket={number}").json()["results"] == [shown]
    assert till.get("doubts/?ticket=999999").json()["results"] == []
    assert till.get("doubts/?state=joined").json()["results"] == []


def test_it_is_joined_and_taken_apart_again(till, doubt, ticket):
    made = till.post(f"doubts/{doubt.pk}/joining/")
    assert made.status_code == 201 and made.json()["target"] == ticket.number
    assert till.get(f"doubts/{doubt.pk}/").json()["state"] == "joined"
    assert [each["id"] for each in till.get("doubts/?state=joined").json()["results"]] == [doubt.pk]
    assert till.get("doubts/?state=open").json()["results"] == []
    refused(till.post(f"doubts/{doubt.pk}/joining/"), 409, "conflict")
    till.post(f"moves/{made.json()['id']}/undoing/")
    assert till.get(f"doubts/{doubt.pk}/").json()["state"] == "open"


def test_it_is_kept_apart_and_thought_over(till, doubt, alice):
    kept = till.post(f"doubts/{doubt.pk}/parting/").json()
    assert (kept["state"], kept["decided_by"]["id"]) == ("apart", alice.pk)
    assert till.post(f"doubts/{doubt.pk}/parting/").json() == kept
    assert till.get("doubts/?state=open").json()["results"] == []
    assert till.post(f"doubts/{doubt.pk}/second-thought/").json()["state"] == "open"


def test_who_sees_the_other_ticket_alone_learns_that_there_is_one(program, doubt, ticket, sam, mallory):
    assignment.move(ticket, mallory.teams.get(), actor=sam)
    theirs = program(mallory)
    (shown,) = theirs.get("doubts/").json()["results"]
    assert (shown["message"], shown["reason"]) == (None, None)
    for act in ("joining", "parting", "second-thought"):
        refused(theirs.post(f"doubts/{doubt.pk}/{act}/"), 404, "not-found")
    assert theirs.post(f"doubts/{doubt.pk}/escalation/").status_code == 200
    doubt.ticket.refresh_from_db()
    assert doubt.ticket.escalated_at


def test_who_sees_the_message_alone_cannot_join_it(program, alice, doubt, returns, sam):
    assignment.move(doubt.other, returns, actor=sam)
    till = program(alice)
    assert till.get(f"doubts/{doubt.pk}/").json()["reason"] == "stranger"
    refused(till.post(f"doubts/{doubt.pk}/joining/"), 404, "not-found")
    assert till.post(f"doubts/{doubt.pk}/parting/").json()["state"] == "apart"


def test_nobody_elses_are_seen(program, mallory, doubt):
    theirs = program(mallory)
    assert theirs.get("doubts/").json()["results"] == []
    refused(theirs.get(f"doubts/{doubt.pk}/"), 404, "not-found")
    refused(theirs.post(f"doubts/{doubt.pk}/escalation/"), 404, "not-found")


def test_a_page_of_them_takes_few_queries(till, doubt, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        till.get("doubts/")
