"""Every address of the desk is guarded, unless it stands in a short list here; reading changes nothing."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as desk
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from channels_app import inbound
from helpdesk.accounts.models import User
from knowledge import writing
from sop import writing as procedures
from sop.models import Chapter
from tests import people
from tests.architecture.addresses import Address, addresses, filled
from tests.standing import lent, made
from tickets import drafts, replies
from tickets.models import Attachment, Customer, Organisation, Ticket

pytestmark = pytest.mark.django_db

PUBLIC = {
    # Signing in, and what must answer to people who cannot.
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "openid_connect_login",  # these are "not found" unless the admin set up a provider
    "openid_connect_callback",
    "saml_login",
    "saml_acs",
    "saml_finish_acs",
    "saml_sls",
    "saml_metadata",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "admin:logout",
    "set_language",
    "health",
    "manifest",  # browsers ask for these without signing in, and they hold nothing but the company's name
    "worker",
    "offline",
    "channels:hook",  # providers prove themselves by the mailbox's secret
    # The help centre, for everybody: it holds nothing but what is published for everybody.
    "knowledge:robots",
    "knowledge:help-begin",
    "knowledge:help-sitemap",
    "knowledge:help-theme",
    "knowledge:help-picture",
    "knowledge:help-video",
    "knowledge:help-captions",
    "knowledge:help-here",  # a proof that the desk is itself, and nothing else
    "knowledge:help",
    "knowledge:help-search",
    "knowledge:help-suggest",
    "knowledge:help-category",
    "knowledge:help-contact",
    "knowledge:help-ideas",
    "knowledge:help-ideas-alike",
    "knowledge:help-idea",
    "knowledge:help-idea-new",
    "knowledge:help-idea-vote",
    "knowledge:help-idea-comment",
    "knowledge:help-idea-leave",
    "knowledge:help-enter",
    "knowledge:help-requests",
    "knowledge:help-leave",
    "knowledge:help-file",
    "knowledge:help-request",
    "knowledge:help-close",
    "knowledge:help-rate",
    "knowledge:help-rate-invited",
    "knowledge:help-rate-leave",
    "knowledge:help-opinion",
    "knowledge:help-article",
    "accounts:welcome",  # refuses whoever does not hold the token of an empty desk
}
FOR_ADMINS = re.compile(r"^(/settings/|/admin/|/welcome/mailbox/)")
WRITES = re.compile(r"^(INSERT|UPDATE|DELETE|TRUNCATE|ALTER|CREATE|DROP)\b", re.IGNORECASE)
BOOKKEEPING = (
    "django_session",
    "usersessions",
    "accounts_auditentry",  # reading raw mail is told
    "tickets_pushkeys",  # made once, by whoever asks first
)


@pytest.fixture(scope="module")
def standing(lasting) -> dict[str, Any]:
    """Rows that exist, and the people who work on them."""
    staff = (people.orders, people.alice, people.ada)
    known = made(*staff, people.mailbox, people.written, people.ticket)
    return known | {"rows": samples(known["ticket"], known["alice"])}


def samples(ticket: Ticket, alice: User) -> dict[str, str]:
    """What stands in the place of the samples."""
    sent = replies.send(ticket, author=alice, body="Tomorrow.", key=uuid.UUID(int=9))
    draft = drafts.save(ticket, author=alice, mode="reply", body="And")
    file = drafts.attach(draft, name="x", content=b"x", content_type="text/plain")
    Attachment.objects.filter(pk=file.pk).update(draft=None, message=sent)
    record = inbound.journal(ticket.channel, "x", b"x")
    lakeside = Organisation.objects.create(name="Lakeside")
    Customer.objects.filter(pk=ticket.customer_id).update(organisation=lakeside)
    article = writing.begin(language="en", title="Refunds", category=None, actor=alice)
    chapter = Chapter.objects.create(slug="lost", names={"en": "Lost parcels"})
    begun = procedures.begin(language="en", title="Lost parcel", chapter=chapter, actor=alice)
    procedure = begun.procedure
    return {
        "/tickets/1/": f"/tickets/{ticket.number}/",
        "/messages/1/": f"/messages/{sent.pk}/",
        "/attachments/1/": f"/attachments/{file.pk}/",
        "/deliveries/1/": f"/deliveries/{sent.deliveries.get().pk}/",
        "/quarantine/1/": f"/quarantine/{record.pk}/",
        "/mailboxes/1/": f"/mailboxes/{ticket.channel.pk}/",
        "/customers/1/": f"/customers/{ticket.customer_id}/",
        "/organisations/1/": f"/organisations/{lakeside.pk}/",
        "/articles/1/": f"/articles/{article.pk}/",
        "/procedures/1/x/": f"/procedures/{procedure.pk}/en/",
        "/procedures/1/": f"/procedures/{procedure.pk}/",
        "/help/x/": "/help/en/",
    }


orders, alice, ada = lent("orders"), lent("alice"), lent("ada")
mailbox, ticket, rows = lent("mailbox"), lent("ticket"), lent("rows")


@pytest.fixture
def real(rows: dict[str, str]) -> Callable[[str], str]:
    """Puts rows that exist in the place of the samples."""

    def replace(url: str) -> str:
        for sample, row in rows.items():
            url = url.replace(sample, row)
        return url

    return replace


def ours() -> list[Address]:
    return [address for address in addresses() if not address.name.startswith(("admin:", "account_"))]


def guarded() -> list[Address]:
    return [address for address in addresses() if address.name not in PUBLIC]


def refuses(response: Any) -> bool:
    """To the sign-in page, or told off; a fragment is sent away by a header."""
    if response.status_code == 302:
        return response["Location"].startswith(("/sign-in/", f"{reverse('account_login')}?", "/admin/login/"))
    return response.status_code in (401, 403, 405)


def test_nobody_enters_without_signing_in(settings):
    """Neither to read nor to write; a fragment is refused like its page."""
    settings.API_RATE_ANONYMOUS = 100_000
    fragment, open_to_all = {"HX-Request": "true"}, []
    visitor = Client()
    for address in guarded():
        for method, headers in (("GET", {}), ("POST", {}), ("GET", fragment)):
            visitor.cookies.clear()  # each time somebody new
            answer = visitor.generic(method, address.url, headers=headers)
            if not refuses(answer):
                open_to_all.append((address.name, method, answer.status_code))
    assert not open_to_all


def test_what_is_for_admins_is_refused_to_agents(client: Client, alice):
    client.force_login(alice)
    doors = {"admin:logout", "admin:jsi18n"}
    asked = [each for each in addresses() if FOR_ADMINS.match(each.url) and each.name not in doors]
    answers = {each.name: client.get(each.url) for each in asked}
    let_in = {
        name: answer.status_code
        for name, answer in answers.items()
        if not (refuses(answer) or answer.status_code == 404)
    }
    assert not let_in
    assert client.get("/profile/").status_code == 200, "still signed in"


def test_reading_changes_nothing(client: Client, ada, real):
    """A verb answers 405 to GET; a page only reads: what a link prefetches must do no harm."""
    client.force_login(ada)
    changed, odd = {}, {}
    for address in ours():
        with transaction.atomic(), CaptureQueriesContext(connection) as seen:
            response = client.get(real(address.url))
            transaction.set_rollback(True)
        if written := [query["sql"] for query in seen if _writes(query["sql"])]:
            changed[address.name] = written
        if response.status_code not in (200, 302, 404, 405):
            odd[address.name] = response.status_code
    assert not changed
    assert not odd
    assert client.get("/profile/").status_code == 200, "still signed in"


def test_every_view_says_who_may_open_it():
    own = [each for each in ours() if each.name not in PUBLIC]
    assert not [each.name for each in own if each.guard not in {"staff", "admin", "api"}]


def test_what_programs_call_wears_the_guard_of_the_api():
    """Tokens and scopes are asked for there, and nowhere else."""
    found = {address.name: address for address in addresses()}
    wearing = {name for name, address in found.items() if address.guard == "api"}
    assert wearing == {name for name, each in found.items() if each.url.startswith("/api/")} - {"rest:docs"}


def test_the_list_of_public_addresses_holds_no_ghosts():
    named = {address.name for address in addresses()}
    assert named >= PUBLIC - {"account_signup", "account_inactive", "set_language"}


def test_the_walk_found_the_desk():
    names = {address.name for address in addresses()}
    assert {
        "tickets:list",
        "tickets:ticket",
        "tickets:reply",
        "channels:quarantine",
        "accounts:profile",
    } <= names
    assert not FOR_ADMINS.match("/tickets/")


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        ("tickets/<int:number>/replies/", "tickets/1/replies/"),
        ("<str:name>", "x"),
        ("<name>/", "x/"),
        ("^(?P<url>.*)$", "x"),
        ("password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", "password/reset/key/x-x/"),
        (r"^(?P<format>json|xml)\.(?P<rest>[a-z]+)$", "x.x"),
    ],
)
def test_an_address_is_filled_with_samples(route, expected):
    assert filled(route) == expected


def _writes(sql: str) -> bool:
    return bool(WRITES.match(sql)) and not any(table in sql for table in BOOKKEEPING)


def test_static_files_have_no_view_of_their_own():
    assert desk.DEBUG is False
    assert not [address for address in addresses() if address.url.startswith("/static/")]
