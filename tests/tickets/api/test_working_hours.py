"""Working hours by the API: read as they are written, and what other hours would change."""

from datetime import date, time

import pytest
from django.utils import timezone

from helpdesk.accounts.models import Calendar
from tests.api import refused
from tickets import availability, intake
from tickets.models import SlaPolicy
from tickets.sla import policies

pytestmark = pytest.mark.django_db
SHOP = {
    "name": "Shop",
    "time_zone": "Europe/Budapest",
    "week": {"0": [["09:00:00", "12:00:00"], ["13:00:00", "00:00:00"]]},
    "days": {"2026-12-24": [["09:00:00", "12:00:00"]], "2026-12-25": []},
    "day_names": {"2026-12-25": "Christmas"},
}


@pytest.fixture
def boss(program, ada):
    return program(ada, "settings:write")


@pytest.fixture
def shop(boss) -> dict[str, object]:
    return boss.post("working-hours/", SHOP).json()


def pointers(answer) -> list[str]:
    return [each["pointer"] for each in refused(answer, 400, "validation")["errors"]]


def test_they_are_read_as_they_were_written(boss, shop):
    read = boss.get(f"working-hours/{shop['id']}/").json()
    assert {name: read[name] for name in SHOP} == SHOP
    hours = Calendar.objects.get().hours()
    assert hours.week == {0: ((time(9), time(12)), (time(13), time(0)))}
    assert hours.days == {date(2026, 12, 24): ((time(9), time(12)),), date(2026, 12, 25): ()}


def test_what_is_not_named_stays_and_a_week_is_given_whole(boss, shop):
    address = f"working-hours/{shop['id']}/"
    read = boss.get(address)
    changed = boss.patch(address, {"week": {"1": [["10:00", "11:00"]]}}, if_match=read["ETag"]).json()
    assert (changed["week"], changed["name"]) == ({"1": [["10:00:00", "11:00:00"]]}, "Shop")
    assert (changed["days"], changed["day_names"]) == (SHOP["days"], SHOP["day_names"])
    refused(boss.patch(address, {"week": {}}, if_match=read["ETag"]), 412, "stale")
    named = boss.patch(address, {"days": {"2026-12-25": []}, "day_names": {"2026-12-25": "Xmas"}}).json()
    assert named["day_names"] == {"2026-12-25": "Xmas"}
    assert named["week"] == changed["week"]


def test_what_would_change_is_told_and_policies_get_a_version(boss, shop, written, monkeypatch):
    monkeypatch.setattr(policies, "SECONDS", -1.0)
    monkeypatch.setattr(policies, "_kept", policies._Kept())
    calendar = Calendar.objects.get()
    policy = SlaPolicy.objects.create(name="Everybody", first_reply=60, calendar=calendar)
    policies.notice(timezone.now())
    intake.receive(written())
    always = {"week": {str(day): [["00:00", "00:00"]] for day in range(7)}, "days": {}}
    would = boss.post(f"working-hours/{calendar.pk}/forecast/", always).json()
    assert would["counts"]["earlier"] == 1
    assert policy.versions.count() == 1
    boss.patch(f"working-hours/{calendar.pk}/", always)
    assert policy.versions.count() == 2


def test_those_that_somebody_goes_by_stay(boss, shop, alice):
    address, calendar = f"working-hours/{shop['id']}/", Calendar.objects.get()
    availability.limit(alice, actor=alice, capacity=5, calendar=calendar)
    refused(boss.delete(address), 409, "conflict")
    availability.limit(alice, actor=alice, capacity=5)
    policy = SlaPolicy.objects.create(name="Everybody", first_reply=60, calendar=calendar)
    refused(boss.delete(address), 409, "conflict")
    policy.delete()
    assert boss.delete(address).status_code == 204
    assert not Calendar.objects.exists()


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"name": "Shop"}, "#/name"),
        ({"time_zone": "Mars/Olympus"}, "#/time_zone"),
        ({"week": {"7": []}}, "#/week/7"),
        ({"week": {"0": [["12:00", "09:00"]]}}, "#/week/0"),
        ({"week": {"0": [["09:00", "12:00"], ["11:00", "13:00"]]}}, "#/week/0"),
        ({"week": {"0": [["nine", "12:00"]]}}, "#/week/0/0/0"),
        ({"days": {"Christmas": []}}, "#/days/Christmas"),
        ({"days": {"2026-12-24": [["09:00", "10:00"], ["11:00", "12:00"]]}}, "#/days/2026-12-24"),
        ({"day_names": {"2026-12-25": "x" * 81}}, "#/day_names/2026-12-25"),
        ({"hours": {}}, "#/hours"),
        ({"week": {}, "days": {}}, "#"),
    ],
)
def test_nonsense_is_refused_with_its_place(boss, shop, given, place):
    assert pointers(boss.post("working-hours/", {**SHOP, "name": "Other", **given})) == [place]
    assert Calendar.objects.count() == 1


def test_admins_alone(program, sam, shop):
    lead = program(sam)
    refused(lead.get(f"working-hours/{shop['id']}/"), 404, "not-found")
    refused(lead.post("working-hours/", {**SHOP, "name": "Mine"}), 403, "forbidden")
