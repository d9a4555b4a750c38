"""Every address of the web, in the eyes of everybody: what each may read (GET) and do (POST): `roles.txt`.

A new address has no row yet: the test says which it would have. Put it in after thinking of each cell.
"""

import re
from collections.abc import Callable
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from helpdesk.accounts.models import User
from tests.architecture import test_urls
from tests.architecture.addresses import Address, addresses
from tests.architecture.test_urls import real, refuses, standing

pytestmark = pytest.mark.django_db
__all__ = ["real", "standing"]
orders, alice, ada = test_urls.orders, test_urls.alice, test_urls.ada
mailbox, ticket, lines = test_urls.mailbox, test_urls.ticket, test_urls.rows

TABLE = Path(__file__).with_name("roles.txt")
PEOPLE = ("anonymous", "alice", "mallory", "sam", "ada", "deactivated")
SAMPLED = re.compile(
    r"^.*?/(?:procedures/1/x|(?:tickets|messages|attachments|deliveries|quarantine|mailboxes|customers)/1"
    r"|(?:organisations|articles|procedures)/1|help/x)/"
)
NOBODYS = "/2000000000/"
WORDS = {403: "no", 404: "none", 405: "-"}


def swept() -> list[Address]:
    """All but the API, whose tokens and scopes have a sweep of their own, and the tables of Django admin."""
    return [each for each in addresses() if not each.url.startswith(("/api/", "/admin/"))]


def administration() -> list[Address]:
    doors = {"admin:login", "admin:logout", "admin:jsi18n"}
    return [each for each in addresses() if each.url.startswith("/admin/") and each.name not in doors]


def rows() -> dict[str, list[str]]:
    lines = (line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#"))
    return {line[0]: line[1:] for line in lines}


@pytest.fixture
def clients(alice, mallory, sam, ada, bob) -> dict[str, Client]:
    """Everybody's browser; bob was signed in when he was deactivated."""
    people = {
        "alice": alice,
        "mallory": mallory,
        "sam": sam,
        "ada": ada,
        "deactivated": bob,
        "anonymous": None,
    }
    made = {name: Client(raise_request_exception=False) for name in PEOPLE}
    for name, person in people.items():
        if person:
            made[name].force_login(person)
    User.objects.filter(pk=bob.pk).update(is_active=False)
    return made


def cell(client: Client, method: str, url: str) -> str:
    """One word for what comes back; what was done is undone."""
    cookies = SimpleCookie(client.cookies.output(header="", sep=";"))
    with transaction.atomic():
        response = client.generic(method, url)
        transaction.set_rollback(True)
    client.cookies = cookies
    if response.status_code in WORDS:
        return WORDS[response.status_code]
    if response.status_code >= 500:
        return str(response.status_code)
    return "door" if refuses(response) else "yes"


def placed(url: str, real: Callable[[str], str]) -> str:
    """The address with a row that exists where `real` has one, and one that never does elsewhere."""
    begin = SAMPLED.match(url)
    if not begin:
        return url.replace("/1/", NOBODYS)
    rest = "/" + url[begin.end() :]
    return real(begin[0]) + rest.replace("/1/", NOBODYS)[1:]


def seen(url: str, clients: dict[str, Client]) -> list[str]:
    return [f"{cell(clients[name], 'GET', url)}/{cell(clients[name], 'POST', url)}" for name in PEOPLE]


def test_everybody_may_what_the_table_says(clients, real: Callable[[str], str]):
    table = rows()
    found = {address.name: seen(placed(address.url, real), clients) for address in swept()}
    wrong = [f"{name} {' '.join(cells)}" for name, cells in found.items() if table.get(name) != cells]
    assert not wrong, "\n" + "\n".join(wrong)


def test_django_admin_is_for_admins(clients):
    """Agents are asked for, address by address, in `test_urls`."""
    wrong = [
        (name, method, address.url)
        for address in administration()
        for name, method in (("sam", "GET"), ("sam", "POST"), ("deactivated", "GET"))
        if cell(clients[name], method, address.url) not in ("door", "no", "none")
    ]
    assert not wrong


def test_the_table_holds_no_ghosts():
    assert rows().keys() == {address.name for address in swept()}


def test_the_table_keeps_what_matters():
    """Whatever else is in it: nobody unknown or gone gets in where a colleague must be, nothing breaks."""
    guarded = {address.name for address in swept() if address.guard}
    for name, cells in rows().items():
        assert not any("500" in each for each in cells), name
        if name in guarded:
            assert set(cells[0].split("/")) <= {"door", "-"} and cells[5] == cells[0], name
