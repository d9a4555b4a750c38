"""Policies and working hours as admins keep them, and what a change would do, said before."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from helpdesk.accounts.models import AuditEntry, Calendar, Shift
from tests.tickets.sla.conftest import arrived, earlier, fresh, policy  # noqa: F401  the same desk
from tickets import lifecycle, reactions
from tickets.models import Organisation, SlaClock, SlaPolicy, SlaVersion

pytestmark = pytest.mark.django_db
GIVEN = {
    "name": "Quick",
    "place": "1",
    "is_active": "on",
    "first_reply_h": "",
    "first_reply_m": "30",
    "warns": "minutes",
    "warn_at": "10",
    "late_tells": ["supervisors"],
}


@pytest.fixture
def hers(as_, ada, company):
    return as_(ada)


def seen(page) -> str:
    return re.search(r'name="seen" value="(\w+)"', page.text)[1]


def test_a_policy_is_made_in_hours_and_minutes(hers):
    Organisation.objects.create(name="Lakeside")
    given = {**GIVEN, "first_reply_h": "4", "organisation": "lakeside", "escalate_minutes_h": "1"}
    assert hers.post("/due-times/new/", given).status_code == 302
    made = SlaPolicy.objects.get()
    assert (made.first_reply, made.escalate_minutes, made.warn_minutes, made.warn_share) == (
        270,
        60,
        10,
        None,
    )
    assert made.organisation.name == "Lakeside"
    assert SlaVersion.objects.get().made_by.email == "ada@desk.example"
    assert AuditEntry.objects.filter(kind="setting_changed").exists()
    page = hers.get("/due-times/").text
    assert "4 h 30 min" in page and "Lakeside" in page and "round the clock" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"first_reply_m": ""}, "Set one of the three times"),
        ({"organisation": "Nowhere"}, "no organisation of this name"),
        ({"warns": "share", "warn_at": "150"}, "From 1 to 99 percent"),
        ({"warn_at": ""}, "how many minutes before"),
        ({"hands_back": "on"}, "after how many minutes it is escalated"),
        ({"name": ""}, "required"),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_saved(hers, wrong, said):
    answer = hers.post("/due-times/new/", {**GIVEN, **wrong})
    assert answer.status_code == 422 and said in answer.text
    assert not SlaPolicy.objects.exists()


def test_what_a_change_would_do_is_said_first(hers, arrived, policy, alice):  # noqa: F811
    late, early, paused = arrived(), arrived(), arrived()
    earlier(late, timedelta(minutes=40))
    lifecycle.set_status(paused, "waiting", actor=alice)
    reactions.drain()
    address = f"/due-times/{policy.pk}/"
    change = {**GIVEN, "name": "Everybody", "next_reply_h": "2", "resolution_h": "24"}
    told = hers.post(address, change)
    assert "1 ticket would be overdue at once" in told.text
    assert "2 tickets would be due earlier" in told.text and f"#{early.number}" in told.text
    assert "Of 3 open tickets." in told.text
    policy.refresh_from_db()
    assert policy.first_reply == 60, "nothing is changed before"
    other = hers.post(address, {**change, "first_reply_m": "20", "seen": seen(told)})
    assert other.status_code == 200, "another change than the one looked at"
    assert hers.post(address, {**change, "seen": seen(told)}).status_code == 302
    policy.refresh_from_db()
    assert policy.first_reply == 30


def test_policies_are_put_into_an_order_and_removed_after_a_look(hers, arrived, policy):  # noqa: F811
    ticket = arrived()
    told = hers.post("/due-times/new/", {**GIVEN, "place": "2", "look": "1"})
    assert "No open ticket would be due at another time" in told.text
    hers.post("/due-times/new/", {**GIVEN, "place": "2"})
    assert [each.name for each in SlaPolicy.objects.all()] == ["Everybody", "Quick"]
    quick = SlaPolicy.objects.get(name="Quick")
    told = hers.post(f"/due-times/{quick.pk}/", GIVEN)
    assert "1 ticket would be due earlier" in told.text
    hers.post(f"/due-times/{quick.pk}/", {**GIVEN, "seen": seen(told)})
    assert [each.name for each in SlaPolicy.objects.all()] == ["Quick", "Everybody"]
    SlaPolicy.objects.filter(pk=quick.pk).delete()
    assert "1 ticket would have no due time" in hers.get(f"/due-times/{policy.pk}/removal/").text
    hers.post(f"/due-times/{policy.pk}/removal/")
    assert not SlaPolicy.objects.exists()
    assert SlaClock.objects.filter(ticket=ticket).exists(), "what was reckoned stays"


def test_working_hours_are_written_as_people_do(hers, policy):  # noqa: F811
    given = {"name": "Shop", "time_zone": "Europe/Budapest", "day_0": "9:00-12:00, 13:00-17:00"}
    year = timezone.localdate().year + 1  # days that are over are not shown
    assert hers.post("/working-hours/new/", {**given, "days": f"{year}-12-25 Christmas"}).status_code == 302
    shop = Calendar.objects.get()
    assert [str(each) for each in shop.shifts.all()] == ["Monday 09:00–12:00", "Monday 13:00–17:00"]
    assert shop.holidays.get().name == "Christmas"
    page = hers.get(f"/working-hours/{shop.pk}/").text
    assert "09:00-12:00, 13:00-17:00" in page and f"{year}-12-25 Christmas" in page
    answer = hers.post("/working-hours/new/", {**given, "name": "Other", "day_1": "early"})
    assert answer.status_code == 422 and "cannot be read as hours: early" in answer.text
    nobody = hers.post("/working-hours/new/", {"name": "Nobody", "time_zone": "UTC"})
    assert nobody.status_code == 422 and "Nobody would ever be at work" in nobody.text
    assert f"25 December {year} Christmas" in hers.get("/working-hours/").text


def test_what_other_hours_would_do_is_said_first(hers, arrived, policy):  # noqa: F811
    shop = Calendar.objects.create(name="Shop")
    Shift.objects.bulk_create(
        [Shift(calendar=shop, weekday=day, starts="00:00", ends="00:00") for day in range(7)]
    )
    SlaPolicy.objects.update(calendar=shop)
    hers.post(f"/due-times/{policy.pk}/", {**GIVEN, "calendar": shop.pk})
    arrived()
    given = {"name": "Shop", "time_zone": "UTC", "days": "2020-01-01 9:00-12:00"}
    told = hers.post(f"/working-hours/{shop.pk}/", given)
    assert "would have no due time" in told.text
    assert shop.shifts.count() == 7
    assert hers.post(f"/working-hours/{shop.pk}/", {**given, "seen": seen(told)}).status_code == 302
    assert shop.shifts.count() == 0


@pytest.mark.parametrize("address", ["due-times", "working-hours"])
def test_two_admins_at_once_do_not_overwrite_each_other_unread(hers, policy, address):  # noqa: F811
    shop = Calendar.objects.create(name="Shop")
    row, given = (policy, GIVEN) if address == "due-times" else (shop, {"time_zone": "UTC", "day_0": "9-17"})
    page, version = f"/{address}/{row.pk}/", re.compile(r'name="version" value="(\w+)"')
    mine = {**given, "version": version.search(hers.get(page).text)[1]}
    assert hers.post(page, {**mine, "name": "Theirs"}).status_code == 302
    told = hers.post(page, {**mine, "name": "Mine"})
    assert told.status_code == 409 and "A colleague changed this" in told.text
    row.refresh_from_db()
    assert row.name == "Theirs"
    again = {**mine, "name": "Mine", "version": version.search(told.text)[1]}
    assert hers.post(page, again).status_code == 302
    row.refresh_from_db()
    assert row.name == "Mine"


def test_working_hours_are_removed_once_nobody_goes_by_them(hers, policy):  # noqa: F811
    shop = Calendar.objects.create(name="Shop")
    SlaPolicy.objects.update(calendar=shop)
    told = hers.post(f"/working-hours/{shop.pk}/removal/", follow=True)
    assert "go by these hours" in told.text and Calendar.objects.exists()
    SlaPolicy.objects.update(calendar=None)
    hers.post(f"/working-hours/{shop.pk}/removal/")
    assert not Calendar.objects.exists()


def test_the_public_holidays_of_a_country_are_filled_in_and_nothing_is_doubled(hers):
    given = {"name": "Shop", "time_zone": "Europe/Budapest", "day_0": "9:00-17:00", "country": "HU"}
    year = timezone.localdate().year + 1
    own = f"{year}-12-25 9:00-12:00 Half a day"
    page = hers.post("/working-hours/new/", {**given, "days": own, "holidays": "1"}).text
    assert f"{year}-10-23 " in page and own in page and page.count(f"{year}-12-25") == 1
    assert not Calendar.objects.filter(name="Shop").exists()  # nothing is saved yet
    assert hers.post("/working-hours/new/", {**given, "country": "XX", "holidays": "1"}).status_code == 200


def test_the_enter_key_saves_working_hours_and_adds_no_holidays(hers):
    page = hers.get("/working-hours/new/").text
    form = page[page.index('<form class="stack"') :]
    first = form[form.index("<button") : form.index("</button>")]
    assert "name=" not in first  # a browser presses the first button of a form


def test_the_country_of_the_holidays_is_that_of_the_time_zone(hers, company):
    company.time_zone = "Europe/Budapest"
    company.save()
    page = hers.get("/working-hours/new/").text
    assert '<option value="HU" selected>' in page and '<option value="Europe/Budapest" selected>' in page


def test_a_time_zone_of_no_country_leaves_the_country_to_the_language(hers, ada, company):
    ada.language, company.time_zone = "hu", "UTC"
    ada.save()
    company.save()
    assert '<option value="HU" selected>' in hers.get("/working-hours/new/").text
