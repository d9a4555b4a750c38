"""Mail and its fate by a provider's web request: proven, journaled as it came, understood in the worker."""

import base64
import hashlib
import hmac
import json
import time

import pytest
from django.test import Client
from django.utils import timezone

from channels_app import alarms, hooks, inbound
from channels_app.models import Channel, Hook, InboundRecord
from helpdesk import outgoing
from helpdesk.outgoing import Answer, NotReached, Trouble
from tests.channels_app.providers_letters import LETTERS, MAIL, form, postmark, sns
from tickets.models import Message

pytestmark = pytest.mark.django_db


def sent(post, name: str):
    provider, data = LETTERS[name]
    data = json.loads(json.dumps(data)) if "_form" not in data else dict(data)
    data, headers = sns(data) if provider == "amazon-ses" else (data, {})
    return post(provider, data, headers=headers)


@pytest.mark.parametrize("name", LETTERS)
def test_a_mail_becomes_a_ticket(name, post, mailbox):
    assert sent(post, name).status_code == 200
    record = InboundRecord.objects.get()
    assert (record.state, record.channel) == ("pending", mailbox)
    inbound.drain()
    record.refresh_from_db()
    assert (record.state, record.error) == ("done", "")
    message = Message.objects.get()
    assert message.sender_address == "carol@mail.example"
    assert message.subject == "Where is my parcel?"
    assert ("It has not come." in message.text) or ("Мой заказ не пришёл." in message.text)
    if name == "mailgun parts":
        assert message.attachments.get().name == "crack.txt"


def test_the_mail_is_the_very_one_its_sender_made(post, mailbox):
    """The same mail by IMAP and by a provider is one message."""
    sent(post, "postmark raw")
    inbound.journal(mailbox, "INBOX:1:1", MAIL)
    inbound.drain()
    assert Message.objects.count() == 1


def test_a_request_that_comes_twice_is_kept_once(post):
    assert sent(post, "postmark parts").status_code == 200
    assert sent(post, "postmark parts").status_code == 200
    assert InboundRecord.objects.count() == 1


def test_200_is_said_after_the_commit_only(post, monkeypatch):
    def full(*_args, **_named):
        raise OSError("disk full")

    monkeypatch.setattr(inbound, "journal", full)
    with pytest.raises(OSError, match="disk full"):
        sent(post, "postmark parts")


@pytest.mark.parametrize(
    ("provider", "data"),
    [
        ("postmark", {"FromFull": None}),
        ("postmark", "[]"),
        ("brevo", {"items": [{}, {}]}),
        ("sparkpost", [{}]),
        ("amazon-ses", {"Type": "Notification"}),
        ("sendgrid", form(nothing="1")),
    ],
)
def test_what_cannot_be_understood_is_in_quarantine_with_its_bytes(provider, data, post):
    assert post(provider, data).status_code == 200
    inbound.drain()
    record = InboundRecord.objects.get()
    assert record.state == "quarantined"
    assert record.error
    assert record.raw()


def brevo(post, mailbox) -> InboundRecord:
    provider, data = LETTERS["brevo"]
    data = json.loads(json.dumps(data))
    data["items"][0]["Attachments"] = [
        {"Name": "crack.txt", "DownloadToken": "a/b", "ContentType": "text/plain"}
    ]
    post(provider, data)
    inbound.drain()
    return InboundRecord.objects.get()


def test_brevos_files_are_fetched_with_its_key(post, mailbox, monkeypatch, ada):
    """Without the key the mail waits in quarantine; with it, it is read again."""
    record = brevo(post, mailbox)
    assert "Enter the API key of Brevo" in record.error
    asked = []

    def fetch(url: str, *, headers, **_options) -> Answer:
        asked.append((url, headers["api-key"]))
        return Answer(status=200, headers={"content-type": "text/plain"}, body=b"crack", url=url)

    monkeypatch.setattr(outgoing, "fetch", fetch)
    Channel.objects.update(secrets={"hook_api_key": "k"})
    inbound.replay(record, actor=ada)
    inbound.drain()
    assert Message.objects.get().attachments.get().name == "crack.txt"
    assert asked == [("https://api.brevo.com/v3/inbound/attachments/a%2Fb", "k")]


class TestProof:
    def test_without_the_secret_nothing_is_taken(self, post, mailbox):
        response = post("postmark", postmark(), password="guessed")
        assert response.status_code == 401
        assert response["WWW-Authenticate"].startswith("Basic")
        assert Client().post(f"/hooks/mail/{mailbox.pk}/postmark/").status_code == 401
        broken = {"Authorization": "Basic !!!"}
        assert Client().post(f"/hooks/mail/{mailbox.pk}/postmark/", headers=broken).status_code == 401
        assert not InboundRecord.objects.exists()
        assert Hook.objects.get().refused == 3

    def test_a_mailbox_without_a_secret_takes_nothing(self, mailbox):
        for words in ("desk:", ":", "desk:None"):
            given = {"Authorization": f"Basic {base64.b64encode(words.encode()).decode()}"}
            assert Client().post(f"/hooks/mail/{mailbox.pk}/brevo/", headers=given).status_code == 401

    def test_two_secrets_are_good_during_a_change(self, post, mailbox, secret):
        new = hooks.rotate(Channel.objects.get())
        assert post("postmark", postmark(), password=secret).status_code == 200
        assert post("postmark", postmark(MessageID="y"), password=new).status_code == 200
        hooks.retire(Channel.objects.get())
        assert post("postmark", postmark(MessageID="z"), password=secret).status_code == 401
        assert post("postmark", postmark(MessageID="z"), password=new).status_code == 200

    def test_an_alarm_after_five_that_ends_with_a_good_one(self, post, mailbox):
        for _each in range(5):
            assert not [one for one in alarms.troubles(timezone.now()) if one[0] == "hooks"]
            post("postmark", postmark(), password="guessed")
        assert list(alarms.troubles(timezone.now())) == [("hooks", mailbox.pk, {"count": 5})]
        post("postmark", postmark())
        assert list(alarms.troubles(timezone.now())) == []

    @pytest.mark.parametrize(
        ("key", "ago", "status"), [("signing", 0, 200), ("other", 0, 401), ("signing", 3600, 401)]
    )
    def test_mailguns_signature_is_as_good_as_a_secret(self, key, ago, status, post, mailbox):
        Channel.objects.update(secrets={"hook_signing_key": "signing"})
        moment = str(int(time.time()) - ago)
        signature = hmac.new(key.encode(), f"{moment}tok".encode(), hashlib.sha256).hexdigest()
        signed = {"timestamp": moment, "token": "tok", "signature": signature}
        data = form(**{"body-mime": MAIL.decode(), **signed})
        assert post("mailgun", data, password="").status_code == status
        event = {"signature": signed, "event-data": {"event": "opened", "timestamp": 1}}
        assert post("mailgun", event, password="").status_code == status

    def test_a_signature_is_no_proof_for_other_providers(self, post, mailbox):
        Channel.objects.update(secrets={"hook_signing_key": "signing"})
        moment = str(int(time.time()))
        signature = hmac.new(b"signing", f"{moment}tok".encode(), hashlib.sha256).hexdigest()
        data = form(timestamp=moment, token="tok", signature=signature)
        assert post("sendgrid", data, password="").status_code == 401

    @pytest.mark.parametrize("path", ["/hooks/mail/999/postmark/", "/hooks/mail/{pk}/nobody/"])
    def test_there_is_nothing_else(self, path, mailbox):
        assert Client().post(path.format(pk=mailbox.pk)).status_code == 404

    def test_a_mailbox_that_is_off_takes_nothing(self, post, mailbox):
        Channel.objects.update(is_active=False)
        assert post("postmark", postmark()).status_code == 404

    def test_a_look_is_answered_and_get_is_not(self, mailbox):
        assert Client().head(f"/hooks/mail/{mailbox.pk}/mailgun/").status_code == 200
        assert Client().get(f"/hooks/mail/{mailbox.pk}/mailgun/").status_code == 405

    def test_what_is_too_large_is_not_taken(self, post, settings):
        settings.MAIL_MAX_BYTES = 1000
        assert post("postmark", postmark(TextBody="x" * 3000)).status_code == 413

    def test_too_many_are_told_to_come_again(self, post, monkeypatch):
        monkeypatch.setattr(hooks, "PER_MINUTE", 2)
        codes = [post("postmark", postmark(MessageID=str(number))).status_code for number in range(3)]
        assert codes in ([200, 200, 429], [200, 200, 200])  # a minute may begin in between
        assert 429 in [*codes, post("postmark", postmark(MessageID="x")).status_code]


class TestSubscription:
    """Amazon asks first whether its news are wanted."""

    def ask(self, post, address: str) -> InboundRecord:
        told, headers = sns(
            "", Type="SubscriptionConfirmation", SubscribeURL=address, TopicArn="arn:x", Token="t"
        )
        post("amazon-ses", told, headers=headers)
        inbound.drain()
        return InboundRecord.objects.get()

    def test_it_is_told_yes(self, post, monkeypatch):
        asked = []
        monkeypatch.setattr(
            outgoing,
            "fetch",
            lambda url, **_: asked.append(url) or Answer(status=200, headers={}, body=b"", url=url),
        )
        address = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=t"
        assert self.ask(post, address).state == "report"
        assert asked == [address]

    @pytest.mark.parametrize(
        "address",
        [
            "https://evil.example/",
            "http://sns.eu-west-1.amazonaws.com/",
            "https://sns.x.amazonaws.com.evil.example/",
        ],
    )
    def test_nobody_else_is(self, address, post, monkeypatch):
        monkeypatch.setattr(outgoing, "fetch", lambda *_a, **_n: pytest.fail("asked"))
        assert self.ask(post, address).state == "quarantined"

    def test_amazon_out_of_reach_is_tried_again_by_a_person(self, post, monkeypatch):
        def away(*_args, **_named):
            raise NotReached(Trouble.TOO_SLOW)

        monkeypatch.setattr(outgoing, "fetch", away)
        record = self.ask(post, "https://sns.eu-west-1.amazonaws.com/?x")
        assert record.state == "quarantined"
        assert "too_slow" in record.error


class TestPage:
    @pytest.fixture
    def admin(self, client, ada):
        client.force_login(ada)
        return client

    def test_a_secret_is_shown_once_and_never_again(self, admin, mailbox):
        page = admin.post(f"/settings/mailboxes/{mailbox.pk}/hooks/secret/").content.decode()
        secret = Channel.objects.get().secrets["hook_secret"]
        assert secret in page
        assert f"http://127.0.0.1:8000/hooks/mail/{mailbox.pk}/mailgun/" in page
        page = admin.get(f"/settings/mailboxes/{mailbox.pk}/hooks/").content.decode()
        assert secret not in page
        again = admin.post(f"/settings/mailboxes/{mailbox.pk}/hooks/secret/").content.decode()
        assert secret not in again
        admin.post(f"/settings/mailboxes/{mailbox.pk}/hooks/secret/retire/")
        assert set(Channel.objects.get().secrets) == {"hook_secret"}

    def test_a_signing_key_is_kept_and_taken_away(self, admin, mailbox):
        path = f"/settings/mailboxes/{mailbox.pk}/hooks/keys/"
        admin.post(path, {"signing_key": "key-1", "api_key": "key-2"})
        kept = {"hook_signing_key": "key-1", "hook_api_key": "key-2"}
        assert Channel.objects.get().secrets == kept
        page = admin.get(f"/settings/mailboxes/{mailbox.pk}/hooks/").content
        assert b"key-1" not in page
        assert b"key-2" not in page
        admin.post(path, {"signing_key": "", "api_key": ""})
        assert Channel.objects.get().secrets == kept
        admin.post(path, {"drop": ["signing_key", "nonsense"]})
        assert Channel.objects.get().secrets == {"hook_api_key": "key-2"}

    def test_the_last_request_is_told(self, admin, mailbox, post):
        sent(post, "postmark parts")
        post("brevo", {}, password="guessed")
        page = admin.get(f"/settings/mailboxes/{mailbox.pk}/hooks/").content.decode()
        assert "today, " in page
        assert "1 refused" in page
