"""The expected time of a ticket, by API."""

import pytest
from django.utils import timezone

from tickets.expected.models import ExpectedTime

pytestmark = pytest.mark.django_db


def test_read_and_not_found_where_nothing_was_told(program, alice, ticket):
    address = f"tickets/{ticket.number}/expected-time/"
    assert program(alice).call("GET", address).status_code == 404
    now = timezone.now()
    ExpectedTime.objects.create(ticket=ticket, by="page", low=60, high=120, count=30, until=now, check_at=now)
    found = program(alice).call("GET", address).json()
    assert (found["low_minutes"], found["high_minutes"], found["new_until"]) == (60, 120, None)
