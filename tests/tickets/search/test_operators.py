"""Operators: what each finds, with and without words, and only among tickets one may see."""

import pytest

from channels_app import files as channel_files
from channels_app.messages import InboundFile, Sender
from tickets import assignment, bin, filters, intake, lifecycle, properties, reading, search
from tickets.models import CustomField, Organisation, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(written, alice, bob, returns) -> dict[str, Ticket]:
    """Tickets by what is special about them; all hold the word "kettle"."""
    names = ("plain", "bobs", "urgent", "vip", "closed", "away", "spam", "filed", "novak")
    made: dict[str, Ticket] = {}
    for name in names:
        files = (InboundFile(sha256=channel_files.store(b"%PDF"), size=4, name="invoice-2026.pdf"),)
        sender = Sender(identity_kind="email", identity="jan@novak.example", name="Jan Novák")
        extra = {"filed": {"files": files}, "novak": {"sender": sender, "to": ("kitchen@desk.example",)}}
        message = intake.receive(written(subject=name, text="A kettle", **extra.get(name, {})))
        search.index([message.pk])
        made[name] = message.ticket
    assignment.assign(made["bobs"], bob, actor=alice)
    properties.set_priority(made["urgent"], 4, actor=alice)
    properties.set_kind(made["urgent"], "complaint", actor=alice)
    properties.set_tags(made["vip"], ["gift wrap", "vip"], actor=alice)
    lifecycle.close(made["closed"], actor=alice)
    assignment.move(made["away"], returns, actor=alice)
    bin.mark_spam(made["spam"], actor=alice)
    return made


def found(user, query: str) -> set[str]:
    return {ticket.subject for ticket in filters.listed(user, "", query=query).tickets}


ALL = {"plain", "bobs", "urgent", "vip", "closed", "filed", "novak"}


ASKED = (
    ("tag:vip", {"vip"}),
    ('tag:"gift wrap" kettle', {"vip"}),
    ("-tag:vip kettle", ALL - {"vip"} | {"spam"}),
    ("agent:bob", {"bobs"}),
    ("agent:marchetti", {"bobs"}),
    ("ответственный:никто", ALL - {"bobs"}),
    ("priority:urgent", {"urgent"}),
    ("приоритет:срочный", {"urgent"}),
    ("kind:complaint", {"urgent"}),
    ("is:closed", {"closed"}),
    ("állapot:lezárva", {"closed"}),
    ("-is:closed", ALL - {"closed"}),
    ("is:unfinished", ALL - {"closed"}),
    ("is:unassigned is:unfinished", ALL - {"closed", "bobs"}),
    ("is:spam", {"spam"}),
    ("has:attachment", {"filed"}),
    ("file:invoice", {"filed"}),
    ("invoice", {"filed"}),
    ("to:kitchen", {"novak"}),
    ("-to:kitchen kettle", ALL - {"novak"} | {"spam"}),
    ("from:novák", {"novak"}),
    ("from:jan@nov kettle", {"novak"}),
    ("feladó:carol from:novak", set()),
    ("after:2020 before:2021", set()),
    ("created:today is:closed", {"closed"}),
    ("created:2020..2021", set()),
    ("created:>2020 is:closed", {"closed"}),
    ("team:returns", set()),
    ('team:"orders and" tag:vip', {"vip"}),
    ("kettle -kettle", set()),
    ("is:nonsense", set()),
    ("is:nonsense kettle tag:vip", {"vip"}),
)


def test_each_operator_finds_its_tickets(desk, alice):
    for query, subjects in ASKED:
        assert found(alice, query) == subjects, query


def test_what_others_may_see_is_not_found_by_any_operator(desk, alice, mallory):
    assert found(mallory, "kettle") == found(mallory, "team:returns") == {"away"}
    assert (
        found(mallory, "from:novak") == found(mallory, "tag:vip") == found(mallory, "file:invoice") == set()
    )


def test_new_to_me(desk, alice, bob):
    reading.see(alice.pk, desk["plain"].pk)
    assert "plain" not in found(alice, "is:unread")
    assert "plain" in found(bob, "is:unread")


def test_an_organisation(desk, alice):
    company = Organisation.objects.create(name="Novak & Sons", domains=["novak.example"])
    type(desk["novak"].customer).objects.filter(pk=desk["novak"].customer_id).update(organisation=company)
    assert found(alice, "organisation:novak.example") == found(alice, 'szervezet:"novak & sons"') == {"novak"}


def test_custom_fields_of_ticket_and_customer(desk, alice):
    CustomField.objects.create(of="ticket", key="order", kind="text", labels={"en": "Order"})
    CustomField.objects.create(of="customer", key="club", kind="yes_no", labels={"en": "Club"})
    Ticket.objects.filter(pk=desk["vip"].pk).update(custom={"order": "A, 1"})
    type(desk["novak"].customer).objects.filter(pk=desk["novak"].customer_id).update(custom={"club": True})
    assert found(alice, 'order:"A, 1"') == {"vip"}
    assert found(alice, "club:да") == {"novak"}
    assert [trouble.typed for trouble in search.troubles(search.understood("club:maybe"), alice)] == [
        "club:maybe"
    ]


def test_an_unfinished_word_is_completed_where_nothing_else_is_found(desk, alice):
    assert found(alice, "kettl tag:vip") == {"vip"}
    assert found(alice, "ke tag:vip") == set(), "too short to mean anything"
    assert found(alice, "ke* tag:vip") == {"vip"}


def test_what_is_older_than_the_newest_hits_is_found_by_what_it_is(desk, alice, monkeypatch):
    monkeypatch.setattr(search.asking, "SAMPLE", 2)
    monkeypatch.setattr(search.asking, "MOST", 3)
    assert found(alice, "kettle tag:vip") == {"vip"}


@pytest.mark.parametrize("language", ["de", "fr"])
def test_customers_in_other_languages_are_understood(written, alice, language):
    texts = {"de": "Die Bestellungen fehlen", "fr": "Mes commandes sont perdues"}
    asked = {"de": "bestellung", "fr": "commande perdue"}
    message = intake.receive(written(subject="-", text=texts[language], language=language))
    search.index([message.pk])
    assert search.find(asked[language]) == [message.ticket_id]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("is:opne", "open"),
        ("before:soon", "2026-11-25"),
        ("team:nowhere", "nowhere"),
        ("agent:nobodyhere", "nobodyhere"),
    ],
)
def test_a_value_that_makes_no_sense_is_told(query, told, alice):
    (trouble,) = search.troubles(search.understood(query), alice)
    assert told in trouble.text
