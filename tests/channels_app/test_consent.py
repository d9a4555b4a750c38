"""Consent instead of a password, from the admin's click to mail in and out, with the provider doubled."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from channels_app import consent, courier
from channels_app.adapters.email import check, fetching, signing_in, trial
from channels_app.consent import ConsentLost
from channels_app.models import Channel, Grant, InboundRecord, OAuthClient
from helpdesk.accounts.models import User
from tests.channels_app.adapters.email.mails import raw
from tests.channels_app.adapters.email.test_fetching import fetching_from
from tests.consenter import CLIENT, SECRET, Consenter, way_back
from tests.journeys import desk
from tests.mailservers import Dovecot, certificate, free_port
from tickets import intake, replies

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:Requiring AUTH"),
]
ACCOUNT = "support@desk.example"


@pytest.fixture
def provider(settings):
    server = Consenter(ACCOUNT)
    settings.OAUTH_PROVIDERS = {
        "google": server.endpoints("localhost"),
        "microsoft": server.endpoints("outlook.office365.com"),
    }
    settings.OAUTH_PRIVATE_HOSTS = ["127.0.0.1"]
    settings.SMTP_LISTENER_PORT = 0
    yield server
    server.close()


@pytest.fixture
def admin(client: Client, ada: User) -> Client:
    client.force_login(ada)
    return client


@pytest.fixture
def box(mailbox: Channel) -> Channel:
    mailbox.config = {"imap_host": "localhost", "imap_port": 1, "imap_security": "none"}
    mailbox.save()
    return mailbox


@pytest.fixture
def registered() -> OAuthClient:
    return OAuthClient.objects.create(provider="google", client_id=CLIENT, secrets={"client_secret": SECRET})


@pytest.fixture
def connected(admin, box, provider, registered) -> Grant:
    """The mailbox after the admin has said yes at the provider."""
    address = admin.get(f"/settings/mailboxes/{box.pk}/consent/begin/").url
    response = admin.get(way_back(provider.agree(address)), follow=True)
    assert b"Connected as support@desk.example" in response.content
    return Grant.objects.get(channel=box)


def expire(grant: Grant, **ago) -> None:
    Grant.objects.filter(pk=grant.pk).update(expires_at=timezone.now() - timedelta(**ago))


class TestConnecting:
    def test_the_desk_is_registered_and_its_secret_never_comes_out(self, admin, provider):
        page = admin.get("/settings/consent/").content.decode()
        assert "http://127.0.0.1:8000/settings/consent/back/" in page
        data = {"google-client_id": CLIENT, "google-client_secret": SECRET}
        page = admin.post("/settings/consent/google/", data, follow=True).content.decode()
        assert "Registered" in page
        assert SECRET not in page
        admin.post("/settings/consent/google/", {"google-client_id": "other", "google-client_secret": ""})
        kept = OAuthClient.objects.get()
        assert (kept.client_id, kept.secrets) == ("other", {"client_secret": SECRET})

    def test_without_a_secret_nothing_is_kept(self, admin):
        response = admin.post("/settings/consent/microsoft/", {"microsoft-client_id": CLIENT})
        assert response.status_code == 422
        assert not OAuthClient.objects.exists()
        assert admin.post("/settings/consent/yahoo/", {}).status_code == 404

    def test_a_mailbox_is_connected(self, connected, box, admin):
        box.refresh_from_db()
        assert connected.account == ACCOUNT
        assert box.config["imap_user"] == box.config["smtp_user"] == ACCOUNT
        page = admin.get(f"/settings/mailboxes/{box.pk}/incoming/").content.decode()
        assert "renews by itself" in page
        for secret in connected.secrets.values():
            assert secret not in page

    def test_tokens_are_encrypted(self, connected):
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT secrets FROM channels_app_grant")
            assert "access" not in cursor.fetchone()[0]

    def test_an_answer_with_another_state_is_refused(self, admin, box, provider, registered):
        address = admin.get(f"/settings/mailboxes/{box.pk}/consent/begin/").url
        query = provider.agree(address) | {"state": "forged"}
        response = admin.get(way_back(query), follow=True)
        assert b"belongs to no question of yours" in response.content
        assert not Grant.objects.exists()

    def test_an_answer_counts_once_and_for_its_own_session(self, admin, box, provider, registered):
        address = admin.get(f"/settings/mailboxes/{box.pk}/consent/begin/").url
        query = provider.agree(address)
        other = Client()
        other.force_login(User.objects.get())
        other.get(way_back(query))
        assert not Grant.objects.exists()
        admin.get(way_back(query))
        admin.get(way_back(query))
        assert len(provider.asked) == 1

    @pytest.mark.parametrize(
        ("answer", "told"),
        [
            (
                {"error": "invalid_client", "error_description": "No such client.\nTrace: 1"},
                "No such client.",
            ),
            ({"access_token": "x"}, "gave no lasting consent"),
            ({}, "no reason given"),
        ],
    )
    def test_a_refusal_is_told(self, answer, told, admin, box, provider, registered):
        provider.answer = answer
        address = admin.get(f"/settings/mailboxes/{box.pk}/consent/begin/").url
        page = admin.get(way_back(provider.agree(address)), follow=True).content.decode()
        assert told in page
        assert "Trace" not in page
        assert not Grant.objects.exists()

    def test_a_no_at_the_provider_is_told(self, admin, box, provider, registered):
        admin.get(f"/settings/mailboxes/{box.pk}/consent/begin/")
        state = admin.session["mailbox_consent"]["state"]
        page = admin.get(way_back({"error": "access_denied", "state": state}), follow=True)
        assert b"access_denied" in page.content

    def test_an_unregistered_desk_is_sent_to_register(self, admin, box, provider):
        response = admin.get(f"/settings/mailboxes/{box.pk}/consent/begin/")
        assert response.url == "/settings/consent/"

    def test_a_server_of_no_provider_takes_passwords_only(self, admin, mailbox):
        assert admin.get(f"/settings/mailboxes/{mailbox.pk}/consent/begin/").status_code == 404

    def test_the_consent_is_forgotten(self, admin, connected, box):
        admin.post(f"/settings/mailboxes/{box.pk}/consent/end/")
        assert not Grant.objects.exists()

    @pytest.mark.parametrize("who", ["alice", "sam"])
    def test_consent_is_for_admins(self, who, client, box, request):
        client.force_login(request.getfixturevalue(who))
        for path in ("consent/", "consent/back/", f"mailboxes/{box.pk}/consent/begin/"):
            assert client.get(f"/settings/{path}").status_code == 403


class TestTokens:
    def test_a_good_token_is_used_as_it_is(self, connected, box, provider):
        assert consent.access_token(box, "localhost") == connected.secrets["access_token"]
        assert provider.renewals == 0

    def test_no_other_server_is_ever_given_a_token(self, connected, box):
        assert consent.access_token(box, "evil.example") == ""
        box.config["smtp_host"] = "evil.example"
        assert "smtp_access_token" not in signing_in.secrets(box)

    def test_it_is_renewed_before_it_ends_and_the_new_refresh_token_is_kept(self, connected, box, provider):
        Grant.objects.update(expires_at=timezone.now() + timedelta(minutes=5))
        token = consent.access_token(box, "localhost")
        assert token != connected.secrets["access_token"]
        expire(connected, minutes=1)
        assert consent.access_token(box, "localhost") not in ("", token)
        assert provider.renewals == 2

    def test_the_beat_renews_what_nobody_uses(self, connected, provider):
        Grant.objects.update(expires_at=timezone.now() + timedelta(minutes=5))
        assert consent.renew_due(timezone.now()) == 0
        assert consent.renew_due(timezone.now()) == 0
        assert provider.renewals == 1

    @pytest.mark.parametrize("minutes", [-1, 5])
    def test_several_at_once_renew_it_once(self, minutes, connected, box, provider):
        """Those with a token that is still good do not wait; those without one do."""
        provider.slow = 0.3
        Grant.objects.update(expires_at=timezone.now() + timedelta(minutes=minutes))
        tokens = []

        def work() -> None:
            tokens.append(consent.access_token(box, "localhost"))
            connections.close_all()

        threads = [threading.Thread(target=work) for _each in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
        assert provider.renewals == 1
        assert len(tokens) == 4
        assert all(tokens)

    def test_while_the_provider_is_away_the_old_token_is_used_up(self, connected, box, provider):
        provider.answer = {"error": "temporarily_unavailable"}
        Grant.objects.update(expires_at=timezone.now() + timedelta(minutes=5))
        assert consent.access_token(box, "localhost") == connected.secrets["access_token"]
        grant = Grant.objects.get()
        assert grant.failed_at and not grant.revoked_at
        expire(grant, minutes=1)
        with pytest.raises(OSError, match="temporarily_unavailable"):
            consent.access_token(box, "localhost")
        provider.answer = None
        assert consent.access_token(box, "localhost")
        assert Grant.objects.get().failed_at is None

    def test_a_withdrawn_consent_is_known_and_asked_about_no_more(self, connected, box, provider, admin):
        provider.refresh_tokens.clear()
        expire(connected, minutes=1)
        for _each in range(2):
            with pytest.raises(ConsentLost):
                consent.access_token(box, "localhost")
        assert provider.renewals == 1
        assert consent.renew_due(timezone.now()) == 0
        page = admin.get(f"/settings/mailboxes/{box.pk}/incoming/").content.decode()
        assert "Consent lost" in page
        assert "Connect again" in page

    def test_a_trial_says_that_the_consent_is_lost(self, connected, box, provider):
        provider.refresh_tokens.clear()
        expire(connected, minutes=1)
        box.config |= {"smtp_host": "localhost"}
        assert "Connect it again" in trial.round_trip(box)[1].message


@pytest.fixture
def imap(mail_home, provider):
    """A Dovecot that takes the provider's tokens."""
    home = mail_home / f"consent-{free_port()}"
    home.mkdir()
    server = Dovecot(home, free_port(), free_port(), certificate(home))
    server.introspection = provider.url("/introspect")
    server.start()
    yield server
    server.stop()


@pytest.mark.dovecot
class TestMail:
    def test_mail_is_fetched_with_a_token_and_with_the_next_one(
        self, connected, box, imap, provider, monkeypatch
    ):
        monkeypatch.setattr(fetching, "FIRST_PAUSE", 0.01)
        box.refresh_from_db()
        box.config |= {"imap_port": imap.port}
        box.save()
        imap.put(ACCOUNT, raw())
        with fetching_from(box) as fetcher:
            desk.soon(lambda: InboundRecord.objects.count() == 1)
            expire(connected, minutes=1)
            provider.tokens.clear()
            fetcher._box.hang_up()
            imap.put(ACCOUNT, raw(Message_ID="<second@x>"))
            desk.soon(lambda: InboundRecord.objects.count() == 2)
        assert provider.renewals == 1

    def test_a_lost_consent_is_told_and_a_new_one_is_taken_up_by_itself(
        self, connected, box, imap, provider, admin, monkeypatch
    ):
        box.refresh_from_db()
        box.config |= {"imap_port": imap.port}
        box.save()
        provider.refresh_tokens.clear()
        expire(connected, minutes=1)
        imap.put(ACCOUNT, raw())
        with desk.at_work(worker=False):
            desk.soon(lambda: "withdrawn" in Channel.objects.get(pk=box.pk).last_error)
            address = admin.get(f"/settings/mailboxes/{box.pk}/consent/begin/").url
            admin.get(way_back(provider.agree(address)))
            desk.soon(lambda: InboundRecord.objects.exists(), seconds=10)
            Channel.objects.filter(pk=box.pk).update(is_active=False)

    def test_answers_go_out_with_a_token(self, connected, box, provider, written, alice):
        with provider.smtp() as smtp:
            box.refresh_from_db()
            box.config |= {"smtp_host": "localhost", "smtp_port": smtp.port, "smtp_security": "none"}
            box.save()
            expire(connected, minutes=1)
            ticket = intake.receive(written()).ticket
            replies.send(ticket, author=alice, body="Tomorrow.", key=uuid4())
            courier.drain()
            assert len(smtp.mails) == 1
            assert check.test_smtp(box.config, signing_in.secrets(box)).ok

    def test_a_token_that_is_refused_says_so(self, connected, box, provider):
        with provider.smtp() as smtp:
            provider.tokens.clear()
            box.config |= {
                "smtp_host": "localhost",
                "smtp_port": smtp.port,
                "smtp_security": "none",
                "smtp_user": "x",
            }
            outcome = check.test_smtp(box.config, signing_in.secrets(box))
            assert not outcome.ok
            assert "5.7.8" in outcome.message
