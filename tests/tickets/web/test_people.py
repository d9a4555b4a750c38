"""The customers' pages: lists, one customer, what is edited in place and done to them, and who may."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from channels_app.messages import Sender
from helpdesk.accounts.models import Company
from tests.tickets.web.conftest import HTMX
from tickets import assignment, customers, intake
from tickets.customers import blocking, uniting
from tickets.models import Customer, CustomField, Event, Identity, Organisation, Ticket

pytestmark = pytest.mark.django_db
PAGE_QUERIES, LIST_QUERIES = 16, 11


def meet(name: str, address: str = "", **fields) -> Customer:
    found = customers.resolve(
        Sender(identity_kind="email", identity=address or f"{name.lower()}@mail.example", name=name)
    )
    Customer.objects.filter(pk=found.pk).update(**fields)
    return Customer.objects.get(pk=found.pk)


def named(response) -> list[str]:
    return [customer.name for customer, _initials in response.context["rows"]]


@pytest.fixture
def book(db) -> dict[str, Customer]:
    lakeside = Organisation.objects.create(name="Lakeside", domains=["lakeside.example"])
    CustomField.objects.create(
        of="customer",
        key="card",
        kind="choice",
        labels={"en": "Card"},
        options=[{"value": "oak", "labels": {}}],
    )
    return {
        "vip": meet("Vera", importance=3, country="HU", language="hu", custom={"card": "oak"}),
        "firm": meet("Frank", "frank@lakeside.example", organisation=lakeside),
        "plain": meet("anna"),
    }


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["anna", "Frank", "Vera"]),
        ("q=ver", ["Vera"]),
        ("q=frank@lake", ["Frank"]),
        ("importance=vip", ["Vera"]),
        ("country=HU&language=hu", ["Vera"]),
        ("custom-card=oak", ["Vera"]),
        ("importance=nonsense&country=XX", ["anna", "Frank", "Vera"]),
        ("q=nobody", []),
    ],
)
def test_the_list_is_by_name_and_can_be_narrowed(desk, book, asked, found):
    assert named(desk.get(f"/customers/?{asked}")) == found


def test_a_long_list_goes_on_where_it_stopped(desk):
    for number in range(120):
        meet(f"Same name {number // 40}", f"a{number}@mail.example")
    seen, path = [], "/customers/"
    while path:
        response = desk.get(path, headers=HTMX if seen else {})
        seen += [customer.pk for customer, _initials in response.context["rows"]]
        path = response.context["more"]
    assert len(seen) == len(set(seen)) == 120


def test_lists_ask_few_questions(desk, book, django_assert_max_num_queries):
    for path in ("/customers/", "/organisations/", "/customers/blocked/"):
        with django_assert_max_num_queries(LIST_QUERIES):
            desk.get(path)


def test_a_customer_has_a_page(desk, ticket, carol, written, django_assert_max_num_queries):
    older = [intake.receive(written(subject=f"Matter {number}")).ticket for number in range(30)]
    with django_assert_max_num_queries(PAGE_QUERIES):
        page = desk.get(f"/customers/{carol.pk}/")
    text = page.content.decode()
    assert "carol@mail.example" in text
    assert page.context["totals"].tickets == 31
    assert f"/tickets/{older[-1].number}/" in text and f"/tickets/{ticket.number}/" not in text
    rest = desk.get(page.context["more"], headers=HTMX).content.decode()
    assert f"/tickets/{ticket.number}/" in rest and "<html" not in rest


def test_tickets_of_other_teams_are_not_on_it(desk, as_, mallory, ticket, carol, written, returns, ada):
    elsewhere = assignment.move(intake.receive(written(subject="Secret")).ticket, returns, actor=ada)
    page = desk.get(f"/customers/{carol.pk}/")
    assert "Secret" not in page.content.decode()
    assert page.context["totals"].tickets == 1
    theirs = as_(mallory).get(f"/customers/{carol.pk}/")
    assert [each.pk for each, _when in theirs.context["tickets"]] == [elsewhere.pk]


def test_another_team_finds_no_customer_there(as_, mallory, ticket, carol):
    client = as_(mallory)
    for path in ("", "joining/", "values/notes/"):
        assert client.get(f"/customers/{carol.pk}/{path}").status_code == 404
    for path in ("block/", "block/undo/", "identities/", "values/notes/"):
        assert client.post(f"/customers/{carol.pk}/{path}").status_code == 404


@pytest.mark.parametrize(
    ("name", "sent", "kept"),
    [
        ("name", "Carol R.", "Carol R."),
        ("importance", "3", 3),
        ("language", "hu", "hu"),
        ("country", "HU", "HU"),
        ("time_zone", "Europe/Budapest", "Europe/Budapest"),
        ("notes", "Likes lamps", "Likes lamps"),
    ],
)
def test_what_is_known_is_edited_where_it_stands(desk, alice, carol, name, sent, kept):
    path = f"/customers/{carol.pk}/values/{name}/"
    form = desk.get(path, headers=HTMX).content.decode()
    assert "<form" in form and "<html" not in form
    shown = desk.post(path, {"value": sent}, headers=HTMX)
    assert "<form" not in shown.content.decode()
    carol.refresh_from_db()
    assert getattr(carol, name) == kept
    assert Event.objects.get(kind="customer_changed").data["fields"] == [name]
    assert desk.post(path, {"value": sent})["Location"] == f"/customers/{carol.pk}/"


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("importance", "9"),
        ("country", "Mars"),
        ("time_zone", "Mars/Olympus"),
        ("organisation", "Nowhere"),
        ("name", "x" * 201),
    ],
)
def test_what_cannot_be_is_said_and_nothing_changes(desk, carol, name, sent):
    answer = desk.post(f"/customers/{carol.pk}/values/{name}/", {"value": sent}, headers=HTMX)
    assert 'role="alert"' in answer.content.decode()
    assert not Event.objects.filter(kind="customer_changed").exists()


def test_there_is_no_other_value(desk, carol):
    for name in ("blocked_at", "merged_into", "custom-nothing", "custom"):
        assert desk.get(f"/customers/{carol.pk}/values/{name}/").status_code == 404
        assert desk.post(f"/customers/{carol.pk}/values/{name}/", {"value": "x"}).status_code == 404


def test_an_organisation_is_named(desk, carol, book):
    path = f"/customers/{carol.pk}/values/organisation/"
    assert "Lakeside" in desk.get(path, headers=HTMX).content.decode()
    desk.post(path, {"value": "lakeside"}, headers=HTMX)
    carol.refresh_from_db()
    assert carol.organisation.name == "Lakeside"
    desk.post(path, {"value": ""}, headers=HTMX)
    carol.refresh_from_db()
    assert carol.organisation is None


def test_fields_of_a_ticket_stand_in_its_panel(desk, ticket, alice):
    CustomField.objects.create(of="ticket", key="order", labels={"en": "Order", "hu": "Rendelés"})
    CustomField.objects.create(of="ticket", key="damage", labels={"en": "Damage"}, ticket_kinds=["complaint"])
    path = f"/tickets/{ticket.number}/values/custom-order/"
    assert "TP-1" in desk.post(path, {"value": "TP-1"}, headers=HTMX).content.decode()
    page = desk.get(f"/tickets/{ticket.number}/").content.decode()
    assert "Order" in page and "TP-1" in page and "Damage" not in page
    Ticket.objects.filter(pk=ticket.pk).update(kind="complaint")
    assert "Damage" in desk.get(f"/tickets/{ticket.number}/").content.decode()
    alice.language = "hu"
    alice.save()
    assert "Rendelés" in desk.get(f"/tickets/{ticket.number}/").content.decode()


@pytest.mark.parametrize(
    ("kind", "sent", "text"),
    [
        ("number", "1234.5", "1234.5"),
        ("date", "2026-02-28", "28 February 2026"),
        ("yes_no", "true", "Yes"),
        ("several", ["a", "b"], "Letter A, b"),
        ("link", "https://shop.example/", 'href="https://shop.example/"'),
    ],
)
def test_each_kind_of_field_reads_as_people_write_it(desk, ticket, kind, sent, text):
    options = [{"value": "a", "labels": {"en": "Letter A"}}, {"value": "b", "labels": {}}]
    CustomField.objects.create(of="ticket", key="f", kind=kind, labels={"en": "F"}, options=options)
    path = f"/tickets/{ticket.number}/values/custom-f/"
    assert text in desk.post(path, {"value": sent}, headers=HTMX).content.decode()
    assert "value" in desk.get(path, headers=HTMX).content.decode()
    desk.post(path, {}, headers=HTMX)
    ticket.refresh_from_db()
    assert ticket.custom == {}


def test_the_panel_has_the_customer(desk, ticket, carol):
    Customer.objects.filter(pk=carol.pk).update(importance=3, time_zone="Europe/Budapest", notes="Kind")
    page = desk.get(f"/tickets/{ticket.number}/").content.decode()
    for text in ("VIP", "Time there", "Kind", f'href="/customers/{carol.pk}/"'):
        assert text in page


def test_addresses_are_added_and_taken_away(desk, carol, book):
    path = f"/customers/{carol.pk}/identities/"
    desk.post(path, {"kind": "phone", "value": "+36 1 234 5678"})
    added = carol.identities.get(kind="phone")
    assert added.value == "+3612345678"
    told = desk.post(path, {"kind": "email", "value": "vera@mail.example"}, follow=True).content.decode()
    assert "belongs to Vera" in told
    assert (
        "no e-mail address"
        in desk.post(path, {"kind": "email", "value": "vera"}, follow=True).content.decode()
    )
    desk.post(f"{path}{added.pk}/removal/")
    last = carol.identities.get()
    assert "the only one" in desk.post(f"{path}{last.pk}/removal/", follow=True).content.decode()
    assert (
        desk.post(f"{path}{Identity.objects.exclude(customer=carol).first().pk}/removal/").status_code == 404
    )


def test_whose_an_address_is_is_not_told_to_who_may_not_know(as_, mallory, ticket, carol):
    own = meet("Own")
    told = as_(mallory).post(
        f"/customers/{own.pk}/identities/", {"kind": "email", "value": "carol@mail.example"}, follow=True
    )
    assert "another customer" in told.content.decode() and "Carol" not in told.content.decode()


def test_two_customers_are_joined_and_taken_apart(desk, ticket, carol, written):
    sender = Sender(identity_kind="email", identity="carol@home.example", name="Carol Reyes")
    other = intake.receive(written(sender=sender)).ticket.customer
    page = desk.get(f"/customers/{other.pk}/joining/")
    assert [each.pk for each, _initials in page.context["candidates"]] == [carol.pk], "of the same name"
    done = desk.post(f"/customers/{other.pk}/joining/", {"into": carol.pk})
    assert done["Location"] == f"/customers/{carol.pk}/"
    assert desk.get(f"/customers/{other.pk}/")["Location"] == f"/customers/{carol.pk}/"
    page = desk.get(f"/customers/{carol.pk}/")
    ((union, name, _when),) = page.context["unions"]
    assert name == "Carol Reyes"
    desk.post(f"/unions/{union.pk}/undo/")
    assert desk.get(f"/customers/{other.pk}/").status_code == 200


def test_nobody_joins_whom_they_do_not_see(as_, mallory, ticket, carol):
    own = meet("Own")
    client = as_(mallory)
    assert client.post(f"/customers/{own.pk}/joining/", {"into": carol.pk}).status_code == 404
    found = client.get(f"/customers/{own.pk}/joining/?q=carol")
    assert list(found.context["candidates"]) == []
    assert client.post(f"/customers/{own.pk}/joining/", {"into": "x"})["Location"].endswith("/joining/")


def test_nor_takes_them_apart(as_, mallory, alice, ticket, carol):
    union = uniting.unite(meet("Other"), carol, actor=alice)
    assert as_(mallory).post(f"/unions/{union.pk}/undo/").status_code == 404


def test_blocked_senders_are_shown_with_what_is_held(desk, ticket, carol, written):
    desk.post(f"/customers/{carol.pk}/block/")
    held = intake.receive(written()).ticket
    page = desk.get("/customers/blocked/")
    ((customer, count, _when),) = page.context["lines"]
    assert (customer, count) == (carol, 1)
    assert "1 ticket is held" in page.content.decode()
    desk.post(f"/customers/{carol.pk}/block/undo/", {"restore": "1"})
    held.refresh_from_db()
    assert held.folder == "desk"
    assert desk.get("/customers/blocked/").context["lines"] == []


def test_a_button_of_the_panel_leads_back_to_the_ticket(desk, ticket, carol):
    done = desk.post(f"/customers/{carol.pk}/block/", {"ticket": ticket.number})
    assert done["Location"] == f"/tickets/{ticket.number}/"


def test_a_customer_is_written_down_by_hand(desk):
    assert b"nobody could answer" in desk.post("/customers/new/", {"name": "Dan"}).content
    assert b"no e-mail address" in desk.post("/customers/new/", {"email": "dan"}).content
    done = desk.post("/customers/new/", {"name": "Dan", "email": "Dan@mail.example", "phone": "+361234"})
    made = Customer.objects.get(name="Dan")
    assert done["Location"] == f"/customers/{made.pk}/"
    assert set(made.identities.values_list("value", flat=True)) == {"dan@mail.example", "+361234"}
    assert b"belongs to Dan" in desk.post("/customers/new/", {"email": "dan@mail.example"}).content


def test_organisations_are_listed_made_and_edited(desk, book, carol):
    assert [each.name for each in desk.get("/organisations/?q=lake").context["rows"]] == ["Lakeside"]
    assert b"Another organisation" in desk.post("/organisations/new/", {"name": "Lakeside"}).content
    assert b"Anybody may" in desk.post("/organisations/new/", {"name": "G", "domains": "gmail.com"}).content
    assert (
        b"has the domain"
        in desk.post("/organisations/new/", {"name": "G", "domains": "lakeside.example"}).content
    )
    done = desk.post("/organisations/new/", {"name": "Mail", "domains": "@Mail.example, other.example"})
    made = Organisation.objects.get(name="Mail")
    assert done["Location"] == f"/organisations/{made.pk}/"
    assert made.domains == ["mail.example", "other.example"]
    carol.refresh_from_db()
    assert carol.organisation == made, "who writes from there and belonged nowhere"
    assert named(desk.get(f"/organisations/{made.pk}/")) == ["anna", "Carol Reyes", "Vera"]
    path = f"/organisations/{made.pk}/values/domains/"
    assert 'role="alert"' in desk.post(path, {"value": "nonsense"}, headers=HTMX).content.decode()
    desk.post(path, {"value": "third.example"}, headers=HTMX)
    made.refresh_from_db()
    assert made.domains == ["third.example"]


def test_personal_data_is_for_admins(desk, as_, ada, ticket, carol):
    for path in ("export/", "erasure/"):
        assert desk.post(f"/customers/{carol.pk}/{path}").status_code == 403
    admin = as_(ada)
    whole = b"".join(admin.post(f"/customers/{carol.pk}/export/").streaming_content)
    assert json.loads(whole)["customer"]["name"] == "Carol Reyes"
    assert admin.post(f"/customers/{carol.pk}/erasure/", {"words": "redact"}).status_code == 200
    carol.refresh_from_db()
    assert carol.erased_at is None, "nobody was sure"
    admin.post(f"/customers/{carol.pk}/erasure/", {"words": "redact", "sure": "on"})
    carol.refresh_from_db()
    assert (carol.name, carol.erased_at is None) == ("", False)
    assert admin.get(f"/customers/{carol.pk}/").status_code == 404
    assert admin.get(f"/tickets/{ticket.number}/").status_code == 200


def test_the_reading_pane_does_not_ask_for_the_panel(desk, ticket):
    with CaptureQueriesContext(connection) as pane:
        desk.get(f"/tickets/{ticket.number}/", headers=HTMX)
    assert not any("tickets_customfield" in query["sql"] for query in pane)


def test_blocking_and_the_open_desk_are_two_things(as_, mallory, ticket, carol, alice):
    Company.objects.create(pk=1, open_desk=True)
    blocking.block(carol, actor=alice)
    assert [each for each, *_ in as_(mallory).get("/customers/blocked/").context["lines"]] == [carol]


@pytest.mark.parametrize(
    ("path", "none", "not_found"),
    [
        ("/customers/", "No customers yet", "Nobody found"),
        ("/organisations/", "No organisations yet", "No organisation found"),
    ],
)
def test_nobody_at_all_is_not_nobody_found(client, alice, path, none, not_found):
    client.force_login(alice)
    assert none in client.get(path).text
    assert not_found in client.get(f"{path}?q=zzz").text
