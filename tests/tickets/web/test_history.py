import pytest

from tickets.models import Customer, Event
from tickets.web import history
from tickets.web.names import Names

Kind = Event.Kind


class People(Names):
    def user(self, pk):
        return {2: "Bob"}.get(pk, "somebody who has left")

    def team(self, pk):
        return "Returns"

    def topic(self, key):
        return {"delivery": "Delivery"}.get(key, key)


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        (Kind.TICKET_OPENED, {}, "Ticket opened by Carol"),
        (Kind.MESSAGE_RECEIVED, {}, "Message from Carol"),
        (Kind.DELIVERY_FAILED, {}, "A reply could not be delivered"),
        (Kind.DELIVERY_RETRIED, {"what": "resend"}, "Sent once more by Carol"),
        (Kind.DELIVERY_RETRIED, {"what": "drop"}, "Delivery given up by Carol"),
        (Kind.STATUS_CHANGED, {"after": "on_hold"}, "Status changed to “On hold” by Carol"),
        (Kind.STATUS_CHANGED, {"after": "open", "why": "customer_wrote"}, "Open again: the customer wrote"),
        (Kind.ASSIGNED, {"after": 2}, "Assigned to Bob by Carol"),
        (Kind.ASSIGNED, {"after": 3}, "Assigned to somebody who has left by Carol"),
        (Kind.ASSIGNED, {"after": None}, "Released by Carol, nobody has it now"),
        (Kind.TEAM_CHANGED, {"after": 7}, "Moved to Returns by Carol"),
        (Kind.TEAM_CHANGED, {"after": None}, "Taken out of its team by Carol"),
        (Kind.KIND_CHANGED, {"after": "complaint"}, "Kind changed to “Complaint” by Carol"),
        (Kind.KIND_CHANGED, {"after": ""}, "Kind removed by Carol"),
        (Kind.TOPIC_CHANGED, {"after": "a_former_one"}, "Topic changed to “a_former_one” by Carol"),
        (Kind.TOPIC_CHANGED, {"after": "delivery"}, "Topic changed to “Delivery” by Carol"),
        (Kind.TOPIC_CHANGED, {"after": ""}, "Topic removed by Carol"),
        (Kind.PRIORITY_CHANGED, {"after": 4}, "Priority changed to “Urgent” by Carol"),
        (Kind.TAGS_CHANGED, {"before": [], "after": ["oak"]}, "Tag added by Carol: oak"),
        (Kind.TAGS_CHANGED, {"before": ["a", "b"], "after": []}, "Tags removed by Carol: a, b"),
        (Kind.TAGS_CHANGED, {"before": ["a"], "after": ["b"]}, "Tags changed by Carol: b"),
        (Kind.FOLDER_CHANGED, {"after": "spam"}, "Marked as spam by Carol"),
        (Kind.FOLDER_CHANGED, {"after": "bin"}, "Deleted by Carol"),
        (Kind.FOLDER_CHANGED, {"after": "desk"}, "Brought back to the desk by Carol"),
        (Kind.DOUBT_RAISED, {"other": 7}, "It is asked whether this belongs together with #7"),
        (Kind.KEPT_APART, {"other": 7}, "Kept apart from #7 by Carol"),
        (Kind.DOUBT_REOPENED, {"other": 7}, "Whether it belongs to #7 was opened again by Carol"),
        (Kind.TICKET_JOINED, {"other": 7, "side": "source"}, "Joined into #7 by Carol"),
        (Kind.TICKET_JOINED, {"other": 7, "side": "target"}, "#7 was joined into this by Carol"),
        (Kind.JOIN_UNDONE, {"other": 7, "side": "source"}, "Taken out of #7 again by Carol"),
        (Kind.JOIN_UNDONE, {"other": 7, "side": "target"}, "#7 was taken out again by Carol"),
        (Kind.MESSAGE_SPLIT, {"other": 7, "side": "source"}, "A message became #7 by Carol"),
        (Kind.MESSAGE_SPLIT, {"other": 7, "side": "target"}, "Split off from #7 by Carol"),
        (Kind.SPLIT_UNDONE, {"other": 7, "side": "source"}, "The message of #7 was put back by Carol"),
        (Kind.SPLIT_UNDONE, {"other": 7, "side": "target"}, "Its message was put back to #7 by Carol"),
        (Kind.ESCALATED, {}, "Shown to the supervisors by Carol"),
    ],
)
def test_an_event_is_a_sentence(kind, data, said):
    event = Event(kind=kind, data=data, customer=Customer(name="Carol"))
    assert history.sentence(event, People()) == said


@pytest.mark.parametrize("kind", Event.Kind.values)
def test_every_kind_has_a_sentence_and_an_icon(kind):
    assert kind in history._TELLERS
    assert kind in history.ICONS


def test_without_a_person_it_was_the_desk():
    event = Event(kind=Kind.FOLDER_CHANGED, data={"after": "desk"})
    assert history.sentence(event, People()) == "Brought back to the desk by the desk"
