"""Mail that a provider only names: fetched with the mailbox's key, else in quarantine with what to enter."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from channels_app import inbound, mailboxes
from channels_app.models import Channel, InboundRecord
from helpdesk import outgoing
from helpdesk.outgoing import Answer
from tests.channels_app.providers_letters import MAIL, sns
from tickets.models import Message

pytestmark = pytest.mark.django_db


class Bucket:
    """A double of Amazon's S3: one object, asked for by path."""

    def __init__(self, content: bytes, status: int = 200, **headers: str) -> None:
        self.content, self.status, self.headers, self.asked = content, status, headers, []

    @contextmanager
    def serve(self) -> Iterator[str]:
        bucket = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                bucket.asked.append((self.path.partition("?")[0], self.headers.get("Authorization", "")))
                self.send_response(bucket.status)
                for name, value in {**bucket.headers, "Content-Length": str(len(bucket.content))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(bucket.content)

            def log_message(self, *args: object) -> None:
                """Nothing on the screen of the tests."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


class TestBucket:
    """Amazon has put the mail into a bucket, and tells where."""

    @pytest.fixture
    def told(self, post):
        def told() -> InboundRecord:
            action = {"type": "S3", "bucketName": "mail-of-ours", "objectKey": "in/o3vrn0e0ic"}
            told, headers = sns(
                {
                    "notificationType": "Received",
                    "mail": {"source": "carol@mail.example", "messageId": "m1"},
                    "receipt": {"recipients": ["support@desk.example"], "action": action},
                },
                TopicArn="arn:aws:sns:eu-central-1:123456789012:mail",
            )
            post("amazon-ses", told, headers=headers)
            inbound.drain()
            return InboundRecord.objects.get()

        return told

    def test_without_a_key_the_reason_says_what_to_enter(self, told):
        record = told()
        assert record.state == "quarantined"
        assert "bucket mail-of-ours" in record.error
        assert "s3:GetObject" in record.error

    @pytest.mark.parametrize("by_sending", [False, True])
    def test_with_one_the_very_mail_is_fetched(self, by_sending, told, mailbox, monkeypatch, ada):
        record = told()
        if by_sending:
            kept = {"provider_key": "AKIAOURS", "provider_second_key": "s"}
            Channel.objects.update(secrets=kept, config={"outgoing": "amazon_ses"})
        else:
            Channel.objects.update(secrets={"hook_s3_key": "AKIAOURS", "hook_s3_secret": "s"})
        bucket = Bucket(MAIL)
        with bucket.serve() as address:
            monkeypatch.setenv("AWS_ENDPOINT_URL_S3", address)
            inbound.replay(record, actor=ada)
            inbound.drain()
        message = Message.objects.get()
        assert (message.external_id, message.sender_address) == ("p1@mail.example", "carol@mail.example")
        assert bucket.asked[0][0] == "/mail-of-ours/in/o3vrn0e0ic"
        assert "AKIAOURS" in bucket.asked[0][1]
        assert "eu-central-1/s3" in bucket.asked[0][1]
        inbound.journal(mailbox, "INBOX:1:1", MAIL)
        inbound.drain()
        assert Message.objects.count() == 1, "bit by bit what its sender made"

    @pytest.mark.parametrize(
        ("bucket", "state", "reason"),
        [
            (Bucket(b"<Error><Code>AccessDenied</Code></Error>", 403), "quarantined", "AccessDenied"),
            (Bucket(b"", 503), "pending", "S3"),
            (Bucket(b"x" * 2000), "quarantined", "larger than this desk reads"),
            (Bucket(b"x", **{"x-amz-meta-x-amz-key-v2": "k"}), "quarantined", "encrypts"),
        ],
    )
    def test_what_the_bucket_does_not_give(self, bucket, state, reason, told, monkeypatch, settings):
        settings.MAIL_MAX_BYTES = 1900
        mailboxes.change(Channel.objects.get(), secrets={"hook_s3_key": "AKIA", "hook_s3_secret": "s"})
        with bucket.serve() as address:
            monkeypatch.setenv("AWS_ENDPOINT_URL_S3", address)
            record = told()
        assert record.state == state
        assert reason in record.error


def test_resend_hands_over_the_raw_mail_to_whoever_has_its_key(post, monkeypatch, ada):
    told = {"type": "email.received", "created_at": "2026-11-22T23:41:12Z", "data": {"email_id": "r/1"}}
    post("resend", told)
    inbound.drain()
    record = InboundRecord.objects.get()
    assert "Enter its API key" in record.error
    asked = []

    def fetch(url: str, *, headers, **_options) -> Answer:
        asked.append((url, headers.get("Authorization")))
        listed = json.dumps({"raw": {"download_url": "https://cdn.example/raw"}}).encode()
        return Answer(status=200, headers={}, body=listed if "api.resend" in url else MAIL, url=url)

    monkeypatch.setattr(outgoing, "fetch", fetch)
    Channel.objects.update(secrets={"hook_resend_key": "re_1"})
    inbound.replay(record, actor=ada)
    inbound.drain()
    assert Message.objects.get().external_id == "p1@mail.example"
    assert asked == [
        ("https://api.resend.com/emails/receiving/r%2F1", "Bearer re_1"),
        ("https://cdn.example/raw", None),
    ]
