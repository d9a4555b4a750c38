"""Who is there for new tickets."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from helpdesk.accounts import programs
from helpdesk.accounts.models import AuditEntry
from tickets import availability
from tickets.availability import Talk
from tickets.models import Availability, AvailabilityChange

pytestmark = pytest.mark.django_db


def test_who_never_said_so_is_away(alice):
    assert availability.of(alice).state == "away"
    assert not Availability.objects.exists()


def test_every_change_is_kept_and_told(alice, heard):
    availability.be(alice, "available", actor=alice)
    availability.be(alice, "available", actor=alice)
    row = availability.be(alice, "paused", actor=alice, reason="lunch")
    assert (row.state, row.reason) == ("paused", "lunch")
    kept = AvailabilityChange.objects.order_by("pk").values_list("state", "reason", "by")
    assert list(kept) == [("available", "", alice.pk), ("paused", "lunch", alice.pk)]


def test_a_reason_is_of_a_pause(alice):
    row = availability.be(alice, "away", actor=alice, reason="lunch")
    assert row.reason == ""
    with pytest.raises(ValueError, match="nonsense"):
        availability.be(alice, "paused", actor=alice, reason="nonsense")
    with pytest.raises(ValueError, match="asleep"):
        availability.be(alice, "asleep", actor=alice)


@pytest.mark.parametrize("minutes", [-1, 24 * 60 + 1])
def test_a_pause_ends_within_a_day(alice, minutes):
    with pytest.raises(availability.BadTime):
        until = timezone.now() + timedelta(minutes=minutes)
        availability.be(alice, "paused", actor=alice, until=until)


def test_a_pause_ends_by_itself(alice, bob):
    until = timezone.now() + timedelta(minutes=10)
    availability.be(alice, "paused", actor=alice, until=until)
    availability.be(bob, "paused", actor=bob)
    assert availability.end_pauses(timezone.now()) == 0
    assert list(Availability.objects.ready(until)) == [availability.of(alice)], "in time, swept or not"
    assert availability.end_pauses(until) == 1
    assert (availability.of(alice).state, availability.of(bob).state) == ("available", "paused")
    assert AvailabilityChange.objects.first().by is None


class TestBreath:
    def test_as_long_as_is_set_for_a_call_and_for_a_chat(self, alice):
        now = timezone.now()
        availability.limit(alice, actor=alice, capacity=10, breath={Talk.CALL: 90, Talk.CHAT: 0})
        assert availability.breathe(alice, after=Talk.CHAT, now=now) is None
        assert availability.breathe(alice, after=Talk.CALL, now=now) == now + timedelta(seconds=90)
        assert availability.breathe(alice, after=Talk.CHAT, now=now) == now + timedelta(seconds=90)

    def test_a_longer_one_is_not_cut_short(self, alice):
        now = timezone.now()
        availability.limit(alice, actor=alice, capacity=10, breath={Talk.CALL: 600, Talk.CHAT: 5})
        long = availability.breathe(alice, after=Talk.CALL, now=now)
        assert availability.breathe(alice, after=Talk.CHAT, now=now) == long

    def test_who_is_given_nothing_needs_none(self, alice):
        assert availability.breathe(alice, after=Talk.CALL, now=timezone.now()) is None
        assert not Availability.objects.exists()

    def test_ended_by_a_word(self, alice):
        availability.be(alice, "available", actor=alice)
        now = timezone.now()
        availability.breathe(alice, after=Talk.CALL, now=now)
        assert not Availability.objects.ready(now)
        availability.stop_breathing(alice)
        assert Availability.objects.ready(now).get().user == alice

    def test_an_hour_is_the_most(self, alice):
        with pytest.raises(ValidationError):
            availability.limit(alice, actor=alice, capacity=10, breath={Talk.CALL: 3601})


def test_what_a_supervisor_changes_is_in_the_audit_log(alice, sam):
    availability.be(alice, "away", actor=sam)
    availability.be(alice, "available", actor=sam)
    availability.limit(alice, actor=sam, capacity=4, per_kind={"email": 2})
    availability.limit(alice, actor=sam, capacity=4, per_kind={"email": 2})
    told = AuditEntry.objects.order_by("pk").values_list("actor", "about", "data__fields")
    assert list(told) == [
        (sam.pk, alice.pk, ["state"]),
        (sam.pk, alice.pk, ["capacity", "per_kind"]),
    ]


@pytest.mark.parametrize(
    "given",
    [
        {"capacity": 501},
        {"capacity": 1, "per_kind": {"pigeon": 1}},
        {"capacity": 1, "per_kind": {"email": -1}},
    ],
)
def test_limits_that_make_no_sense(alice, given):
    with pytest.raises(ValidationError):
        availability.limit(alice, actor=alice, **given)


def test_who_left_and_programs_are_never_available(alice, ada):
    program = programs.create(name="Shop", role="agent", actor=ada)
    alice.is_active = False
    alice.save()
    for user in (alice, program):
        with pytest.raises(availability.NotAtWork):
            availability.be(user, "available", actor=ada)
