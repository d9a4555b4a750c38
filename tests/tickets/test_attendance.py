"""Who gives no sign is away by themselves, and back when they return."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.utils import timezone

from helpdesk.accounts.models import Token
from tickets import attendance, availability
from tickets.models import Availability, AvailabilityChange, TeamRouting

pytestmark = pytest.mark.django_db


@pytest.fixture
def gone(alice, orders):
    """Alice, available for an hour, without a sign since."""
    TeamRouting.objects.create(team=orders)
    availability.be(alice, "available", actor=alice)
    Availability.objects.update(since=timezone.now() - timedelta(hours=1))
    return alice


def state() -> tuple[str, bool]:
    return Availability.objects.values_list("state", "by_itself").get()


def browsed(user, minutes_ago: float) -> None:
    at = timezone.now() - timedelta(minutes=minutes_ago)
    UserSession.objects.create(user=user, session_key=f"s{minutes_ago}", ip="::1", last_seen_at=at)


def test_who_gives_no_sign_is_away_and_back_with_an_open_page(gone):
    now = timezone.now()
    assert attendance.sweep(now) == 1
    assert state() == ("away", True)
    assert attendance.sweep(now) == 0
    attendance.seen(gone.pk, timezone.now())
    assert state() == ("available", False)
    assert list(AvailabilityChange.objects.order_by("pk").values_list("state", "by"))[1:] == [
        ("away", None),
        ("available", None),
    ]


def test_an_open_page_keeps_one_there(gone):
    attendance.seen(gone.pk, timezone.now() - timedelta(minutes=29))
    assert attendance.sweep(timezone.now()) == 0
    assert attendance.sweep(timezone.now() + timedelta(minutes=2)) == 1


def test_what_is_asked_for_or_saved_is_a_sign(gone):
    browsed(gone, 40)
    browsed(gone, 20)
    assert attendance.sweep(timezone.now()) == 0
    assert attendance.sweep(timezone.now() + timedelta(minutes=11)) == 1


def test_a_program_in_their_name_is_a_sign_and_brings_them_back(gone):
    attendance.sweep(timezone.now())
    Token.objects.create(user=gone, name="till", digest="x", scopes=[], last_used_at=timezone.now())
    assert attendance.sweep(timezone.now()) == 1
    assert state() == ("available", False)


def test_who_said_so_stays_away(gone):
    attendance.sweep(timezone.now())
    availability.be(gone, "away", actor=gone)
    attendance.seen(gone.pk, timezone.now())
    assert state() == ("away", False)


@pytest.mark.parametrize("minutes", [0, 61])
def test_a_team_says_for_how_long(gone, minutes):
    TeamRouting.objects.update(silent_minutes=minutes)
    assert attendance.sweep(timezone.now()) == 0


def test_a_pause_is_left_alone(gone):
    Availability.objects.update(state="paused")
    assert attendance.sweep(timezone.now()) == 0
