"""Whether a colleague is there, by API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tickets import assignment, availability

pytestmark = pytest.mark.django_db


def test_read_with_the_load_and_set_by_oneself(program, alice, ticket):
    assignment.assign(ticket, alice, actor=alice)
    mine = program(alice)
    address = f"users/{alice.pk}/availability/"
    found = mine.call("GET", address).json()
    assert (found["user"], found["state"], found["load"], found["capacity"]) == (alice.pk, "away", 1, 10)
    until = timezone.now() + timedelta(minutes=30)
    sent = {"state": "paused", "reason": "lunch", "until": until.isoformat()}
    assert mine.call("PUT", address, sent).json()["reason"] == "lunch"
    assert availability.of(alice).state == "paused"
    wrong = mine.call("PUT", address, {**sent, "until": (until - timedelta(days=1)).isoformat()})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (400, "#/until")


def test_supervisors_set_that_of_their_teams(program, alice, sam, mallory):
    sent = {"state": "available"}
    assert program(sam).call("PUT", f"users/{alice.pk}/availability/", sent).status_code == 200
    assert program(sam).call("PUT", f"users/{mallory.pk}/availability/", sent).status_code == 404
    assert program(alice).call("PUT", f"users/{sam.pk}/availability/", sent).status_code == 404


def test_a_call_that_is_taken_down_gives_breath_and_a_letter_none(program, alice, mailbox):
    availability.be(alice, "available", actor=alice)
    mine, address = program(alice), f"users/{alice.pk}/availability/"
    asked = {"direction": "in", "channel": mailbox.pk, "subject": "A lamp", "body": "It does not shine."}
    for person, breathes in (("email", "dora@mail.example"), False), (("phone", "+36 1 234 5678"), True):
        sent = {**asked, "identity": {"kind": person[0], "value": person[1]}}
        assert mine.call("POST", "tickets/", sent).status_code == 201
        assert bool(mine.call("GET", address).json()["breath"]) == breathes
