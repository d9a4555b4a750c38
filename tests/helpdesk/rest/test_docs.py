"""The description of the API: complete, true to its addresses, readable."""

import pytest

from helpdesk.rest.web import reading
from tests.api import refused
from tests.architecture.addresses import addresses

pytestmark = pytest.mark.django_db


def test_every_address_is_described():
    described = {path.rsplit("{")[0] for path in reading.document()["paths"]}
    ours = [each.url for each in addresses() if each.url.startswith("/api/v1/")]
    assert ours and all(any(url.startswith(path) for path in described) for url in ours)


def test_every_operation_says_what_it_needs_and_how_it_may_fail():
    for path, operations in reading.document()["paths"].items():
        for method, given in operations.items():
            assert {"400", "401", "403", "404", "406", "429"} <= set(given["responses"]), (path, method)
            assert given["summary"] and given["tags"], (path, method)
            names = {each["name"] for each in given.get("parameters", [])}
            assert ("Idempotency-Key" in names) is (method != "get"), (path, method)


def test_a_program_reads_the_description(program, alice, stranger):
    document = program(alice, "staff:read").get("/api/schema/").json()
    assert document["openapi"].startswith("3.1")
    refused(stranger.get("/api/schema/"), 401, "not-signed-in")


def test_people_read_it_as_a_page(client, alice):
    assert client.get("/api/docs/").status_code == 302
    client.force_login(alice)
    page = client.get("/api/docs/").content.decode()
    for part in ("/api/v1/tickets/{number}/", "tickets:read", "page of Ticket", 'id="problem-stale"'):
        assert part in page, part
