"""Checklists: steps one by one or from a template of the team, ticked by whom and when."""

import pytest

from tickets import checklists
from tickets.models import Checklist, Event, Step

pytestmark = pytest.mark.django_db


@pytest.fixture
def step(ticket, alice) -> Step:
    return checklists.add(ticket, "  Ring the   carrier ", actor=alice)


def test_a_step_is_ticked_by_whom_and_when(step, bob):
    assert step.text == "Ring the carrier"
    for _ in range(2):
        done = checklists.tick(step, done=True, actor=bob)
    assert done.done_by == bob and done.done_at
    assert Event.objects.filter(kind="checklist_changed", data__what="done").count() == 1
    undone = checklists.tick(step, done=False, actor=bob)
    assert (undone.done_by, undone.done_at) == (None, None)


def test_it_is_removed_once(step, alice):
    for _ in range(2):
        checklists.remove(step, actor=alice)
    assert not Step.objects.exists()
    assert Event.objects.filter(data__what="removed").count() == 1


def test_a_template_adds_what_is_not_there_yet(step, ticket, alice):
    template = Checklist.objects.create(title="Lost", steps=["Ring the carrier", "Ask for a photo"])
    for _ in range(2):
        checklists.use(template, ticket, actor=alice)
    assert [each.text for each in ticket.steps.order_by("id")] == ["Ring the carrier", "Ask for a photo"]
    assert Event.objects.filter(data__what="added").count() == 2


def test_templates_are_those_of_the_team_and_of_all(ticket, orders, returns):
    made = {
        title: Checklist.objects.create(title=title, team=team, steps=["x"], is_active=title != "old")
        for title, team in (("all", None), ("ours", orders), ("theirs", returns), ("old", None))
    }
    assert set(checklists.templates(ticket)) == {made["all"], made["ours"]}


def test_what_makes_no_sense_is_refused(ticket, alice, monkeypatch):
    with pytest.raises(checklists.NothingToDo):
        checklists.add(ticket, " ", actor=alice)
    monkeypatch.setattr(checklists, "MOST", 1)
    checklists.add(ticket, "One", actor=alice)
    with pytest.raises(checklists.TooManySteps):
        checklists.add(ticket, "Two", actor=alice)
