"""Time spent: written down once, within reason, and taken away by whom it concerns."""

from uuid import uuid4

import pytest

from tickets import access, timing
from tickets.models import Event, TimeSpent

pytestmark = pytest.mark.django_db


def test_it_is_written_down_once_and_summed_on_the_ticket(ticket, alice, bob):
    key = uuid4()
    for _ in range(2):
        timing.spend(ticket, 45, user=alice, key=key, note="Rang  them")
    timing.spend(ticket, 35, user=bob, key=uuid4())
    assert access.ticket(alice, ticket.number).minutes == 80
    assert TimeSpent.objects.get(key=key).note == "Rang them"
    assert Event.objects.filter(kind="time_spent").count() == 2


@pytest.mark.parametrize("minutes", [0, -5, 24 * 60 + 1])
def test_what_no_day_holds_is_refused(minutes, ticket, alice):
    with pytest.raises(timing.BadMinutes):
        timing.spend(ticket, minutes, user=alice, key=uuid4())


def test_one_takes_away_ones_own_and_a_supervisor_anybodys(ticket, alice, bob, sam):
    spent = [timing.spend(ticket, 5, user=alice, key=uuid4()) for _ in range(2)]
    with pytest.raises(timing.NotYours):
        timing.remove(spent[0], actor=bob)
    timing.remove(spent[0], actor=alice)
    timing.remove(spent[1], actor=sam)
    timing.remove(spent[1], actor=sam)
    assert not TimeSpent.objects.exists()
    assert Event.objects.filter(kind="time_removed").count() == 2
