"""The second step at sign-in: set up, asked for, enforced by role, reset by an admin."""

import base64
import hmac
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from helpdesk import secrets
from helpdesk.accounts.models import AuditEntry, Company
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db

SET_UP = "/profile/two-factor/"


def code_of(secret: str, steps: int = 0) -> str:
    """What an authenticator app shows (RFC 6238), `steps` half minutes from now."""
    counter = int(time.time()) // 30 + steps
    digest = hmac.digest(base64.b32decode(secret), counter.to_bytes(8, "big"), "sha1")
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def signed_in(email: str) -> Client:
    """Somebody who has just given a password, and so need not give it again."""
    client = Client()
    client.post("/sign-in/", {"login": email, "password": PASSWORD})
    client.post("/sign-in/again/", {"password": PASSWORD})
    return client


def app_set_up(client: Client) -> str:
    """The secret of the app that was set up."""
    page = client.get(f"{SET_UP}app/").content.decode()
    secret = re.search(r'value="([A-Z2-7]{32})"', page)[1]
    answer = client.post(f"{SET_UP}app/", {"code": code_of(secret)})
    assert answer.url == f"{SET_UP}codes/"
    return secret


def rule(company: Company, rule: str) -> None:
    Company.objects.filter(pk=company.pk).update(two_factor=rule)


@pytest.fixture
def secret(alice) -> str:
    return app_set_up(signed_in(alice.email))


def first_step(client: Client, email: str = "alice@desk.example"):
    return client.post("/sign-in/?next=/deliveries/", {"login": email, "password": PASSWORD})


def test_a_code_is_asked_for_after_the_password(client, alice, secret):
    assert first_step(client).url.startswith("/sign-in/code/")
    assert client.get("/tickets/").status_code == 302
    page = client.post("/sign-in/code/", {"code": "000000"})
    assert b"This code is not right" in page.content
    assert client.get("/tickets/").status_code == 302
    assert client.post("/sign-in/code/", {"code": code_of(secret, 1)}).url == "/deliveries/"
    assert client.get("/deliveries/").status_code == 200


def test_a_code_opens_once(client, alice, secret):
    code = code_of(secret, 1)
    first_step(client)
    client.post("/sign-in/code/", {"code": code})
    thief = Client()
    first_step(thief)
    thief.post("/sign-in/code/", {"code": code})
    assert thief.get("/tickets/").status_code == 302


def test_a_recovery_code_opens_once(client, alice):
    owner = signed_in(alice.email)
    app_set_up(owner)
    codes = re.findall(r"<li>(\d{8})</li>", owner.get(f"{SET_UP}codes/").content.decode())
    assert len(codes) == 10
    assert owner.get(f"{SET_UP}codes/file/").content.decode().split() == codes
    for opens in (True, False):
        visitor = Client()
        first_step(visitor)
        visitor.post("/sign-in/code/", {"code": codes[0]})
        assert (visitor.get("/tickets/").status_code == 200) is opens
    assert b"9 codes are left" in owner.get(SET_UP).content


def test_secrets_are_not_readable_in_the_database(alice, secret):
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert secrets.decrypt(kept) == secret
    codes = Authenticator.objects.get(type="recovery_codes").data
    assert secrets.decrypt(codes["seed"])


def test_setting_up_asks_for_the_password_again(client, alice):
    client.force_login(alice)
    assert client.get(f"{SET_UP}app/").url.startswith("/sign-in/again/")
    assert client.get(f"{SET_UP}passkeys/new/").url.startswith("/sign-in/again/")


def test_the_app_is_removed_with_the_codes_it_came_with(client, alice, django_capture_on_commit_callbacks):
    owner = signed_in(alice.email)
    with django_capture_on_commit_callbacks(execute=True):
        app_set_up(owner)
    assert owner.post(f"{SET_UP}app/removal/").url == SET_UP
    assert not Authenticator.objects.exists()
    assert first_step(client).url == "/deliveries/"
    told = [(entry.kind, entry.data.get("factor")) for entry in AuditEntry.objects.order_by("id")]
    assert ("factor_added", "totp") in told
    assert ("factor_removed", "totp") in told


@pytest.mark.parametrize(
    ("asked", "agent", "supervisor", "admin"),
    [
        ("nobody", False, False, False),
        ("admins", False, False, True),
        ("supervisors", False, True, True),
        ("everybody", True, True, True),
    ],
)
def test_who_must_have_one_is_led_to_it(asked, agent, supervisor, admin, company, alice, sam, ada):
    rule(company, asked)
    for person, must in ((alice, agent), (sam, supervisor), (ada, admin)):
        client = Client()
        client.force_login(person)
        answer = client.get("/deliveries/")
        assert (answer.status_code, answer.headers.get("Location")) == (
            (302, SET_UP) if must else (200, None)
        )


def test_without_it_nothing_else_opens_but_the_ways_out(client, company, ada):
    rule(company, "everybody")
    client.force_login(ada)
    assert client.get("/admin/").url == SET_UP
    assert client.post("/profile/", {"name": "x"}).url == SET_UP
    fragment = client.get("/tickets/", headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment["HX-Redirect"]) == (403, SET_UP)
    assert client.get("/api/v1/tickets/").status_code == 403
    assert client.get("/api/v1/tickets/", headers={"Authorization": "Bearer hd_x"}).status_code == 401
    assert client.get("/tickets/", headers={"Authorization": "Bearer hd_x"}).url == SET_UP
    assert b"Your desk asks you for a second step" in client.get(SET_UP).content
    assert client.post("/sign-out/").url == "/sign-in/"


def test_the_desk_opens_as_soon_as_it_is_set_up(company, alice):
    rule(company, "everybody")
    client = signed_in(alice.email)
    assert client.get("/tickets/").url == SET_UP
    app_set_up(client)
    assert client.get("/tickets/").status_code == 200


def test_a_program_with_a_token_is_not_asked(company, program, alice):
    rule(company, "everybody")
    assert program(alice).get("me/").status_code == 200


def test_an_admin_resets_what_a_colleague_lost(client, alice, ada, secret):
    client.force_login(ada)
    form = {"action": "reset_second_factor", "_selected_action": [alice.pk, ada.pk], "index": 0}
    client.post("/admin/accounts/user/", form)
    assert not Authenticator.objects.filter(user=alice).exists()
    entry = AuditEntry.objects.get(kind="factor_reset")
    assert (entry.actor, entry.about) == (ada, alice)


def test_an_admin_does_not_pass_by_the_password_for_their_own(client, ada):
    app_set_up(signed_in(ada.email))
    client.force_login(ada)
    form = {"action": "reset_second_factor", "_selected_action": [ada.pk], "index": 0}
    client.post("/admin/accounts/user/", form)
    assert Authenticator.objects.filter(user=ada).exists()


@pytest.mark.parametrize("wrong", ["{}", "null", "[]", '"x"', '{"id":"x","rawId":"eA","type":"public-key"}'])
def test_what_is_no_passkey_opens_nothing(wrong, client, alice, secret):
    client.get("/sign-in/passkey/", headers={"Accept": "application/json"})
    client.post("/sign-in/passkey/", {"credential": wrong})
    assert client.get("/tickets/").status_code == 302
    first_step(client)
    client.post("/sign-in/code/", {"credential": wrong})
    assert client.get("/tickets/").status_code == 302
