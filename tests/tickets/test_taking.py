"""The next ticket: the most urgent, for one alone."""

import threading

import pytest
from django.db import connection, transaction

from tickets import assignment, bin, intake, lifecycle, presence, properties, taking
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(written, alice) -> dict[str, Ticket]:
    made = {name: intake.receive(written(subject=name)).ticket for name in ("old", "loud", "new")}
    properties.set_priority(made["loud"], 4, actor=alice)
    return made


def test_the_most_urgent_first_then_who_waits_longest(waiting, alice):
    taken = [taking.take_next(alice).subject for _ in range(3)]
    assert taken == ["loud", "old", "new"]
    assert set(Ticket.objects.values_list("assignee", flat=True)) == {alice.pk}


def test_with_none_left_ones_own_most_urgent(waiting, alice):
    for ticket in waiting.values():
        assignment.assign(ticket, alice, actor=alice)
    assert taking.take_next(alice).subject == "loud"


def test_what_nobody_need_take(waiting, alice, bob):
    lifecycle.resolve(waiting["loud"], actor=alice)
    bin.mark_spam(waiting["old"], actor=alice)
    assignment.assign(waiting["new"], bob, actor=alice)
    assert taking.take_next(alice) is None


def test_not_from_another_team(waiting, mallory):
    assert taking.take_next(mallory) is None


def test_an_admin_in_a_team_takes_from_that_team(waiting, ada, returns):
    assert taking.take_next(ada).subject == "loud", "in no team: from all"
    ada.memberships.create(team=returns)
    del ada._team_ids
    assert taking.take_next(ada).subject == "loud", "hers"
    Ticket.objects.update(assignee=None)
    assert taking.take_next(ada) is None


def test_one_that_a_colleague_reads_is_passed_over(waiting, alice, bob):
    presence.come(waiting["loud"].pk, bob)
    try:
        assert taking.take_next(alice).subject == "old"
        assert taking.take_next(bob).subject == "loud", "the reader may"
    finally:
        presence.go(waiting["loud"].pk, bob.pk)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_never_get_the_same(waiting, alice, bob):
    """While the one has taken a ticket and not yet committed, the other gets the next."""
    taken: list[str] = []

    def other() -> None:
        taken.append(taking.take_next(bob).subject)
        connection.close()

    with transaction.atomic():
        taken.append(taking.take_next(alice).subject)
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(timeout=10)
    assert taken == ["loud", "old"]
