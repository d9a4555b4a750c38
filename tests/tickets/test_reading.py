"""What is new to whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tickets import filters, intake, reading
from tickets.models import Seen, Ticket

pytestmark = pytest.mark.django_db


def is_new(user, ticket) -> bool:
    ticket.refresh_from_db()
    found = reading.new_among(user, [ticket]) == {ticket.pk}
    listed = [each.pk for each in filters.listed(user, "open", narrow={"unread": "true"}).tickets]
    read = [each.pk for each in filters.listed(user, "open", narrow={"unread": "false"}).tickets]
    assert (ticket.pk in listed, ticket.pk in read) == (found, not found), "list and filter say the same"
    return found


def test_a_ticket_is_new_until_one_has_seen_it(ticket, alice, bob):
    assert is_new(alice, ticket)
    assert reading.see(alice.pk, ticket.pk)
    assert not is_new(alice, ticket)
    assert is_new(bob, ticket)
    assert not reading.see(alice.pk, ticket.pk), "nothing is written twice"


def test_it_is_new_again_when_something_is_said(ticket, alice, written):
    reading.see(alice.pk, ticket.pk)
    Seen.objects.update(at=timezone.now() - timedelta(hours=1))
    intake.receive(written(references=(ticket.messages.get().external_id,)))
    assert is_new(alice, ticket)
    reading.see(alice.pk, ticket.pk)
    assert not is_new(alice, ticket)
    assert Seen.objects.count() == 1


def test_what_is_old_is_not_new_to_anybody(ticket, alice):
    Ticket.objects.update(last_message_at=timezone.now() - reading.FRESH - timedelta(hours=1))
    assert not is_new(alice, ticket)


def test_one_may_mark_it_as_new(ticket, alice):
    reading.see(alice.pk, ticket.pk)
    reading.mark_new(alice, ticket)
    assert is_new(alice, ticket)


def test_old_marks_are_forgotten(ticket, alice):
    reading.see(alice.pk, ticket.pk)
    assert reading.forget() == 0
    Seen.objects.update(at=timezone.now() - reading.FRESH - timedelta(hours=1))
    assert reading.forget() == 1


def test_a_ticket_that_is_gone_is_seen_by_nobody(alice, db):
    assert not reading.see(alice.pk, 999_999)
