"""A new ticket gets its kind from the desk; a person's word counts more."""

import pytest

from tickets import intake, properties, reactions
from tickets.models import Event

pytestmark = pytest.mark.django_db
ANGRY = "Third time I write to you. Nobody has answered and I paid 80 euros."


def told(ticket) -> list[dict]:
    return [event.data for event in ticket.events.filter(kind=Event.Kind.KIND_CHANGED)]


def test_a_sure_verdict_becomes_the_kind(written):
    ticket = intake.receive(written(text=ANGRY, language="en")).ticket
    reactions.drain()
    ticket.refresh_from_db()
    assert ticket.kind == "complaint"
    assert ticket.verdict["confidence"] > 0.5
    assert "third time" in ticket.verdict["words"]
    assert told(ticket) == [{"before": "", "after": "complaint", "confidence": ticket.verdict["confidence"]}]


def test_an_unsure_one_is_only_said(written):
    ticket = intake.receive(written(text="Quexli plomk zzuwix harbnoc", language="en")).ticket
    reactions.drain()
    ticket.refresh_from_db()
    assert ticket.kind == ""
    assert 0 < ticket.verdict["confidence"] < 0.5
    assert told(ticket) == []


def test_what_a_person_said_stays(written, alice):
    ticket = intake.receive(written(text=ANGRY, language="en")).ticket
    properties.set_kind(ticket, "support", actor=alice)
    reactions.drain()
    ticket.refresh_from_db()
    assert (ticket.kind, ticket.verdict) == ("support", {})


def test_a_topic_that_a_person_said_stays_and_the_rest_is_judged(written, alice):
    ticket = intake.receive(written(text=ANGRY, language="en")).ticket
    properties.set_topic(ticket, "account", actor=alice)
    reactions.drain()
    ticket.refresh_from_db()
    assert (ticket.kind, ticket.topic, ticket.verdict["kind"]) == ("complaint", "account", "complaint")


def test_only_the_first_message_is_judged(written):
    first = intake.receive(written(text="When do you open on Saturday, please?", language="en"))
    reactions.drain()
    intake.receive(written(text=ANGRY, language="en", references=(first.external_id,)))
    reactions.drain()
    first.ticket.refresh_from_db()
    assert first.ticket.kind == "information"


@pytest.mark.parametrize(
    "given", [{"language": "de", "text": "Wo ist meine Bestellung?"}, {"text": "", "subject": ""}], ids=str
)
def test_what_cannot_be_judged_is_left_to_people(written, given):
    ticket = intake.receive(written(**given)).ticket
    reactions.drain()
    ticket.refresh_from_db()
    assert ticket.kind == ""
