"""Enquiries by API."""

import pytest

from tests.api import refused

pytestmark = pytest.mark.django_db
ASKED = {"to": ["claims@carrier.example"], "subject": "Lost?", "body": "Where is it?"}


def test_somebody_is_asked_and_written_to_again(till, answered):
    made = till.post(f"tickets/{answered.number}/enquiries/", ASKED)
    assert made.status_code == 201 and made.json()["whom"] == "claims@carrier.example"
    address = f"enquiries/{made.json()['id']}/"
    more = till.post(f"{address}messages/", {"body": "And?"})
    assert (more.status_code, more.json()["enquiry"]) == (201, made.json()["id"])
    assert len(till.get(address).json()["messages"]) == 2
    assert till.get("enquiries/").json()["results"][0]["id"] == made.json()["id"]


def test_the_customer_is_not_asked_aside(till, answered):
    refused(
        till.post(f"tickets/{answered.number}/enquiries/", {**ASKED, "to": ["carol@mail.example"]}),
        400,
        "validation",
    )
