"""Letters through providers, each answered by a double of its API that keeps what it was asked."""

import base64
import email
import json
import threading
from collections.abc import Iterator
from email import policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote_plus
from uuid import uuid4

import pytest
from django.utils import timezone

from channels_app import courier, files
from channels_app.adapters.email.relays import RELAYS
from channels_app.messages import read_token, token_in_id
from channels_app.models import Channel
from tickets import deliveries, replies
from tickets.models import Delivery, Lane, Message

pytestmark = pytest.mark.django_db
State = Delivery.State
GOOD = {
    "brevo": {"messageId": "<brevo-1@smtp-relay.example>"},
    "mailgun": {"id": "<mailgun-1@desk.example>", "message": "Queued. Thank you."},
    "mailjet": {
        "Messages": [
            {
                "Status": "success",
                "To": [{"Email": "carol@mail.example", "MessageID": 7}],
                "Cc": [],
                "Bcc": [],
            }
        ]
    },
    "postmark": {"ErrorCode": 0, "Message": "OK", "MessageID": "postmark-1", "To": "carol@mail.example"},
    "resend": {"id": "resend-1"},
    "sendgrid": {},
    "sparkpost": {
        "results": {"total_rejected_recipients": 0, "total_accepted_recipients": 1, "id": "sparkpost-1"}
    },
}


class Double:
    """A provider's API: keeps requests and answers as told."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        self.status, self.answer = 200, {}

    @property
    def said(self) -> str:
        """Everything it was told, with files and texts as they came."""
        told = (f"{headers}\n{body.decode('utf-8', 'replace')}" for _path, headers, body in self.asked)
        return unquote_plus("\n".join(told))

    def serve(self) -> ThreadingHTTPServer:
        double = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                double.asked.append((self.path, dict(self.headers), body))
                answer = json.dumps(double.answer).encode()
                self.send_response(double.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *args: object) -> None:
                """Nothing on the screen of the tests."""

        return ThreadingHTTPServer(("127.0.0.1", 0), Handler)


@pytest.fixture
def double() -> Iterator[Double]:
    double = Double()
    server = double.serve()
    double.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield double
    server.shutdown()
    thread.join()
    server.server_close()


def through(mailbox: Channel, double: Double, name: str) -> None:
    """The mailbox sends by this provider, whose API is the double's."""
    mailbox.config = {"outgoing": name, "provider_url": double.url}
    mailbox.secrets = {"provider_key": "key-of-ours", "provider_second_key": "second-key"}
    mailbox.save()
    double.status, double.answer = 202 if name == "sendgrid" else 200, GOOD[name]


def reply(ticket, alice, **fields: object) -> Delivery:
    sent = replies.send(ticket, author=alice, body="It comes tomorrow.", key=uuid4(), **fields)
    return Delivery.objects.get(message=sent)


def drained(delivery: Delivery) -> Delivery:
    Delivery.objects.update(due_at=timezone.now())
    Lane.objects.update(rests_until=None)
    courier.drain()
    delivery.refresh_from_db()
    return delivery


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_letter_goes_out_through_the_provider(name, double, mailbox, ticket, alice):
    through(mailbox, double, name)
    delivery = drained(reply(ticket, alice))
    assert (delivery.state, delivery.error) == (State.SENT, "")
    assert len(double.asked) == 1
    said = double.said
    for told in ("carol@mail.example", "support@desk.example", "It comes tomorrow.", "Where is my parcel?"):
        assert told in said
    assert (
        "key-of-ours" in said
        or base64.b64encode(b"key-of-ours:second-key").decode() in said
        or name == "mailgun"
    )
    assert delivery.external_id in said, "as Message-ID, or last among the References"
    assert bool(delivery.provider_id)
    assert delivery.provider_ids == [delivery.provider_id]
    assert deliveries.token(delivery) in said, "for the provider to repeat in its reports"
    assert len(deliveries.token(delivery)) <= 80
    assert read_token(token_in_id(delivery.external_id)) == ticket.pk


def test_where_the_provider_writes_an_id_of_its_own_ours_is_cited(double, mailbox, ticket, alice):
    through(mailbox, double, "sparkpost")
    delivery = drained(reply(ticket, alice))
    headers = json.loads(double.asked[0][2])["content"]["headers"]
    assert "Message-ID" not in headers
    assert headers["References"].split()[-1] == f"<{delivery.external_id}>"


def test_every_recipients_own_id_is_kept(double, mailbox, ticket, alice):
    """Mailjet gives each of them one."""
    through(mailbox, double, "mailjet")
    told = {"Email": "dan@mail.example", "MessageID": 8}
    double.answer = {"Messages": [GOOD["mailjet"]["Messages"][0] | {"Cc": [told]}]}
    assert drained(reply(ticket, alice, cc=["dan@mail.example"])).provider_ids == ["7", "8"]


def test_files_pictures_and_hidden_copies_come_along(double, mailbox, ticket, alice):
    through(mailbox, double, "postmark")
    delivery = reply(ticket, alice, cc=["Dan <dan@mail.example>"], bcc=["boss@desk.example"])
    message = delivery.message
    for name, inline in (("számla.pdf", False), ("logo.png", True)):
        digest = files.store(name.encode())
        message.attachments.create(
            sha256=digest,
            name=name,
            size=4,
            inline=inline,
            content_id="logo@desk" if inline else "",
            content_type="image/png" if inline else "application/pdf",
        )
    Message.objects.filter(pk=message.pk).update(html='<p>It comes</p><img src="cid:logo@desk">')
    assert drained(delivery).state == State.SENT
    told = json.loads(double.asked[0][2])
    assert (told["Cc"], told["Bcc"]) == ("Dan <dan@mail.example>", "boss@desk.example")
    sent = {each["Name"]: each for each in told["Attachments"]}
    assert base64.b64decode(sent["számla.pdf"]["Content"]).decode() == "számla.pdf"
    assert sent["logo.png"]["ContentID"] == "cid:logo@desk"
    assert {"Name": "X-PM-KeepID", "Value": "true"} in told["Headers"]


def test_a_repeated_request_is_harmless_where_the_provider_helps(double, mailbox, ticket, alice):
    through(mailbox, double, "resend")
    double.status = 500
    delivery = drained(reply(ticket, alice))
    double.status = 200
    assert drained(delivery).state == State.SENT
    keys = {headers["Idempotency-Key"] for _path, headers, _body in double.asked}
    assert (len(double.asked), keys) == (2, {delivery.external_id})


@pytest.mark.parametrize(
    ("status", "answer", "state", "rests"),
    [
        (422, {"ErrorCode": 300, "Message": "Invalid email"}, State.FAILED, False),
        (400, {"Message": "bad request"}, State.FAILED, False),
        (413, {"Message": "too large"}, State.FAILED, False),
        (401, {"Message": "bad key"}, State.PENDING, True),
        (429, {"Message": "slow down"}, State.PENDING, True),
        (500, {"Message": "our fault"}, State.PENDING, True),
        (503, {}, State.PENDING, True),
    ],
)
def test_whose_fault_it_is_decides(status, answer, state, rests, double, mailbox, ticket, alice):
    through(mailbox, double, "postmark")
    double.status, double.answer = status, answer
    delivery = reply(ticket, alice)
    courier.drain()
    delivery.refresh_from_db()
    assert delivery.state == state
    assert "Postmark" in delivery.error
    assert "key-of-ours" not in delivery.error
    assert (Lane.objects.get().rests_until is not None) == rests


def test_a_refused_key_is_named_as_the_cause(double, mailbox, ticket, alice):
    through(mailbox, double, "brevo")
    double.status, double.answer = 401, {"message": "Key not found", "code": "unauthorized"}
    assert "does not accept this key" in drained(reply(ticket, alice)).error


def test_one_recipient_of_two_is_refused(double, mailbox, ticket, alice):
    through(mailbox, double, "postmark")
    double.answer = {
        "ErrorCode": 0,
        "MessageID": "postmark-1",
        "To": "carol@mail.example",
        "Message": "Message OK, but will not deliver to these inactive addresses: dan@mail.example. "
        "Inactive recipients are ones that have generated a hard bounce.",
    }
    delivery = drained(reply(ticket, alice, cc=["dan@mail.example"]))
    assert delivery.state == State.FAILED
    assert delivery.outcomes["carol@mail.example"]["ok"]
    assert delivery.outcomes["dan@mail.example"]["permanent"]


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://no-such-host.invalid/"])
def test_a_provider_that_is_away(url, double, mailbox, ticket, alice):
    through(mailbox, double, "mailgun")
    mailbox.config["provider_url"] = url
    mailbox.save()
    delivery = drained(reply(ticket, alice))
    assert (delivery.state, double.asked) == (State.PENDING, [])


def test_no_request_leaves_for_a_network_that_is_closed(double, mailbox, ticket, alice, settings):
    settings.MAIL_PRIVATE_HOSTS = []
    through(mailbox, double, "postmark")
    delivery = drained(reply(ticket, alice))
    assert (delivery.state, double.asked) == (State.PENDING, [])


def test_amazon_takes_the_letter_as_bytes(monkeypatch, mailbox, ticket, alice):
    """Its API is signed and spoken by its own library, so the library's endpoint is the double here."""
    double = Double()
    server = double.serve()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    double.answer = {"MessageId": "amazon-1"}
    monkeypatch.setenv("AWS_ENDPOINT_URL_SESV2", f"http://127.0.0.1:{server.server_port}")
    mailbox.config = {"outgoing": "amazon_ses", "provider_region": "eu-west-1"}
    mailbox.secrets = {"provider_key": "AKIA", "provider_second_key": "secret"}
    mailbox.save()
    delivery = drained(reply(ticket, alice))
    server.shutdown()
    thread.join()
    server.server_close()
    assert (delivery.state, delivery.provider_id) == (State.SENT, "amazon-1")
    assert delivery.provider_ids == ["amazon-1"]
    asked = json.loads(double.asked[0][2])
    raw = base64.b64decode(asked["Content"]["Raw"]["Data"])
    assert (
        "It comes tomorrow."
        in email.message_from_bytes(raw, policy=policy.default).get_body(["plain"]).get_content()
    )
    assert deliveries.token(delivery).encode() in raw


def test_every_provider_is_described_whole():
    assert {"amazon_ses", *GOOD} == set(RELAYS)
    assert all(relay.backend.startswith("anymail.") and relay.title for relay in RELAYS.values())
