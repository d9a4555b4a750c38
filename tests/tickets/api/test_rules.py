"""Rules by the API: set up by an admin's program, rehearsed, switched, and what they did taken back."""

import pytest

from tests.api import refused
from tickets import lifecycle, reactions
from tickets.models import Rule, Ticket
from tickets.rules import keeping

pytestmark = pytest.mark.django_db
LOUD = {
    "name": "Loud",
    "triggers": ["status_changed"],
    "conditions": {"all": [{"field": "status", "op": "is", "value": ["waiting"]}]},
    "actions": [{"do": "priority", "value": 4}],
}


@pytest.fixture
def boss(program, ada):
    return program(ada, "settings:write", "tickets:write")


def pointers(answer) -> list[str]:
    return [each["pointer"] for each in refused(answer, 400, "validation")["errors"]]


def test_from_making_to_taking_back(boss, ticket, alice):
    made = boss.post("rules/", LOUD)
    assert made.status_code == 201
    rule = made.json()
    assert (rule["is_active"], rule["version"], rule["conditions"]) == (False, 1, LOUD["conditions"])
    lifecycle.set_status(ticket, "waiting", actor=alice)
    would = boss.get(f"rules/{rule['id']}/rehearsal/?days=1").json()
    assert (would["times"], [each["ticket"] for each in would["would"]]) == (1, [ticket.number])
    on = boss.post(f"rules/{rule['id']}/activation/", if_match=made["ETag"])
    assert on.json()["is_active"]
    lifecycle.set_status(ticket, "open", actor=alice)
    lifecycle.set_status(ticket, "waiting", actor=alice)
    reactions.drain()
    assert Ticket.objects.get().priority == 4
    (run,) = boss.get(f"rule-runs/?ticket={ticket.number}&rule={rule['id']}").json()["results"]
    assert (run["name"], run["done"], run["can_be_undone"]) == ("Loud", [["priority", 2, 4]], True)
    back = boss.post(f"rule-runs/{run['id']}/undoing/").json()
    assert (back["can_be_undone"], back["undone_by"]["name"]) == (False, "Ada Lindqvist")
    assert Ticket.objects.get().priority == 2
    assert not boss.post(f"rules/{rule['id']}/deactivation/").json()["is_active"]


def test_versions_and_who_was_faster(boss):
    made = boss.post("rules/", LOUD)
    pk = made.json()["id"]
    assert boss.patch(f"rules/{pk}/", {"name": "Louder"}, if_match=made["ETag"]).json()["version"] == 2
    refused(boss.patch(f"rules/{pk}/", {"name": "Loudest"}, if_match=made["ETag"]), 412, "stale")
    refused(boss.post(f"rules/{pk}/activation/", if_match=made["ETag"]), 412, "stale")
    told = boss.get(f"rules/{pk}/versions/").json()["results"]
    assert [(each["number"], each["body"]["name"]) for each in told] == [(2, "Louder"), (1, "Loud")]
    assert boss.post(f"rules/{pk}/versions/1/restoration/").json()["name"] == "Loud"
    refused(boss.post(f"rules/{pk}/versions/9/restoration/"), 404, "not-found")


def test_of_what_happens_or_of_time(boss):
    pk = boss.post("rules/", LOUD).json()["id"]
    timed = {"clock": "status", "minutes": 60, "statuses": ["open"]}
    both = boss.patch(f"rules/{pk}/", {**timed, "triggers": ["opened"]})
    assert pointers(both) == ["#/clock"]
    now = boss.patch(f"rules/{pk}/", timed).json()
    assert (now["triggers"], now["clock"], now["minutes"]) == ([], "status", 60)
    back = boss.patch(f"rules/{pk}/", {"triggers": ["opened"]}).json()
    assert (back["triggers"], back["clock"]) == (["opened"], "")


def test_order(boss, ada):
    pks = [keeping.make({**LOUD, "name": name}, actor=ada).pk for name in "ABC"]
    assert boss.put("rules/order/", {"rules": [pks[2]]}).status_code == 204
    assert [each["name"] for each in boss.get("rules/").json()["results"]] == ["C", "A", "B"]
    assert boss.delete(f"rules/{pks[0]}/").status_code == 204
    assert Rule.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"triggers": []}, "#/triggers"),
        ({"triggers": ["doomsday"]}, "#/triggers"),
        ({"conditions": {"all": [{"field": "moon", "op": "is", "value": 1}]}}, "#/conditions"),
        ({"conditions": {"none": []}}, "#/conditions/none"),
        ({"conditions": {"all": [{"field": "words", "op": "contains", "value": "\ud800"}]}}, "#/conditions"),
        ({"actions": [{"do": "note", "value": "a\x00b"}]}, "#/actions"),
        ({"actions": [{"do": "explode", "value": 1}]}, "#/actions"),
        ({"actions": [{"do": "priority"}]}, "#/actions"),
        ({"name": " "}, "#/name"),
        ({"is_active": True}, "#/is_active"),
    ],
)
def test_nonsense_is_refused_with_its_place(boss, given, place):
    assert pointers(boss.post("rules/", {**LOUD, **given})) == [place]
    assert not Rule.objects.exists()
