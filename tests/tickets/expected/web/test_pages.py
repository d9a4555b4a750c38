"""Expected times on the screen: beside a ticket, for supervisors, for the customer."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from helpdesk.accounts.models import User
from tickets.expected import sweeping
from tickets.expected.models import ExpectedTime
from tickets.models import Message

pytestmark = pytest.mark.django_db


def browsing(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def slipping(ticket) -> ExpectedTime:
    now = timezone.now()
    times = {"until": now + timedelta(minutes=20), "check_at": now - timedelta(minutes=1)}
    ExpectedTime.objects.create(ticket=ticket, by="receipt", low=60, high=120, count=30, **times)
    sweeping.sweep(now)
    return ExpectedTime.objects.get()


def test_beside_a_ticket_with_the_message_that_is_ready(alice, ticket, slipping):
    desk, place = browsing(alice), f"/tickets/{ticket.number}/"
    assert "told: by" in desk.get(place).content.decode()
    shown = desk.get(f"{place}expected-time/").content.decode()
    assert "usually within 1 to 2 hours" in shown
    assert "takes longer than we expected" in shown
    assert desk.post(f"{place}expected-time/correction/").headers["Location"] == place
    assert Message.objects.filter(purpose=Message.Purpose.RECEIPT).count() == 1
    shown = desk.get(f"{place}expected-time/", headers={"HX-Request": "true"}).content.decode()
    assert "the customer is told" in shown
    assert "Send this" not in shown
    desk.post(f"{place}expected-time/correction/")
    assert Message.objects.filter(purpose=Message.Purpose.RECEIPT).count() == 1
    assert "The customer is told by Alice" in desk.get(f"{place}history/").content.decode()


def test_supervisors_see_how_often_it_held_and_what_slips(sam, alice, ticket, slipping):
    shown = browsing(sam).get("/expected-times/").content.decode()
    assert f"#{ticket.number}" in shown
    assert "Tell the customer" in shown
    assert browsing(alice).get("/expected-times/").status_code == 403


def test_little_is_said_without_history(alice, ticket):
    shown = browsing(alice).get(f"/tickets/{ticket.number}/expected-time/").content.decode()
    assert "There is too little history to say." in shown
