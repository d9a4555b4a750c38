"""What the API of every app has in common: problems, versions, pages, limits, sign-in."""

from base64 import b64encode
from types import SimpleNamespace

import pytest
from django.test import Client
from redis import Redis

from helpdesk.rest import pace
from tests.api import refused
from tickets import access, intake

pytestmark = pytest.mark.django_db


def test_nobody_is_told_to_sign_in_as_a_problem(stranger):
    answer = stranger.get("tickets/")
    refused(answer, 401, "not-signed-in")
    assert answer["WWW-Authenticate"] == 'Bearer realm="helpdesk"'


@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer", "bearer hd_" + "x" * 43, "Bearer é"])
def test_a_token_that_is_none_is_refused(stranger, header):
    stranger.headers = {"Authorization": header}
    refused(stranger.get("tickets/"), 401, "not-signed-in")


def test_the_scheme_is_read_in_any_case(program, alice):
    till = program(alice)
    till.headers = {"Authorization": till.headers["Authorization"].replace("Bearer", "bEARER")}
    assert till.get("me/").status_code == 200


def test_a_missing_scope_is_named(program, alice):
    problem = refused(program(alice, "customers:write").get("tickets/"), 403, "scope")
    assert problem["scope"] == "tickets:read"


def test_a_page_of_ours_reads_by_its_session_and_writes_only_with_its_csrf_token(alice, ticket):
    page = Client(enforce_csrf_checks=True)
    page.force_login(alice)
    assert page.get("/api/v1/tickets/").json()["results"][0]["number"] == ticket.number
    address, key = f"/api/v1/tickets/{ticket.number}/spam/", {"Idempotency-Key": "1"}
    refused(page.post(address, headers=key), 403, "forbidden")
    page.get("/profile/")  # sets the cookie
    proof = {"X-CSRFToken": page.cookies["csrftoken"].value}
    answer = page.post(address, "{}", content_type="application/json", headers=key | proof)
    assert answer.json()["folder"] == "spam"


@pytest.mark.parametrize("path", ["nothing/", "tickets/999999/", "tickets/x/", f"tickets/{10**30}/"])
def test_what_is_not_there_is_a_problem_too(program, alice, path):
    refused(program(alice).get(path), 404, "not-found")


def test_a_method_nobody_knows(program, alice):
    answer = program(alice).call("DELETE", "tickets/")
    refused(answer, 405, "method")
    assert "GET" in answer["Allow"]
    refused(program(alice).call("OPTIONS", "tickets/"), 405, "method")
    refused(program(alice).call("TRACE", "tickets/"), 405, "method")


def test_only_json_is_spoken(program, alice):
    refused(program(alice).get("tickets/", accept="text/html"), 406, "not-acceptable")
    assert program(alice).get("tickets/", accept="application/json").status_code == 200
    assert program(alice).get("tickets/", accept="text/html, */*;q=0.1").status_code == 200


def test_a_fault_of_ours_is_a_problem_without_a_word_of_code(program, alice, monkeypatch):
    monkeypatch.setattr(access, "tickets", None)
    problem = refused(program(alice).get("tickets/"), 500, "unavailable")
    assert "NoneType" not in str(problem)


def test_an_address_without_its_slash_leads_on_with_method_and_body(program, alice):
    answer = program(alice).get("tickets")
    assert (answer.status_code, answer["Location"]) == (308, "/api/v1/tickets/")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("colour=red", "colour"),
        ("order=", "order"),
        ("q=", "q"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=ten", "limit"),
        ("limit=²", "limit"),
        ("cursor=nonsense", "cursor"),
        ("cursor=WzFd", "cursor"),
        ("cursor=bnVsbA", "cursor"),
        ("order=size", "order"),
        ("fields=number,colour", "fields"),
        ("include=everything", "include"),
        ("status=asleep", "status"),
        ("priority=2", "priority"),
        ("team=theirs", "team"),
        ("assignee=0", "assignee"),
        ("customer=1.5", "customer"),
        ("customer=99999999999999999999", "customer"),
        ("created_after=yesterday", "created_after"),
        ("created_after=0001-01-01T00:00:00%2B14:00", "created_after"),
        ("waiting=maybe", "waiting"),
        ("q=%00", "q"),
        ("view=attic", "view"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_named(program, alice, query, parameter):
    problem = refused(program(alice).get(f"tickets/?{query}"), 400, "parameters")
    assert [error["parameter"] for error in problem["errors"]] == [parameter]


def test_times_of_far_places_are_understood(program, alice, ticket):
    """PostgreSQL refuses offsets of 16 hours and more, ISO 8601 does not."""
    till = program(alice)
    assert till.get("tickets/?created_after=2000-04-03T07:34:33-22:55").json()["results"]
    cursor = b64encode(b'["-last_message", "2284-04-03T07:34:33-22:55", "1"]').decode().rstrip("=")
    assert till.get(f"tickets/?cursor={cursor}").status_code == 200


def test_an_answer_that_has_not_changed_is_not_sent_again(program, alice, ticket):
    till = program(alice)
    for path in ("tickets/", f"tickets/{ticket.number}/", "me/"):
        first = till.get(path)
        again = till.get(path, if_none_match=f'"other", W/{first["ETag"]}')
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]


def test_an_answer_that_has_changed_is_sent(program, alice, ticket, written):
    till = program(alice)
    before = till.get("tickets/")["ETag"]
    intake.receive(written())
    assert till.get("tickets/", if_none_match=before).status_code == 200


def test_answers_are_kept_by_nobody_else(program, alice):
    answer = program(alice).get("me/")
    assert "private" in answer["Cache-Control"]
    assert {"Authorization", "Cookie"} <= {each.strip() for each in answer["Vary"].split(",")}


class TestPages:
    @pytest.fixture
    def numbers(self, written) -> list[int]:
        """Newest first."""
        return [intake.receive(written()).ticket.number for _ in range(7)][::-1]

    @pytest.mark.parametrize("order", ["-last_message", "last_message", "-created", "created"])
    def test_every_row_comes_once_in_order(self, program, alice, numbers, order):
        till, seen, address = program(alice), [], f"tickets/?limit=3&order={order}"
        while address:
            page = till.get(address)
            assert len(page.json()["results"]) <= 3
            seen += [each["number"] for each in page.json()["results"]]
            address = page.json()["next"]
            assert page.get("Link") == (f'<{address}>; rel="next"' if address else None)
        assert seen == (numbers if order.startswith("-") else numbers[::-1])

    def test_what_comes_in_between_shifts_nothing(self, program, alice, numbers, written):
        till = program(alice)
        first = till.get("tickets/?limit=3").json()
        intake.receive(written())
        second = till.get(first["next"]).json()
        assert [each["number"] for each in first["results"] + second["results"]] == numbers[:6]

    def test_a_cursor_of_another_order_is_refused(self, program, alice, numbers):
        till = program(alice)
        address = till.get("tickets/?limit=3").json()["next"].replace("limit=3", "limit=3&order=created")
        refused(till.get(address), 400, "parameters")


class TestPace:
    @pytest.fixture(autouse=True)
    def one_minute(self, monkeypatch):
        """Half of it is over, and no test comes into the next."""
        monkeypatch.setattr(pace, "time", SimpleNamespace(time=lambda: 30 + 60 * 29_000_000))

    def test_each_answer_tells_what_is_left(self, program, alice, settings):
        settings.API_RATE = 2
        till = program(alice)
        first, second, third = (till.get("me/") for _ in range(3))
        assert first["RateLimit"].startswith('"minute";r=1;t=') and second["RateLimit"].startswith(
            '"minute";r=0'
        )
        assert first["RateLimit-Policy"] == '"minute";q=2;w=60'
        refused(third, 429, "too-many")
        assert 0 < int(third["Retry-After"]) <= 60 and third["RateLimit"]

    def test_another_token_and_another_colleague_are_counted_apart(self, program, alice, bob, settings):
        settings.API_RATE = 1
        first, second, other = program(alice), program(alice), program(bob)
        assert [each.get("me/").status_code for each in (first, second, other)] == [200, 200, 200]
        assert first.get("me/").status_code == 429

    def test_guessing_tokens_is_counted_by_address(self, stranger, settings):
        settings.API_RATE_ANONYMOUS = 2
        stranger.headers = {"Authorization": "Bearer hd_guess"}
        assert [stranger.get("me/").status_code for _ in range(3)] == [401, 401, 429]

    def test_without_redis_it_is_counted_here(self, program, alice, settings, monkeypatch):
        settings.API_RATE = 2
        monkeypatch.setattr(pace, "_redis", Redis.from_url("redis://127.0.0.1:1/", retry=None))
        monkeypatch.setattr(pace, "_local", pace._Local())
        till = program(alice)
        assert [till.get("me/").status_code for _ in range(3)] == [200, 200, 429]
