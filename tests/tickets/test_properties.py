"""What a ticket is about: kind, priority, tags."""

import pytest

from tickets import properties
from tickets.models import Event, Ticket

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("verb", "value", "before", "told"),
    [
        (properties.set_kind, "complaint", "", Event.Kind.KIND_CHANGED),
        (properties.set_topic, "delivery", "", Event.Kind.TOPIC_CHANGED),
        (properties.set_priority, 4, 2, Event.Kind.PRIORITY_CHANGED),
        (properties.set_tags, ["late"], [], Event.Kind.TAGS_CHANGED),
    ],
)
def test_a_change_is_made_and_told_once(ticket, alice, verb, value, before, told):
    verb(ticket, value, actor=alice)
    verb(ticket, value, actor=alice)
    event = ticket.events.get(kind=told)
    assert (event.user, event.data) == (alice, {"before": before, "after": value})


@pytest.mark.parametrize(
    ("verb", "value"),
    [
        (properties.set_kind, "riddle"),
        (properties.set_topic, "riddle"),
        (properties.set_priority, 7),
        (properties.set_priority, 0),
    ],
)
def test_what_is_not_on_the_list_is_refused(ticket, alice, verb, value):
    with pytest.raises(ValueError, match=str(value)):
        verb(ticket, value, actor=alice)
    assert ticket.events.filter(user=alice).count() == 0


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ([" Late ", "VIP", "late"], ["late", "vip"]),
        (["two  words"], ["two words"]),
        (["", "  "], []),
        (["é" * 60], ["é" * 40]),
        (["посылка", "Возврат"], ["возврат", "посылка"]),
    ],
)
def test_tags_have_one_spelling(ticket, alice, given, kept):
    assert properties.set_tags(ticket, given, actor=alice).tags == kept
    ticket.refresh_from_db()
    assert ticket.tags == kept


def test_a_kind_can_be_taken_back(ticket, alice):
    properties.set_kind(ticket, "support", actor=alice)
    assert properties.set_kind(ticket, "", actor=alice).kind == Ticket.Kind.NONE


def test_what_the_desk_had_read_stays_beside_the_topic_a_person_says(ticket, alice):
    ticket.verdict = {"kind": "support", "topic": "payment"}
    ticket.save()
    properties.set_topic(ticket, "delivery", actor=alice)
    after = properties.set_topic(ticket, "", actor=alice)
    assert after.verdict == {"kind": "support", "topic": "", "read_topic": "payment"}
