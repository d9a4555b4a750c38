"""Checklists, time spent, buttons and a whole ticket as a file, by API."""

import uuid

import pytest

from tests.api import refused
from tickets import checklists, intake, timing
from tickets.models import Checklist, Event, Shortcut, Step, TimeSpent

pytestmark = pytest.mark.django_db


def test_steps_are_added_ticked_and_taken_away(till, answered, alice):
    address = f"tickets/{answered.number}/checklist/"
    made = till.post(address, {"text": "Ring the carrier"}).json()
    assert (made["text"], made["done_at"], made["made_by"]["id"]) == ("Ring the carrier", None, alice.pk)
    assert till.patch(f"{address}{made['id']}/", {"done": True}).json()["done_by"]["id"] == alice.pk
    assert till.patch(f"{address}{made['id']}/", {"done": False}).json()["done_by"] is None
    refused(till.post(address, {"text": " "}), 400, "validation")
    assert till.delete(f"{address}{made['id']}/").status_code == 204
    assert till.get(address).json()["results"] == []
    refused(till.delete(f"{address}{made['id']}/"), 404, "not-found")


def test_a_checklist_is_put_on_a_ticket(till, answered, returns):
    own = Checklist.objects.create(title="Parcel", steps=["Weigh it", "Ring them"])
    foreign = Checklist.objects.create(title="Return", steps=["Open it"], team=returns)
    assert [each["id"] for each in till.get("checklists/").json()["results"]] == [own.pk]
    address = f"tickets/{answered.number}/checklist/use/"
    assert till.post(address, {"checklist": own.pk}).status_code == 204
    assert list(Step.objects.values_list("text", flat=True)) == ["Weigh it", "Ring them"]
    refused(till.post(address, {"checklist": foreign.pk}), 409, "conflict")


def test_a_step_of_another_ticket_is_not_found(till, answered, written, alice):
    step = checklists.add(answered, "Ring them", actor=alice)
    other = intake.receive(written(subject="Another")).ticket
    refused(till.patch(f"tickets/{other.number}/checklist/{step.pk}/", {"done": True}), 404, "not-found")


def test_time_is_written_down_once_and_taken_away_by_whose_it_is(till, answered, bob):
    address = f"tickets/{answered.number}/time/"
    made = till.post(address, {"minutes": 10, "note": "Rang"}).json()
    assert (made["minutes"], made["note"]) == (10, "Rang")
    refused(till.post(address, {"minutes": 0}), 400, "validation")
    theirs = timing.spend(answered, 5, user=bob, key=uuid.uuid4())
    refused(till.delete(f"{address}{theirs.pk}/"), 403, "forbidden")
    assert till.delete(f"{address}{made['id']}/").status_code == 204
    assert TimeSpent.objects.get() == theirs


def test_buttons_lead_where_they_lead_beside_the_ticket(till, answered):
    Shortcut.objects.create(label="Shop", url="https://shop.example/?n={ticket.number}")
    found = till.get(f"tickets/{answered.number}/shortcuts/").json()
    assert found == [{"label": "Shop", "url": f"https://shop.example/?n={answered.number}"}]


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF"), ("eml", b"PK")])
def test_a_whole_ticket_is_a_file_and_it_is_told_who_took_it(till, answered, alice, form, begins):
    answer = till.get(f"tickets/{answered.number}/export/{form}/?notes=true")
    assert b"".join(answer.streaming_content).startswith(begins)
    event = Event.objects.get(kind="exported")
    assert (event.user, event.data) == (alice, {"form": form, "notes": True})
    refused(till.get(f"tickets/{answered.number}/export/{form}/?notes=maybe"), 400, "parameters")
