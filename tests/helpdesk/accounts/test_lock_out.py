"""Guessing is slow, and cannot be used to shut a colleague out. Passwords are no names."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from helpdesk.accounts.models import AuditEntry, User
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db

OFFICE, ELSEWHERE = "198.51.100.7", "203.0.113.9"


def at(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


def tries(client: Client, email: str, password: str = "wrong") -> bool:
    """Whether the door opened."""
    client.post("/sign-in/", {"login": email, "password": password})
    opened = client.get("/deliveries/").status_code == 200
    client.post("/sign-out/")
    return opened


def test_guessing_ends_after_a_few_tries(alice):
    guesser = at(ELSEWHERE)
    for _ in range(5):
        tries(guesser, alice.email)
    assert not tries(guesser, alice.email, PASSWORD)
    page = guesser.post("/sign-in/", {"login": alice.email, "password": PASSWORD})
    assert b"Too many tries" in page.content


def test_who_fails_elsewhere_in_her_name_does_not_lock_her_out(alice):
    guesser = at(ELSEWHERE)
    for _ in range(20):
        tries(guesser, alice.email)
    assert tries(at(OFFICE), alice.email, PASSWORD)


def test_a_colleague_in_the_same_office_does_not_lock_her_out_of_her_own_browser(alice, mallory):
    own = at(OFFICE)
    assert tries(own, alice.email, PASSWORD)
    malicious = at(OFFICE)
    for _ in range(20):
        tries(malicious, alice.email)
        tries(malicious, mallory.email)
    assert not tries(at(OFFICE), alice.email, PASSWORD)  # a browser nobody knows waits
    assert tries(own, alice.email, PASSWORD)


def test_many_machines_guess_no_faster(alice):
    own = at(OFFICE)
    assert tries(own, alice.email, PASSWORD)
    for number in range(60):
        tries(at(f"203.0.113.{number}"), alice.email)
    assert not tries(at("192.0.2.1"), alice.email, PASSWORD)
    assert tries(own, alice.email, PASSWORD)


def test_a_known_browser_guesses_no_faster(alice):
    own = at(OFFICE)
    tries(own, alice.email, PASSWORD)
    for _ in range(5):
        tries(own, alice.email)
    assert not tries(own, alice.email, PASSWORD)


def test_the_mark_of_a_browser_is_for_one_name_and_cannot_be_made_up(alice, bob):
    own = at(OFFICE)
    tries(own, alice.email, PASSWORD)
    (mark,) = [name for name in own.cookies if name.startswith("known-")]
    assert own.cookies[mark]["httponly"] and own.cookies[mark]["path"] == "/sign-in/"
    assert "alice" not in f"{mark}{own.cookies[mark].value}"
    forged = at(ELSEWHERE)
    forged.cookies[mark] = "x:y:z"
    for _ in range(5):
        tries(forged, alice.email)
    forged.cookies[mark] = "a:b:c"
    assert not tries(forged, alice.email, PASSWORD)


def test_tries_stand_in_the_audit_log_without_what_was_typed(alice):
    tries(at(ELSEWHERE), alice.email)
    tries(at(ELSEWHERE), "nobody@desk.example")
    first, second = AuditEntry.objects.filter(kind="sign_in_failed").order_by("id")
    assert (first.about, first.actor, first.data) == (alice, None, {"factor": "password", "ip": ELSEWHERE})
    assert (second.about, second.data) == (None, {"factor": "password", "ip": ELSEWHERE})


@pytest.mark.parametrize(
    "password",
    [
        "Alice-Hartmann-25",
        "hartmann.2026",
        "TallowPine2026",
        "tallow&pine!!",
        "short",
        "password123",
        "1234567890123",
    ],
)
def test_a_password_of_names_is_refused(password, company):
    with pytest.raises(ValidationError):
        validate_password(password, User(name="Alice Hartmann", email="alice@desk.example"))


@pytest.mark.parametrize("password", [PASSWORD, "pine needles in the snow", "alice in a wonderful land"])
def test_a_password_may_hold_a_name_among_others(password, company):
    validate_password(password, User(name="Alice Hartmann", email="alice@desk.example"))
