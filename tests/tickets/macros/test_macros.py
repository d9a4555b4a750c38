"""Macros: several changes in one, by the verbs that make them, on one ticket or many, and back again."""

from uuid import uuid4

import pytest

from tickets import bulk, drafts, fields, intake, macros, properties
from tickets.models import Batch, CustomField, Draft, Event, Macro, Message, Ticket

pytestmark = pytest.mark.django_db
STEPS = {
    "reply": "Hello {customer.first_name}, about #{ticket.number}",
    "note": "Asked by {agent.first_name}",
    "status": "waiting",
    "kind": "complaint",
    "priority": 3,
    "assignee": "me",
    "tag_add": ["Parcel ", "late"],
    "snooze": "1d",
}


@pytest.fixture
def macro(alice) -> Macro:
    return macros.make("Parcel late", actor=alice, owner=alice, steps=STEPS)


def run(macro, *tickets, by, key=None) -> Batch:
    return macros.run(macro, [each.number for each in tickets], actor=by, key=key or uuid4())


def test_it_does_everything_at_once(macro, ticket, alice):
    batch = run(macro, ticket, by=alice)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.kind, ticket.priority) == ("waiting", "complaint", 3)
    assert (ticket.assignee, ticket.tags, ticket.is_snoozed) == (alice, ["late", "parcel"], True)
    assert Message.objects.get(direction="note").text == "Asked by Alice"
    assert Draft.objects.get().body == f"Hello Carol, about #{ticket.number}"
    assert not Message.objects.filter(direction="out").exists(), "a reply is read before it is sent"
    assert (len(batch.changes), batch.left) == (1, 0)


def test_each_change_is_told_by_its_verb(macro, ticket, alice):
    run(macro, ticket, by=alice)
    told = set(Event.objects.filter(user=alice).values_list("kind", flat=True))
    assert told >= {
        "status_changed",
        "kind_changed",
        "priority_changed",
        "assigned",
        "tags_changed",
        "snoozed",
    }


def test_a_second_click_does_nothing(macro, ticket, alice):
    key = uuid4()
    assert run(macro, ticket, by=alice, key=key) == run(macro, ticket, by=alice, key=key)
    assert Message.objects.filter(direction="note").count() == 1


def test_undone_the_ticket_is_as_it_was_but_for_the_note(macro, ticket, alice):
    before = Ticket.objects.values("status", "kind", "priority", "assignee", "tags", "waiting_since").get()
    batch = run(macro, ticket, by=alice)
    assert macros.undo(batch, actor=alice) == 1
    assert macros.undo(batch, actor=alice) == 0
    after = Ticket.objects.values("status", "kind", "priority", "assignee", "tags", "waiting_since").get()
    ticket.refresh_from_db()
    assert (after, ticket.is_snoozed, Draft.objects.count()) == (before, False, 0)
    assert Message.objects.filter(direction="note").count() == 1


def test_what_was_changed_since_is_not_undone(macro, ticket, alice):
    batch = run(macro, ticket, by=alice)
    properties.set_priority(ticket, 4, actor=alice)
    drafts.save(ticket, author=alice, mode="reply", body="My own words")
    macros.undo(batch, actor=alice)
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.kind, Draft.objects.get().body) == (4, "", "My own words")


def test_the_reply_stands_below_what_was_begun_and_undoing_leaves_both(macro, ticket, alice):
    drafts.save(ticket, author=alice, mode="reply", body="Begun")
    batch = run(macro, ticket, by=alice)
    assert Draft.objects.get().body == f"Begun\n\nHello Carol, about #{ticket.number}"
    macros.undo(batch, actor=alice)
    assert Draft.objects.get().body.startswith("Begun")


def test_on_many_each_that_cannot_take_it_is_left_whole(written, alice, mallory, returns):
    mine = [intake.receive(written(subject=f"No {n}")).ticket for n in range(2)]
    theirs = intake.receive(written(subject="No 3")).ticket
    Ticket.objects.filter(pk=theirs.pk).update(team=returns)
    shared = macros.make(
        "To Mallory", actor=alice, owner=alice, steps={"kind": "support", "assignee": mallory.pk}
    )
    batch = run(shared, *mine, theirs, by=alice)
    assert (len(batch.changes), batch.left) == (0, 3), "she may not see the ones, alice not the other"
    assert not Ticket.objects.filter(kind="support").exists()


def test_custom_fields_are_set_and_set_back(ticket, alice):
    CustomField.objects.create(of="ticket", key="order", labels={"en": "Order"})
    properties.set_custom(ticket, {"order": "TP-1"}, actor=alice)
    macro = macros.make("Order", actor=alice, owner=alice, steps={"custom": {"order": "TP-2"}})
    batch = run(macro, ticket, by=alice)
    ticket.refresh_from_db()
    assert ticket.custom == {"order": "TP-2"}
    macros.undo(batch, actor=alice)
    ticket.refresh_from_db()
    assert ticket.custom == {"order": "TP-1"}


def test_whom_it_names_may_be_gone_by_now(ticket, alice, bob):
    macro = macros.make("To Bob", actor=alice, owner=alice, steps={"assignee": bob.pk, "kind": "support"})
    bob.is_active = False
    bob.save()
    assert macros.missing(macro, alice) == ["assignee"]
    with pytest.raises(macros.Lost):
        run(macro, ticket, by=alice)


def test_nobody_and_no_team_are_values_too(ticket, ada):
    macro = macros.make("Let go", actor=ada, steps={"team": None, "assignee": None})
    run(macro, ticket, by=ada)
    ticket.refresh_from_db()
    assert (ticket.team, ticket.assignee) == (None, None)


@pytest.mark.parametrize(
    ("steps", "wrong"),
    [
        ({}, "steps"),
        ({"reply": "  "}, "steps"),
        ({"dance": 1}, "dance"),
        ({"status": "lost"}, "status"),
        ({"priority": 9}, "priority"),
        ({"priority": "x"}, "priority"),
        ({"team": "x"}, "team"),
        ({"assignee": True}, "assignee"),
        ({"tag_add": "late"}, "tag_add"),
        ({"tag_add": [str(n) for n in range(30)]}, "tag_add"),
        ({"custom": {"nothing": 1}}, "custom"),
        ({"snooze": "4y"}, "snooze"),
        ({"note": 5}, "note"),
        ({"note": "x" * 20_001}, "note"),
    ],
)
def test_steps_that_cannot_be_are_refused_by_name(alice, steps, wrong):
    with pytest.raises(macros.Nonsense) as refused:
        macros.make("x", actor=alice, owner=alice, steps=steps)
    assert list(refused.value.errors) == [wrong]


def test_a_shared_one_is_a_supervisor_s(alice, sam, orders):
    for home in ({"team": orders}, {}):
        with pytest.raises(macros.NotYours):
            macros.make("x", actor=alice, **home, steps={"kind": "support"})
        made = macros.make("x", actor=sam, **home, steps={"kind": "support"})
        with pytest.raises(macros.NotYours):
            macros.change(made, actor=alice, title="y")
        with pytest.raises(macros.NotYours):
            macros.remove(made, actor=alice)
        macros.remove(macros.change(made, actor=sam, title="y"), actor=sam)
    assert not Macro.objects.exists()


def test_there_is_an_end_to_them(alice, monkeypatch):
    monkeypatch.setattr("tickets.macros.keeping.MOST", 1)
    macros.make("x", actor=alice, owner=alice, steps={"kind": "support"})
    with pytest.raises(macros.TooManyMacros):
        macros.make("y", actor=alice, owner=alice, steps={"kind": "support"})


def test_too_many_tickets_are_refused(macro, alice):
    with pytest.raises(bulk.TooMany):
        macros.run(macro, range(1, 600), actor=alice, key=uuid4())


def test_fields_wrong_for_a_ticket_leave_it_whole(ticket, alice, monkeypatch):
    macro = macros.make("x", actor=alice, owner=alice, steps={"kind": "support", "status": "open"})

    def refuse(*args: object, **given: object) -> None:
        raise fields.Wrong("order", "no")

    monkeypatch.setitem(macros.running.ACTIONS, "status", bulk.Action(lambda each: 1, refuse, refuse))
    assert run(macro, ticket, by=alice).left == 1
    ticket.refresh_from_db()
    assert ticket.kind == ""
