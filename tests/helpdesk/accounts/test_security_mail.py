"""Who signs in learns by mail when the way to do it was changed, in their language; the audit log knows."""

import uuid

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from helpdesk.accounts import heard, programs, tokens
from helpdesk.accounts.models import AuditEntry, User
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db

NEW = "kettle zeppelin lamp"
NO_TEAMS = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
SAFARI = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.0 Safari/605.1.15"


def mails() -> list[EmailMessage]:
    """What was sent; on a running desk it is queued as notices are."""
    return mail.outbox


@pytest.fixture
def desk(client: Client, alice: User, company) -> Client:
    client.force_login(alice)
    client.post("/sign-in/again/", {"password": PASSWORD})
    return client


@pytest.fixture
def office(client: Client, ada: User, company) -> Client:
    client.force_login(ada)
    return client


@pytest.mark.parametrize(
    ("language", "subject", "greeting"),
    [
        ("en", "Your password was changed", "Hello Alice,"),
        ("ru", "Ваш пароль изменён", "Здравствуйте, Alice!"),
        ("hu", "Megváltozott a jelszava", "Kedves Alice!"),
    ],
)
def test_a_new_password_in_the_language_of_its_owner(desk, alice, language, subject, greeting):
    User.objects.filter(pk=alice.pk).update(language=language, time_zone="Europe/Budapest")
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    desk.post("/profile/password/", form, headers={"User-Agent": SAFARI})
    (told,) = mails()
    assert (told.to[0], told.subject) == (alice.email, subject)
    said = told.body
    assert greeting in said and "Safari, macOS" in said and "127.0.0.1" in said
    assert "Europe/Budapest" in said and "/profile/sessions/" in said and "Tallow & Pine" in said
    assert NEW not in said


def test_a_password_set_by_an_admin_names_the_admin_and_no_place(office, ada, alice):
    form = {"usable_password": "true", "password1": NEW, "password2": NEW}
    office.post(f"/admin/accounts/user/{alice.pk}/password/", form)
    (told,) = mails()
    assert told.to[0] == alice.email and "By: Ada Lindqvist" in told.body and "From:" not in told.body


def person(user: User, **fields) -> dict:
    kept = {
        name: getattr(user, name)
        for name in ("name", "role", "language", "time_zone", "theme", "undo_seconds")
    }
    return {**kept, "signature": "", "is_active": "on", **NO_TEAMS, **fields}


def test_another_address_is_told_at_both(office, alice):
    url = f"/admin/accounts/user/{alice.pk}/change/"
    office.post(url, person(alice, email="alice.h@desk.example"))
    assert [told.to[0] for told in mails()] == ["alice@desk.example", "alice.h@desk.example"]
    assert all("alice@desk.example → alice.h@desk.example" in told.body for told in mails())
    entry = AuditEntry.objects.get(kind="rights_changed")
    assert (entry.about, entry.data["fields"]) == (alice, ["email"])
    office.post(url, person(alice, email="alice.h@desk.example", name="Alice"))
    assert len(mails()) == 2


def test_an_app_set_up_and_taken_away(desk, alice, rf):
    request = rf.get("/", headers={"User-Agent": SAFARI})
    request.user, request.session = alice, desk.session
    app = TOTP.activate(alice, generate_totp_secret()).instance
    heard.factor_added(request=request, user=alice, authenticator=app)
    codes = RecoveryCodes.activate(alice).instance
    heard.factor_added(request=request, user=alice, authenticator=codes)  # come with it: no mail of their own
    heard.codes_made_anew(request=request, user=alice, authenticator=codes)
    heard.factor_removed(request=request, user=alice, authenticator=app)
    passkey = Authenticator(user=alice, type=Authenticator.Type.WEBAUTHN, data={"name": "Phone"})
    heard.factor_added(request=request, user=alice, authenticator=passkey)
    heard.factor_removed(request=request, user=alice, authenticator=passkey)
    assert [told.subject for told in mails()] == [
        "An authenticator app was added to your sign-in",
        "Your recovery codes were made anew",
        "The authenticator app was removed from your sign-in",
        "A passkey was added to your sign-in",
        "A passkey was removed from your sign-in",
    ]
    assert "A passkey was added to your sign-in: Phone." in mails()[3].body
    assert AuditEntry.objects.filter(kind__startswith="factor_", about=alice).count() == 6


def test_a_second_step_reset_by_an_admin(office, ada, alice):
    TOTP.activate(alice, generate_totp_secret())
    chosen = {"action": "reset_second_factor", "_selected_action": [alice.pk]}
    office.post("/admin/accounts/user/", chosen)
    (told,) = mails()
    assert told.subject == "Your second step at sign-in was reset" and "By: Ada Lindqvist" in told.body


def test_a_token(desk, alice):
    form = {"name": "Web shop", "scopes": ["tickets:read"], "lasts": "30", "key": str(uuid.uuid4())}
    page = desk.post("/profile/tokens/new/", form)
    (told,) = mails()
    assert "An API token was made in your name: Web shop." in told.body and "By: yourself" in told.body
    assert page.context["made"].secret not in told.body


def test_a_program_gets_no_mail(ada, company):
    shop = programs.create(name="Shop", role="agent", actor=ada)
    tokens.make(shop, name="Shop", scopes=["tickets:read"], expires_at=None, key=uuid.uuid4(), actor=ada)
    assert mails() == []


def test_line_breaks_in_a_name_break_no_mail(desk, alice):
    User.objects.filter(pk=alice.pk).update(name="Al\nBcc: eve@mail.example")
    tokens.make(
        User.objects.get(pk=alice.pk),
        name="x\r\nBcc: eve@mail.example",
        scopes=["tickets:read"],
        expires_at=None,
        key=uuid.uuid4(),
        actor=alice,
    )
    (told,) = mails()
    sent = told.message()
    assert sent["Bcc"] is None and told.to[0] == alice.email
