"""Links and watching by API."""

import pytest

from tests.api import refused
from tickets import intake
from tickets.models import Watch

pytestmark = pytest.mark.django_db


def test_tickets_are_linked_and_parted(till, answered, written):
    other = intake.receive(written(subject="Another")).ticket
    address = f"tickets/{answered.number}/links/"
    made = till.post(address, {"relation": "whole", "other": other.number})
    assert made.status_code == 201
    shown = made.json()
    assert (shown["source"], shown["kind"], shown["target"]) == (other.number, "part", answered.number)
    refused(till.post(address, {"relation": "part", "other": answered.number}), 409, "conflict")
    assert till.get(address).json()["results"][0]["id"] == shown["id"]
    assert till.delete(f"{address}{shown['id']}/").status_code == 204
    assert till.get(address).json()["results"] == []


def test_one_watches_and_stops(till, answered, alice):
    assert till.post(f"tickets/{answered.number}/watching/").status_code == 204
    assert Watch.objects.get().user == alice
    assert till.delete(f"tickets/{answered.number}/watching/").status_code == 204
    assert not Watch.objects.exists()
