"""API tokens: made with the password, shown once, dead as soon as they should be."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from helpdesk.accounts import tokens
from helpdesk.accounts.models import AuditEntry, Scope, Token
from tests.api import refused
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db


def form(**fields) -> dict[str, object]:
    return {
        "name": "Web shop",
        "scopes": ["tickets:read", "tickets:write"],
        "lasts": "30",
        "key": str(uuid.uuid4()),
        **fields,
    }


@pytest.fixture
def desk(client: Client, alice) -> Client:
    """Alice, who has just given her password once more."""
    client.force_login(alice)
    client.post("/sign-in/again/", {"password": PASSWORD})
    return client


@pytest.fixture
def made(alice) -> tokens.Made:
    return tokens.make(
        alice, name="Till", scopes=["tickets:read"], expires_at=None, key=uuid.uuid4(), actor=alice
    )


def test_a_token_is_shown_once_and_kept_as_a_digest(desk, alice):
    page = desk.post("/profile/tokens/new/", form())
    token = Token.objects.get()
    secret = page.context["made"].secret
    assert secret.startswith("hd_") and len(secret) == 46 and secret in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert token.digest == tokens.digest(secret) and secret not in str(vars(token))
    assert secret not in desk.get("/profile/tokens/").content.decode()
    assert token.user == alice and token.scopes == ["tickets:read", "tickets:write"]
    assert timedelta(days=29) < token.expires_at - timezone.now() < timedelta(days=31)


def test_the_same_form_sent_twice_makes_one_token(desk):
    twice = form()
    desk.post("/profile/tokens/new/", twice)
    page = desk.post("/profile/tokens/new/", twice)
    assert Token.objects.count() == 1
    assert page.context["made"].secret == ""


def test_making_one_asks_for_the_password_again(client, alice):
    client.force_login(alice)  # signed in, nobody knows how long ago
    answer = client.post("/profile/tokens/new/", form())
    assert answer.status_code == 302 and answer.url.startswith("/sign-in/again/")
    assert not Token.objects.exists()
    client.post(answer.url, {"password": PASSWORD})
    assert client.get("/profile/tokens/new/").status_code == 200


@pytest.mark.parametrize("wrong", [{"scopes": []}, {"scopes": ["all"]}, {"name": ""}, {"lasts": "9999"}])
def test_a_form_that_makes_no_sense_comes_back(desk, wrong):
    assert desk.post("/profile/tokens/new/", form(**wrong)).status_code == 422
    assert not Token.objects.exists()


def test_a_revoked_token_opens_nothing_and_the_log_says_who_did_it(desk, alice, made):
    assert tokens.find(made.secret, timezone.now()) == made.token
    desk.post(f"/profile/tokens/{made.token.pk}/revocation/")
    assert tokens.find(made.secret, timezone.now()) is None
    made_it, revoked = AuditEntry.objects.order_by("id")
    assert (made_it.kind, made_it.actor, made_it.data["scopes"]) == ("token_made", alice, ["tickets:read"])
    assert (revoked.kind, revoked.actor, revoked.about) == ("token_revoked", alice, alice)


def test_revoking_twice_is_told_once(made, alice):
    tokens.revoke(made.token, actor=alice)
    tokens.revoke(made.token, actor=alice)
    assert AuditEntry.objects.filter(kind="token_revoked").count() == 1


def test_only_its_owner_and_admins_revoke_a_token(client, made, bob, ada):
    address = f"/profile/tokens/{made.token.pk}/revocation/"
    client.force_login(bob)
    assert client.post(address).status_code == 404
    client.force_login(ada)
    client.post(address)
    assert Token.objects.get().revoked_at


def test_an_admin_revokes_in_the_admin_pages(client, made, ada):
    client.force_login(ada)
    page = client.get("/admin/accounts/token/").content.decode()
    assert "Till" in page and made.token.digest not in page
    client.post(
        "/admin/accounts/token/", {"action": "revoke", "_selected_action": [made.token.pk], "index": 0}
    )
    assert Token.objects.get().revoked_at
    assert AuditEntry.objects.get(kind="token_revoked").actor == ada


def test_a_token_dies_with_its_time_and_with_its_owner(made, alice):
    now = timezone.now()
    Token.objects.update(expires_at=now)
    assert tokens.find(made.secret, now) is None
    assert tokens.find(made.secret, now - timedelta(seconds=1)) == made.token
    Token.objects.update(expires_at=None)
    alice.is_active = False
    alice.save()
    assert tokens.find(made.secret, now) is None


@pytest.mark.parametrize("secret", ["", "hd_", "hd_" + "a" * 43, "Bearer", "é", "hd_\x00"])
def test_what_is_no_token_opens_nothing(made, secret):
    assert tokens.find(secret, timezone.now()) is None


def test_a_write_scope_reads_as_well():
    token = Token(scopes=["tickets:write", "customers:read"])
    assert token.allows(Scope.TICKETS_READ) and token.allows(Scope.TICKETS_WRITE)
    assert token.allows(Scope.CUSTOMERS_READ)
    assert not token.allows(Scope.CUSTOMERS_WRITE) and not token.allows(Scope.RAW_READ)


def test_its_use_is_noted_once_a_minute(program, alice, django_assert_num_queries):
    till = program(alice)
    till.get("me/")
    first = Token.objects.get().last_used_at
    assert first
    till.get("me/")
    assert Token.objects.get().last_used_at == first
    Token.objects.update(last_used_at=first - timedelta(minutes=2))
    till.get("me/")
    assert Token.objects.get().last_used_at > first


def test_a_deactivated_colleague_is_refused_at_the_next_request(program, alice):
    till = program(alice)
    assert till.get("me/").json()["email"] == alice.email
    alice.is_active = False
    alice.save()
    refused(till.get("me/"), 401, "not-signed-in")
