"""Who works on which records: in order, for a while, and alone after a death."""

from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app import inbound, leases
from channels_app.adapters import ADAPTERS
from channels_app.models import InboundRecord
from tests.channels_app.adapters.email.mails import raw
from tickets.models import Message

State = InboundRecord.State
pytestmark = pytest.mark.django_db


@pytest.fixture
def records(mailbox):
    """Five mails of five people."""
    return [
        inbound.journal(
            mailbox,
            f"INBOX:1:{number}",
            raw(From=f"c{number}@mail.example", **{"Message-ID": f"<{number}@mail.example>"}),
            sender_key=f"c{number}@mail.example",
        )
        for number in range(5)
    ]


def ids(claimed):
    return [record.pk for record in claimed]


def lapse():
    """The workers that held records are dead for long."""
    InboundRecord.objects.filter(due_at__isnull=False).update(due_at=timezone.now() - timedelta(seconds=1))


def test_what_is_claimed_is_nobody_elses_and_has_an_attempt_more(records):
    assert ids(leases.claim(3)) == ids(records[:3])
    assert ids(leases.claim(3)) == ids(records[3:])
    assert leases.claim(3) == []
    assert set(InboundRecord.objects.values_list("attempts", flat=True)) == {1}


def test_what_a_dead_worker_held_is_worked_on_one_by_one_and_before_what_is_new(records):
    assert ids(leases.claim(3)) == ids(records[:3])
    lapse()
    assert [ids(leases.claim(50)) for _turn in range(5)] == [
        *([one.pk] for one in records[:3]),
        ids(records[3:]),
        [],
    ]


def test_what_is_new_is_taken_up_to_the_first_that_was_tried_before(records):
    InboundRecord.objects.filter(pk=records[2].pk).update(attempts=1)
    assert [ids(leases.claim(50)) for _turn in range(3)] == [
        ids(records[:2]),
        [records[2].pk],
        ids(records[3:]),
    ]


def test_a_mail_that_kills_its_worker_takes_no_other_with_it(records, monkeypatch):
    deadly, parse = records[2].pk, ADAPTERS["email"].parse

    def read(record):
        if record.pk == deadly:
            raise SystemExit
        return parse(record)

    monkeypatch.setattr(ADAPTERS["email"], "parse", read)
    for _death in range(3):
        with pytest.raises(SystemExit):
            inbound.drain()
        lapse()
    inbound.drain()
    states = dict(InboundRecord.objects.values_list("pk", "state"))
    assert states.pop(deadly) == State.QUARANTINED
    assert set(states.values()) == {State.DONE}
    assert Message.objects.count() == 4


@pytest.fixture
def clock(monkeypatch):
    """Sets what the clock says each time it is asked."""

    def clock(*moments):
        monkeypatch.setattr(leases.time, "monotonic", iter(moments).__next__)

    return clock


def test_a_lease_that_runs_short_is_renewed(records, clock):
    claimed = leases.claim(2)
    until, late = claimed[0].due_at, leases.RENEWED_AFTER + 1
    clock(0.0, 0.0, late, late, late)
    turn = leases.in_turn(claimed)
    assert next(turn).pk == records[0].pk
    assert InboundRecord.objects.get(pk=records[1].pk).due_at == until
    assert next(turn).pk == records[1].pk
    assert InboundRecord.objects.get(pk=records[1].pk).due_at > until


def test_what_somebody_took_over_meanwhile_is_left_to_them(records, clock):
    claimed = leases.claim(3)
    InboundRecord.objects.filter(pk=records[0].pk).update(due_at=timezone.now() + timedelta(hours=1))
    InboundRecord.objects.filter(pk=records[1].pk).update(state=State.DONE)
    late = leases.RENEWED_AFTER + 1
    clock(0.0, late, late, late)
    assert ids(leases.in_turn(claimed)) == [records[2].pk]
