"""Buttons to other systems: what is filled in stays in its place, and the server is the admin's alone."""

import pytest

from tickets import properties, shortcuts
from tickets.models import CustomField, Shortcut

HOSTILE = "x&admin=1#/../\\@evil.example/?%0d javascript:"


@pytest.mark.parametrize(
    "url",
    [
        "https://erp.example/orders?no={ticket.custom.order}",
        "http://crm.example:8080/{customer.email}/{agent.email}",
        "HTTPS://shop.example",
        "https://shop.example#{ticket.number}",
    ],
)
def test_these_are_addresses(url):
    shortcuts.check(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//shop.example/",
        "ftp://shop.example/",
        "https://{customer.name}/",
        "https://{customer.name}.shop.example/",
        "https://shop.example{customer.name}/",
        "https://me@shop.example/",
        "https://shop.example\\@evil.example/",
        "https://",
        "https://shop.example/ {ticket.number}",
        "https://shop.example/{",
        "https://shop.example/\x00",
    ],
)
def test_these_are_none(url):
    with pytest.raises(shortcuts.NoAddress):
        shortcuts.check(url)


@pytest.mark.parametrize("name", ["customer.password", "ticket.custom", "ticket.custom.A", "", "ticket"])
def test_names_that_nobody_knows_are_said(name):
    with pytest.raises(shortcuts.NoSuchName):
        shortcuts.check(f"https://shop.example/{{{name}}}")


def test_whatever_a_customer_wrote_stays_where_it_is_put():
    filled = shortcuts.address("https://shop.example/a?q={customer.name}&b=1", {"customer.name": HOSTILE})
    start, end = "https://shop.example/a?q=", "&b=1"
    assert filled.startswith(start) and filled.endswith(end)
    assert not set(filled[len(start) : -len(end)]) & set("&#/?\\@: =")


def test_without_what_it_names_it_leads_nowhere():
    assert shortcuts.address("https://shop.example/{customer.phone}", {"customer.phone": ""}) == ""


@pytest.mark.django_db
def test_a_ticket_has_those_of_its_team_and_of_all(ticket, alice, orders, returns):
    CustomField.objects.create(of="ticket", key="order", labels={"en": "Order"})
    ticket = properties.set_custom(ticket, {"order": "TP 1/2"}, actor=alice)
    for label, team, url in (
        ("ERP", orders, "https://erp.example/{ticket.custom.order}"),
        ("Shop", None, "https://shop.example/?q={customer.email}"),
        ("Theirs", returns, "https://x.example/"),
        ("Off", None, "https://x.example/"),
    ):
        Shortcut.objects.create(label=label, team=team, url=url, is_active=label != "Off")
    known = list(ticket.customer.identities.all())
    assert dict(shortcuts.of(ticket, known, user=alice)) == {
        "ERP": "https://erp.example/TP%201%2F2",
        "Shop": "https://shop.example/?q=carol%40mail.example",
    }
