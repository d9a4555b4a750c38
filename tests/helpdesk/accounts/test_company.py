"""The company whose desk this is, as its pages ask for it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tickets import access


@pytest.mark.parametrize("address", ["/tickets/", "/profile/"])
def test_a_page_asks_for_the_company_once(client, alice, company, ticket, address):
    client.force_login(alice)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = client.get(address)
    assert "Tallow &amp; Pine" in page.content.decode()
    whole = [query["sql"] for query in asked if query["sql"].startswith('SELECT "accounts_company"')]
    assert len(whole) == 1


def test_the_door_shows_the_company_to_strangers(client, company):
    assert "Tallow &amp; Pine" in client.get("/sign-in/").content.decode()


def test_an_open_desk_is_open_to_whoever_comes_next(mallory, company, ticket):
    assert not access.tickets(mallory).exists()
    company.open_desk = True
    company.save()
    assert not access.tickets(mallory).exists()  # within one request nothing shifts
    assert access.tickets(type(mallory).objects.get(pk=mallory.pk)).get() == ticket
