"""The page behind the mail that asks how it went: opened it rates nothing, a press of the button does."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from tickets import lifecycle
from tickets.inviting import links
from tickets.models import Rating, RatingInvitation, RatingRefusal, Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain", "company")]


@pytest.fixture
def row(ticket: Ticket, alice) -> RatingInvitation:
    done = lifecycle.resolve(ticket, actor=alice)
    at = done.resolved_at
    return RatingInvitation.objects.create(ticket=done, resolved_at=at, due_at=timezone.now(), state="sent")


def link(row: RatingInvitation, name: str, language: str = "en") -> str:
    return re.sub(r"^https?://[^/]+", "", links.of(row, language)[links.MARKS[name]])


def test_opening_rates_nothing_and_pressing_does(client: Client, row):
    bad = link(row, "bad")
    told = client.get(bad).content.decode()
    assert 'value="bad" required checked' in told and not Rating.objects.exists()
    answer = client.post(bad.partition("?")[0], {"score": "bad", "comment": "Late"}, follow=True)
    assert "Thank you!" in answer.content.decode()
    made = Rating.objects.get()
    assert (made.score, made.comment, made.customer) == ("bad", "Late", row.ticket.customer)
    again = client.get(link(row, "good")).content.decode()
    assert 'value="good" required checked' in again and "Late" in again
    client.post(bad.partition("?")[0], {"score": "good", "comment": "Late, but kind"})
    assert Rating.objects.get().score == "good"


@pytest.mark.parametrize("language", ["hu", "ru"])
def test_the_day_until_which_it_can_be_changed_ends_with_one_dot(client, row, language):
    """In these languages a date ends with a dot of its own."""
    client.post(link(row, "bad", language).partition("?")[0], {"score": "bad"})
    told = client.get(link(row, "bad", language)).content.decode()
    assert re.search(r"(3\d|[12]?\d|г)\.</p>", told) and "..</p>" not in told


def test_a_link_is_for_its_resolution_alone(client, row, alice):
    lifecycle.reopen(row.ticket, actor=alice)
    page = link(row, "good")
    assert "working on your request again" in client.get(page).content.decode()
    client.post(page, {"score": "good"})
    lifecycle.resolve(Ticket.objects.get(pk=row.ticket_id), actor=alice)
    client.post(page, {"score": "good"})
    assert not Rating.objects.exists()


def test_a_forged_link_shows_nothing(client):
    told = client.get("/help/en/rate/forged/?score=good").content.decode()
    assert "does not work" in told and "<fieldset" not in told
    assert client.post("/help/en/rate/forged/", {"score": "good"}).status_code == 200


def test_a_wrong_score_is_told(client, row):
    assert "Choose one" in client.post(link(row, "good"), {"comment": "x"}).content.decode()
    assert client.get(link(row, "good").replace("=good", "=best")).status_code == 200


def test_no_more_questions_by_a_press_alone(row):
    page = link(row, "leave", "hu")
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(page).status_code == 200 and not RatingRefusal.objects.exists()
    strict.post(page, {"List-Unsubscribe": "One-Click"})
    assert RatingRefusal.objects.get().customer == row.ticket.customer
