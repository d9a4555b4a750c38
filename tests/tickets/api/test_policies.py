"""Policies of times by the API: set up by an admin's program, told what they would change, with versions."""

import pytest
from django.utils import timezone

from helpdesk.accounts.models import AuditEntry, Calendar
from tests.api import refused
from tickets import intake
from tickets.models import SlaPolicy, SlaVersion
from tickets.sla import policies

pytestmark = pytest.mark.django_db
QUICK = {"name": "Quick", "first_reply": 30, "warn_minutes": 10, "kind": "complaint", "priority": 3}


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(policies, "SECONDS", -1.0)
    monkeypatch.setattr(policies, "_kept", policies._Kept())


@pytest.fixture
def boss(program, ada):
    return program(ada, "settings:write")


@pytest.fixture
def everybody() -> SlaPolicy:
    made = SlaPolicy.objects.create(name="Everybody", position=1, first_reply=60)
    policies.notice(timezone.now())
    return made


def pointers(answer) -> list[str]:
    return [each["pointer"] for each in refused(answer, 400, "validation")["errors"]]


def test_made_the_last_or_where_it_is_said(boss, everybody, ada, mailbox):
    made = boss.post("sla-policies/", {**QUICK, "channel": mailbox.pk})
    assert made.status_code == 201, made.content
    told = made.json()
    assert (told["position"], told["warn_minutes"], told["warn_share"]) == (2, 10, None)
    assert (told["kind"], told["priority"], told["channel"]["id"]) == ("complaint", 3, mailbox.pk)
    assert boss.get(made["Location"]).json() == told
    first = boss.post("sla-policies/", {"name": "First", "resolution": 600, "position": 1})
    assert first.json()["position"] == 1
    names = [each["name"] for each in boss.get("sla-policies/").json()["results"]]
    assert names == ["First", "Everybody", "Quick"]
    assert AuditEntry.objects.filter(kind="setting_changed", actor=ada).count() == 2


def test_each_change_that_holds_is_a_version(boss, everybody, ada):
    address = f"sla-policies/{everybody.pk}/"
    read = boss.get(address)
    changed = boss.patch(address, {"first_reply": 45}, if_match=read["ETag"])
    assert changed.json()["first_reply"] == 45
    refused(boss.patch(address, {"first_reply": 50}, if_match=read["ETag"]), 412, "stale")
    boss.patch(address, {"first_reply": 45})
    told = boss.get(f"{address}versions/").json()["results"]
    assert [(each["number"], each["terms"]["allowed"]["first_reply"]) for each in told] == [(2, 45), (1, 60)]
    assert [each["made_by"] and each["made_by"]["name"] for each in told] == ["Ada Lindqvist", None]


def test_moved_in_the_order_and_removed_with_its_versions_kept(boss, everybody):
    last = boss.post("sla-policies/", QUICK).json()["id"]
    assert boss.patch(f"sla-policies/{last}/", {"position": 1}).json()["position"] == 1
    assert boss.delete(f"sla-policies/{everybody.pk}/").status_code == 204
    assert [each.name for each in SlaPolicy.objects.all()] == ["Quick"]
    assert SlaVersion.objects.filter(terms__name="Everybody").exists()
    refused(boss.get(f"sla-policies/{everybody.pk}/versions/"), 404, "not-found")


def test_what_would_change_is_told_and_nothing_is_done(boss, everybody, written):
    ticket = intake.receive(written()).ticket
    would = boss.post(f"sla-policies/{everybody.pk}/forecast/", {"first_reply": 30}).json()
    assert (would["looked_at"], would["is_all"], would["counts"]["earlier"]) == (1, True, 1)
    assert would["examples"]["earlier"] == [ticket.number]
    off = boss.post(f"sla-policies/{everybody.pk}/forecast/", {"is_active": False}).json()
    assert (off["counts"]["gone"], off["counts"]["earlier"]) == (1, 0)
    new = {"name": "First", "first_reply": 120, "position": 1}
    assert boss.post("sla-policies/forecast/", new).json()["counts"]["later"] == 1
    assert boss.post("sla-policies/forecast/", {**new, "position": 2}).json()["counts"]["later"] == 0
    assert [each.first_reply for each in SlaPolicy.objects.all()] == [60]


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"name": "Everybody"}, "#/name"),
        ({"name": " "}, "#/name"),
        ({"first_reply": None}, "#"),
        ({"first_reply": 0}, "#/first_reply"),
        ({"first_reply": "60"}, "#/first_reply"),
        ({"warn_share": 50}, "#"),
        ({"hands_back": True}, "#"),
        ({"kind": "complaints"}, "#/kind"),
        ({"late_tells": ["everybody"]}, "#/late_tells"),
        ({"channel": 999}, "#/channel"),
        ({"terms": {}}, "#/terms"),
    ],
)
def test_nonsense_is_refused_with_its_place(boss, everybody, given, place):
    assert pointers(boss.post("sla-policies/", {**QUICK, **given})) == [place]
    assert pointers(boss.post("sla-policies/forecast/", {**QUICK, **given})) == [place]
    assert SlaPolicy.objects.count() == 1


def test_admins_alone(program, sam, everybody):
    lead = program(sam)
    refused(lead.get(f"sla-policies/{everybody.pk}/"), 404, "not-found")
    refused(lead.post("sla-policies/", QUICK), 403, "forbidden")


def test_nothing_between_commas_is_no_property(boss, everybody):
    refused(boss.get("sla-policies/?fields=,"), 400, "parameters")
    assert boss.get("sla-policies/?fields=id, name").json()["results"] == [
        {"id": everybody.pk, "name": "Everybody"}
    ]


def test_of_working_hours(boss, everybody):
    hours = Calendar.objects.create(name="Shop")
    boss.patch(f"sla-policies/{everybody.pk}/", {"calendar": hours.pk})
    assert boss.get(f"sla-policies/{everybody.pk}/").json()["calendar"] == {"id": hours.pk, "name": "Shop"}
