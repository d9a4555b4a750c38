"""Wherever a name is shown, who has told none is called by what they are known by."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.tickets.web.conftest import HTMX
from tickets import drafts
from tickets.models import Customer
from tickets.web.rows import initials

pytestmark = pytest.mark.django_db


def test_initials_of_what_is_no_name():
    table = {"info@lamps.example": "IL", "+36301234567": "67", "Ann": "AN", "(?)": "?"}
    assert {name: initials(name) for name in table} == table


def test_the_list_names_them_and_asks_nothing_more(desk, nameless):
    with CaptureQueriesContext(connection) as without_name:
        page = desk.get("/tickets/?view=open", headers=HTMX)
    assert "info@lamps.example" in page.content.decode()
    Customer.objects.update(name="Ines")
    with CaptureQueriesContext(connection) as with_name:
        assert "Ines" in desk.get("/tickets/?view=open", headers=HTMX).content.decode()
    assert len(without_name) == len(with_name)


@pytest.mark.parametrize(
    "address",
    [
        "/tickets/{number}/",
        "/tickets/{number}/paper/",
        "/customers/",
        "/palette/found/?q=info@",
        "/drafts/",
    ],
)
def test_every_page_names_them(address, desk, nameless, alice):
    drafts.save(nameless, author=alice, mode="note", body="Begun")
    page = desk.get(address.format(number=nameless.number)).content.decode()
    assert "info@lamps.example" in page
    assert "Unknown customer" not in page and f">#{nameless.customer_id}<" not in page
