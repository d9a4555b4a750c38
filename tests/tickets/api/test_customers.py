"""Customers, identities and organisations by API."""

import pytest

from channels_app.messages import Sender
from tests.api import refused
from tickets import access, assignment, customers
from tickets.models import Customer, Event, Identity, Organisation

pytestmark = pytest.mark.django_db
DAVE = {"name": "Dave Ito", "identities": [{"kind": "email", "value": "Dave@Mail.example"}]}
PLACE = {"language": "hu", "time_zone": "Europe/Budapest", "country": "hu"}


@pytest.fixture
def till(program, alice):
    return program(alice, "customers:write")


def test_a_customer_is_added_found_and_changed(till, alice):
    added = till.post("customers/", {**DAVE, **PLACE})
    assert added.status_code == 201, added.content
    shown = added.json()
    assert (shown["name"], shown["country"], shown["time_zone"]) == ("Dave Ito", "HU", "Europe/Budapest")
    assert [each["value"] for each in shown["identities"]] == ["dave@mail.example"]
    assert till.get(added["Location"]).json() == shown
    for query in (
        "q=ito",
        "q=dave@",
        "email=DAVE@mail.example",
        f"created_after={shown['created_at'][:10]}T00:00Z",
    ):
        assert [each["id"] for each in till.get(f"customers/?{query}").json()["results"]] == [shown["id"]], (
            query
        )
    assert till.get("customers/?email=dave").json()["results"] == []
    changed = till.patch(f"customers/{shown['id']}/", {"notes": "Likes lamps", "country": ""}).json()
    assert (changed["notes"], changed["country"], changed["name"]) == ("Likes lamps", "", "Dave Ito")
    made, told = Event.objects.order_by("id")
    assert (made.kind, told.kind, told.user) == ("customer_made", "customer_changed", alice)
    assert told.data == {"customer": shown["id"], "fields": ["country", "notes"]}


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"identities": []}, "#/identities"),
        ({"identities": "dave"}, "#/identities"),
        ({"identities": [{"kind": "email", "value": "dave"}]}, "#/identities/0/value"),
        ({"identities": [{"kind": "phone", "value": "none"}]}, "#/identities/0/value"),
        ({"time_zone": "Mars/Olympus"}, "#/time_zone"),
        ({"country": "Hungary"}, "#/country"),
        ({"country": "1!"}, "#/country"),
        ({"organisation": 1}, "#/organisation"),
        ({"name": "x" * 201}, "#/name"),
        ({"created_at": "2020-01-01T00:00:00Z"}, "#/created_at"),
    ],
)
def test_what_cannot_be_is_pointed_at(till, wrong, pointer):
    problem = refused(till.post("customers/", {**DAVE, **wrong}), 400, "validation")
    assert pointer in [error["pointer"] for error in problem["errors"]], problem
    assert not Customer.objects.exists()


def test_an_address_belongs_to_one_customer(till, carol):
    refused(
        till.post("customers/", {**DAVE, "identities": [{"kind": "email", "value": "CAROL@mail.example"}]}),
        409,
        "conflict",
    )
    assert Customer.objects.count() == 1, "nothing of the other stays behind"
    dave = till.post("customers/", DAVE).json()
    joined = till.post(f"customers/{dave['id']}/identities/", {"kind": "phone", "value": "+36 (1) 234-5678"})
    assert (joined.status_code, joined.json()["value"]) == (201, "+3612345678")
    problem = refused(
        till.post(f"customers/{dave['id']}/identities/", {"kind": "email", "value": "carol@mail.example"}),
        409,
        "conflict",
    )
    assert problem["errors"][0]["pointer"] == "#/value"
    again = till.post(f"customers/{dave['id']}/identities/", {"kind": "phone", "value": "+3612345678"})
    assert again.json()["id"] == joined.json()["id"]
    assert customers.find("phone", "+36 1 234 5678").pk == dave["id"]


def test_an_identity_is_parted_but_not_the_last(till, carol):
    extra = Identity.objects.create(customer=carol, kind="phone", value="+361")
    assert len(till.get(f"identities/?customer={carol.pk}").json()["results"]) == 2
    assert till.delete(f"identities/{extra.pk}/").status_code == 204
    last = carol.identities.get()
    refused(till.delete(f"identities/{last.pk}/"), 409, "conflict")
    assert till.get(f"identities/{last.pk}/").json()["value"] == "carol@mail.example"


def test_who_has_read_a_customer_may_change_them(till, carol):
    read = till.get(f"customers/{carol.pk}/")["ETag"]
    assert till.patch(f"customers/{carol.pk}/", {"notes": "a"}, if_match=read).status_code == 200
    refused(till.patch(f"customers/{carol.pk}/", {"notes": "b"}, if_match=read), 412, "stale")


def test_organisations(till, carol):
    made = till.post("organisations/", {"name": "Lakeside", "domains": ["Lakeside.example"]})
    assert (made.status_code, made.json()["domains"]) == (201, ["lakeside.example"])
    pk = made.json()["id"]
    refused(till.post("organisations/", {"name": "Lakeside"}), 409, "conflict")
    assert till.patch(f"organisations/{pk}/", {"notes": "Big"}).json()["notes"] == "Big"
    assert till.patch(f"organisations/{pk}/", {"name": "Lakeside"}).status_code == 200
    for query in ("name=lake", "domain=LAKESIDE.example"):
        assert [each["id"] for each in till.get(f"organisations/?{query}").json()["results"]] == [pk]
    assert (
        till.patch(f"customers/{carol.pk}/", {"organisation": pk}).json()["organisation"]["name"]
        == "Lakeside"
    )
    assert [each["id"] for each in till.get(f"customers/?organisation={pk}").json()["results"]] == [carol.pk]
    assert till.patch(f"customers/{carol.pk}/", {"organisation": None}).json()["organisation"] is None
    newcomer = customers.resolve(Sender(identity_kind="email", identity="x@lakeside.example"))
    assert newcomer.organisation_id == pk


def test_customers_of_other_teams_do_not_exist(program, mallory, ticket, carol, alice):
    lakeside = Organisation.objects.create(name="Lakeside")
    Customer.objects.update(organisation=lakeside)
    till, identity = program(mallory), carol.identities.get()
    for path in ("customers/", "identities/", "organisations/", "customers/?email=carol@mail.example"):
        assert till.get(path).json()["results"] == [], path
    for path in (f"customers/{carol.pk}/", f"identities/{identity.pk}/", f"organisations/{lakeside.pk}/"):
        refused(till.get(path), 404, "not-found")
    refused(till.patch(f"customers/{carol.pk}/", {"notes": "x"}), 404, "not-found")
    refused(till.delete(f"identities/{identity.pk}/"), 404, "not-found")
    assert "customer" not in refused(
        till.post("customers/", {**DAVE, "identities": [{"kind": "email", "value": identity.value}]}),
        409,
        "conflict",
    )


def test_a_customer_without_a_ticket_is_seen_by_all(program, mallory, carol):
    assert program(mallory).get(f"customers/{carol.pk}/").status_code == 200
    assert access.customers(mallory).get() == carol


def test_a_customer_moves_out_of_sight_with_the_ticket(till, ticket, carol, returns, alice):
    assert till.get(f"customers/{carol.pk}/").status_code == 200
    assignment.move(ticket, returns, actor=alice)
    refused(till.get(f"customers/{carol.pk}/"), 404, "not-found")
