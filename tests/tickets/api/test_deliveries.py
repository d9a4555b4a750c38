"""What was not sent, by API."""

import pytest

from tests.api import refused
from tickets.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed(answered) -> Delivery:
    delivery = Delivery.objects.get()
    Delivery.objects.update(state="failed", error="550 no such user")
    return delivery


def test_what_was_not_sent_is_found_and_sent_again(program, alice, failed, answered):
    till = program(alice, "deliveries:write")
    shown = till.get(f"deliveries/?state=failed,unknown&ticket={answered.number}").json()["results"]
    assert [(each["id"], each["error"]) for each in shown] == [(failed.pk, "550 no such user")]
    assert till.post(f"deliveries/{failed.pk}/resend/").json()["state"] == "pending"
    assert till.get("deliveries/?state=failed").json()["results"] == []


def test_or_given_up(program, alice, failed):
    assert program(alice).post(f"deliveries/{failed.pk}/drop/").json()["state"] == "dropped"


def test_not_by_others(program, mallory, bob, failed):
    refused(program(mallory).post(f"deliveries/{failed.pk}/resend/"), 404, "not-found")
    refused(program(bob, "deliveries:read").post(f"deliveries/{failed.pk}/resend/"), 403, "scope")
