"""The page tells what the desk made of the first message, and how sure that is."""

import pytest

pytestmark = pytest.mark.django_db
SURE = {"kind": "complaint", "confidence": 0.84, "words": ["third time", "i paid"]}


def page(client, alice, ticket, **fields) -> str:
    for name, value in fields.items():
        setattr(ticket, name, value)
    ticket.save()
    client.force_login(alice)
    return client.get(f"/tickets/{ticket.number}/").content.decode()


def test_a_verdict_is_told_with_its_words(client, alice, ticket):
    shown = page(client, alice, ticket, kind="complaint", verdict=SURE)
    assert "84 %" in shown
    assert "The first message reads as “Complaint”, 84 % sure. It says: “third time”, “i paid”." in shown


def test_an_unsure_one_is_a_question(client, alice, ticket):
    shown = page(client, alice, ticket, verdict={**SURE, "confidence": 0.41, "words": []})
    assert "Unsure: Complaint?" in shown
    assert "It says" not in shown


def test_once_a_person_has_corrected_it_the_page_claims_no_certainty(client, alice, ticket):
    shown = page(client, alice, ticket, kind="support", verdict=SURE)
    assert '<small class="muted">84 %</small>' not in shown
    assert "reads as “Complaint”" in shown


def test_without_a_verdict_nothing_is_said(client, alice, ticket):
    shown = page(client, alice, ticket)
    assert "reads as" not in shown
    assert "No kind" in shown
