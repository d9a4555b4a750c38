"""Tickets that are locked already are neither locked nor read again."""

import pytest
from django.db import transaction

from tickets import intake, lifecycle, locking, properties

pytestmark = pytest.mark.django_db


def test_all_are_locked_by_one_statement_with_their_customers(ticket, written, django_assert_num_queries):
    other = intake.receive(written()).ticket
    with transaction.atomic(), django_assert_num_queries(1):
        found = locking.lock_all([other.pk, ticket.pk, 0])
        assert [each.customer.pk for each in found.values()] == [ticket.customer_id, other.customer_id]
    assert list(found) == sorted([ticket.pk, other.pk])


def test_a_kept_ticket_is_changed_through_the_object_at_hand(ticket, written):
    other = intake.receive(written()).ticket
    with transaction.atomic():
        ours = locking.lock_all([ticket.pk])[ticket.pk]
        with locking.kept(ours):
            assert lifecycle.lock(ticket) is ours
            assert lifecycle.lock(other) is not other
            properties.set_tags(ticket, ["late"], actor=None)
            assert ours.tags == ["late"]
        assert lifecycle.lock(ticket) is not ours
    ticket.refresh_from_db()
    assert ticket.tags == ["late"]
