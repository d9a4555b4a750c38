"""The notes on countries as they are read beside a ticket, and written by admins."""

import pytest
from django.test import Client

from helpdesk.accounts.models import User
from tickets.manners import notes, shipped
from tickets.manners.models import CountryNote

pytestmark = pytest.mark.django_db


def browsing(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk(alice) -> Client:
    return browsing(alice)


@pytest.fixture
def given() -> dict[str, str]:
    place = shipped.places()["HU"]
    said = {f"{name}_{code}": "" for name in ("address", "care") for code in ("en", "ru", "hu")}
    return {**said, **{name: getattr(place, name) for name in notes.FIELDS}}


def test_beside_a_ticket(desk, ticket):
    customer = ticket.customer
    address = f"/tickets/{ticket.number}/"
    customer.name, customer.country = "Nagy Anna", "HU"
    customer.save()
    shown = desk.get(address).content.decode()
    assert "How to write to them" in shown
    assert "Hungary, as in the record." in shown
    assert "Family name first" in shown
    customer.country, customer.language = "", ""
    customer.save()
    type(ticket).objects.update(language="")
    assert "How to write to them" not in desk.get(address).content.decode()


def test_everybody_reads_them(desk):
    shown = desk.get("/countries/").content.decode()
    assert "Dobrý den," in shown
    assert "other-place" not in shown
    assert "Kovács Jánosné" in desk.get("/countries/HU/").content.decode()
    assert desk.get("/countries/PE/").status_code == 404
    assert desk.get("/countries/zz/").status_code == 404


def test_an_admin_writes_one_and_takes_it_back(ada, given):
    browser = browsing(ada)
    assert browser.post("/countries/HU/", {**given, "address_en": " Politely. "}).status_code == 302
    row = CountryNote.objects.get()
    assert (row.place, row.words) == ("HU", {"en": {"address": "Politely.", "care": ""}})
    notes.refresh()
    assert "changed here" in browser.get("/countries/").content.decode()
    assert browser.post("/countries/HU/restoration/").status_code == 302
    assert not CountryNote.objects.exists()


def test_of_a_country_that_has_none(ada, given):
    browser = browsing(ada)
    assert browser.get("/countries/", {"code": "PE"}).headers["Location"] == "/countries/PE/"
    assert browser.post("/countries/PE/", {**given, "language": "es"}).status_code == 302
    notes.refresh()
    assert notes.every()["PE"].language == "es"


@pytest.mark.parametrize("wrong", [{"formality": "rude"}, {"greeting": ""}, {"care_hu": "x" * 601}])
def test_nonsense_is_said(ada, given, wrong):
    assert browsing(ada).post("/countries/HU/", {**given, **wrong}).status_code == 422
    assert not CountryNote.objects.exists()


def test_others_do_not_write(desk, given):
    assert desk.post("/countries/HU/", given).status_code == 403
    assert desk.post("/countries/HU/restoration/").status_code == 403
