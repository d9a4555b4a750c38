"""Macros on the screen: found by name, read before they are run, run on one and on many, undone, kept."""

from uuid import uuid4

import pytest

from tests.tickets.web.conftest import HTMX
from tickets import intake, macros
from tickets.models import Batch, Draft, Macro, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def macro(sam, orders) -> Macro:
    steps = {"reply": "Hello {customer.first_name}", "status": "waiting", "tag_add": ["late"]}
    return macros.make("Parcel late", actor=sam, team=orders, steps=steps)


def at(ticket, *more: object) -> str:
    return "/".join(["/tickets", str(ticket.number), "macros", *map(str, more), ""])


def test_they_are_found_by_name_and_read_before_they_are_run(desk, ticket, macro):
    assert "Parcel late" in desk.get(at(ticket), headers=HTMX).text
    assert "No macro is called so" in desk.get(at(ticket) + "?q=refund", headers=HTMX).text
    for address in (at(ticket) + "?q=parcel&first=1", at(ticket, macro.pk)):
        shown = desk.get(address, headers=HTMX).text
        assert (
            "Hello Carol" in shown and '<s class="muted">New</s>' in shown and "Waiting for customer" in shown
        )
    assert "Do it" in desk.get(at(ticket, macro.pk)).text, "a page without scripts"
    ticket.refresh_from_db()
    assert ticket.status == "new"


def test_run_it_changes_the_ticket_and_opens_the_reply(desk, ticket, macro):
    answer = desk.post(at(ticket, macro.pk), {"key": uuid4()}, headers=HTMX)
    assert (
        "“Parcel late” is done." in answer.text
        and "Hello Carol" in answer.text
        and "data-focus" in answer.text
    )
    ticket.refresh_from_db()
    assert (ticket.status, ticket.tags) == ("waiting", ["late"])
    undone = desk.post(at(ticket, "undo"), {"pick": Batch.objects.get().pk}, headers=HTMX)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.tags, Draft.objects.count()) == ("new", [], 0)
    assert "as it was" in undone.text


def test_another_team_s_macro_is_not_there(as_, mallory, ticket, macro, alice, desk, sam):
    assert as_(mallory).get(at(ticket, macro.pk)).status_code == 404
    theirs = macros.make("Mine alone", actor=sam, owner=sam, steps={"kind": "support"})
    assert desk.get(at(ticket, theirs.pk)).status_code == 404
    assert desk.get(f"/macros/{theirs.pk}/").status_code == 404


def test_one_that_names_somebody_who_is_gone_says_so(desk, ticket, alice, bob):
    lost = macros.make("To Bob", actor=alice, owner=alice, steps={"assignee": bob.pk})
    bob.is_active = False
    bob.save()
    assert "is gone" in desk.get(at(ticket, lost.pk), headers=HTMX).text
    assert desk.post(at(ticket, lost.pk), {"key": uuid4()}, headers=HTMX).status_code == 409
    assert "out of date" in desk.get("/macros/").text


def test_many_are_shown_first_and_changed_and_undone_as_one(desk, written, macro):
    numbers = [intake.receive(written(subject=f"No {n}")).ticket.number for n in range(3)]
    assert "Parcel late" in desk.get("/tickets/batches/menu/").text
    shown = desk.post("/tickets/batches/", {"macro": macro.pk, "number": numbers}, headers=HTMX)
    assert "On 3 tickets" in shown.text and not Batch.objects.exists()
    given = {"macro": macro.pk, "number": numbers, "sure": "1", "key": uuid4()}
    assert "3 tickets changed" in desk.post("/tickets/batches/", given, headers=HTMX).text
    assert Ticket.objects.filter(status="waiting").count() == Draft.objects.count() == 3
    desk.post(f"/tickets/batches/{Batch.objects.get().pk}/undo/", headers=HTMX)
    assert not Ticket.objects.filter(status="waiting").exists()
    assert not Draft.objects.exists()


FORM = {"title": "Late", "whose": "mine", "status": "waiting", "tag_add": "Late, parcel", "kind": "none"}


def test_one_is_made_changed_and_removed(desk, alice):
    desk.post("/macros/new/", {**FORM, "assignee": "me", "team": "none", "priority": "3", "snooze": "answer"})
    made = Macro.objects.get()
    assert made.steps == {
        "team": None,
        "assignee": "me",
        "kind": "",
        "priority": 3,
        "tag_add": ["late", "parcel"],
        "status": "waiting",
        "snooze": "answer",
    }
    assert 'value="late, parcel"' in desk.get(f"/macros/{made.pk}/").text
    desk.post(f"/macros/{made.pk}/", {"title": "Later", "whose": "mine", "note": "Hm"})
    made.refresh_from_db()
    assert (made.title, made.steps) == ("Later", {"note": "Hm"})
    desk.post(f"/macros/{made.pk}/removal/")
    assert not Macro.objects.exists()


def test_one_that_does_nothing_is_not_kept(desk):
    answer = desk.post("/macros/new/", {"title": "Nothing", "whose": "mine"})
    assert answer.status_code == 422 and "at least one thing" in answer.text


def test_agents_read_shared_ones_and_leave_them_alone(desk, as_, sam, macro):
    assert "Parcel late" in desk.get("/macros/").text
    assert desk.get(f"/macros/{macro.pk}/").status_code == 403
    assert desk.post(f"/macros/{macro.pk}/removal/").status_code == 403
    assert as_(sam).get(f"/macros/{macro.pk}/").status_code == 200
