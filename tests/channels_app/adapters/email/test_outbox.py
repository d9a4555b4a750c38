"""Handing mail over: what servers answer, and what becomes of the delivery then."""

import email
from collections.abc import Iterator
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from channels_app import courier
from channels_app.adapters import ADAPTERS
from channels_app.adapters.email import addresses, outbox, smtp
from channels_app.messages import DeliveryFailed, Receipt
from channels_app.models import Channel
from tests.mailservers import free_port
from tickets import carriers, drafts, fates, replies
from tickets.models import Delivery, Draft, Identity, Message

pytestmark = pytest.mark.django_db


class Sink:
    """An SMTP server that keeps what it gets and answers as told."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.recipients: list[str] = []
        self.connections = 0
        self.answers: dict[str, str] = {}
        self.senders: list[str] = []
        self.only_from = ""
        self.hang_up_at = ""

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        self.senders.append(address)
        if self.only_from not in ("", address):
            return "553 5.7.1 you may not send as this"
        envelope.mail_from = address
        return self._answer(server, "MAIL")

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = self.answers.get(address) or self._answer(server, "RCPT")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
            self.recipients.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(envelope.content)
        return self._answer(server, "DATA")

    def _answer(self, server, command: str) -> str:
        if self.hang_up_at == command:
            server.transport.abort()
        return self.answers.get(command, "250 OK")


@pytest.fixture
def sink(mailbox: Channel) -> Iterator[Sink]:
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port(), enable_SMTPUTF8=False)
    controller.start()
    mailbox.config = {"smtp_host": "127.0.0.1", "smtp_port": controller.port, "smtp_security": "none"}
    mailbox.save()
    yield sink
    controller.stop()


@pytest.fixture
def delivery(ticket, alice) -> Delivery:
    message = replies.send(
        ticket, author=alice, body="It comes tomorrow.", key=uuid4(), cc=["dan@mail.example"]
    )
    return message.deliveries.select_related("message__ticket", "channel", "message__author").get()


def send(delivery: Delivery) -> Receipt:
    return ADAPTERS["email"].send(delivery)


def failure(delivery: Delivery) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as failed:
        send(delivery)
    return failed.value


def test_it_is_handed_over(sink, delivery):
    assert send(delivery).refused == {}
    assert sink.recipients == ["carol@mail.example", "dan@mail.example"]
    assert f"Message-ID: <{delivery.external_id}>".encode() in sink.mails[0]


@pytest.mark.parametrize(
    ("command", "answer", "permanent"),
    [
        ("MAIL", "550 5.7.1 not you", True),
        ("MAIL", "451 4.3.0 later", False),
        ("RCPT", "550 5.1.1 unknown", True),
        ("RCPT", "450 4.2.0 greylisted", False),
        ("DATA", "554 5.6.0 looks like spam", True),
        ("DATA", "452 4.3.1 disk full", False),
    ],
)
def test_a_refusal_is_for_good_or_for_now(sink, delivery, command, answer, permanent):
    sink.answers[command] = answer
    failed = failure(delivery)
    assert failed.permanent is permanent
    assert answer in failed.reason


class TestReturnAddress:
    """Each mail has an envelope sender of its own, where the mailbox takes tagged addresses."""

    @pytest.fixture(autouse=True)
    def tagged(self, sink, mailbox):
        mailbox.config["plus_addressing"] = True
        mailbox.save()

    def test_it_carries_the_id_of_the_mail(self, sink, delivery):
        send(delivery)
        assert addresses.message_of_bounce(sink.senders[0]) == delivery.external_id

    def test_a_server_that_knows_only_the_bare_address_gets_that(self, sink, delivery):
        sink.only_from = "support@desk.example"
        send(delivery)
        assert len(sink.mails) == 1 and sink.senders[-1] == "support@desk.example"


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
def test_a_connection_that_breaks_is_trouble_for_now(sink, delivery, command):
    sink.hang_up_at = command
    failed = failure(delivery)
    assert not failed.permanent
    assert "closed the connection" in failed.reason


def test_one_recipient_of_two_is_refused_and_the_other_gets_it(sink, delivery):
    sink.answers["dan@mail.example"] = "550 5.1.1 unknown"
    assert send(delivery).refused == {"dan@mail.example": "550 5.1.1 unknown"}
    assert sink.recipients == ["carol@mail.example"]
    assert len(sink.mails) == 1


def drained(delivery: Delivery) -> Delivery:
    Delivery.objects.update(due_at=timezone.now())
    courier.drain()
    delivery.refresh_from_db()
    return delivery


def test_one_that_is_put_off_is_tried_again_alone(sink, delivery):
    sink.answers["dan@mail.example"] = "450 4.2.0 greylisted"
    assert drained(delivery).state == Delivery.State.PENDING
    assert delivery.outcomes["carol@mail.example"]["ok"]
    assert delivery.outcomes["dan@mail.example"] == {
        "ok": False,
        "permanent": False,
        "reason": "450 4.2.0 greylisted",
    }
    sink.answers.clear()
    assert drained(delivery).state == Delivery.State.SENT
    assert sink.recipients == ["carol@mail.example", "dan@mail.example"], "nobody got it twice"
    first, second = (email.message_from_bytes(mail) for mail in sink.mails)
    assert first["To"] == second["To"] and first["Cc"] == second["Cc"] == "dan@mail.example"
    assert first["Message-ID"] == second["Message-ID"]


def test_each_recipient_has_an_outcome_of_its_own(sink, ticket, alice):
    reply = replies.send(
        ticket,
        author=alice,
        body="It comes tomorrow.",
        key=uuid4(),
        cc=["dan@mail.example", "eve@mail.example"],
        bcc=["boss@desk.example"],
    )
    delivery = reply.deliveries.get()
    sink.answers |= {"dan@mail.example": "450 4.2.0 later", "eve@mail.example": "550 5.1.1 unknown"}
    drained(delivery)
    assert sink.recipients == ["carol@mail.example", "boss@desk.example"]
    assert delivery.state == Delivery.State.PENDING
    assert delivery.unsettled() == ["dan@mail.example"]

    sink.answers["dan@mail.example"] = "250 OK"
    drained(delivery)
    assert sink.recipients == ["carol@mail.example", "boss@desk.example", "dan@mail.example"]
    assert (delivery.state, delivery.error) == (Delivery.State.FAILED, "eve@mail.example: 550 5.1.1 unknown")
    assert b"boss" not in b"".join(sink.mails), "a hidden copy stands in the envelope alone"

    sink.answers.clear()
    fates.resend(delivery, actor=alice)
    drained(delivery)
    assert sink.recipients[3:] == ["eve@mail.example"], "sent again to whom it did not reach"
    assert delivery.state == Delivery.State.SENT
    assert all(outcome["ok"] for outcome in delivery.outcomes.values())


@pytest.mark.parametrize(
    ("answer", "blamed"),
    [
        ("550 5.1.1 unknown", True),
        ("550 No such user here", True),
        ("553 5.1.3 bad address", True),
        ("556 domain takes no mail", True),
        ("552 5.2.2 mailbox full", True),
        ("450 4.1.1 try later", False),
        ("550 5.7.1 blocked by our policy", False),
        ("554 5.7.1 relay access denied", False),
        ("550 relay not permitted", False),
        ("550 5.1.8 sender address rejected", False),
        ("550 Blocked, see spam list", False),
        ("552 message too large", False),
        ("550 4.7.1 greylisted", False),
    ],
)
@pytest.mark.parametrize("alone", [True, False])
def test_a_refusal_marks_the_address_as_a_bounce_does(alone, answer, blamed, sink, delivery, monkeypatch):
    monkeypatch.setattr(carriers, "MOST_ATTEMPTS", 1)
    refused = ["carol@mail.example", "dan@mail.example"] if alone else ["carol@mail.example"]
    sink.answers |= dict.fromkeys(refused, answer)
    assert drained(delivery).state == Delivery.State.FAILED
    identity = Identity.objects.get(value="carol@mail.example")
    assert (identity.bounced_at is not None) is blamed
    assert identity.bounce_reason == (answer if blamed else "")


def test_some_refused_and_the_rest_put_off_is_no_reason_to_ask_the_refused_again(sink, delivery):
    sink.answers |= {"dan@mail.example": "450 4.2.0 later", "carol@mail.example": "550 5.1.1 unknown"}
    drained(delivery)
    assert sink.mails == []
    assert (delivery.state, delivery.unsettled()) == (Delivery.State.PENDING, ["dan@mail.example"])


def test_who_is_put_off_for_ever_counts_as_refused(sink, delivery, monkeypatch):
    monkeypatch.setattr(carriers, "MOST_ATTEMPTS", 2)
    sink.answers["dan@mail.example"] = "450 4.2.0 greylisted"
    drained(delivery)
    assert drained(delivery).state == Delivery.State.FAILED
    assert delivery.outcomes["dan@mail.example"]["permanent"]
    assert sink.recipients == ["carol@mail.example"]


@pytest.mark.parametrize(
    ("config", "reason", "permanent"),
    [
        ({}, "no outgoing server", True),
        ({"smtp_host": "no-such-host.invalid"}, "There is no host called", False),
        ({"smtp_host": "127.0.0.1", "smtp_port": 9, "smtp_security": "none"}, "takes no connection", False),
    ],
)
def test_a_server_that_is_not_there(delivery, config, reason, permanent):
    delivery.channel.config = config
    failed = failure(delivery)
    assert (reason in failed.reason, failed.permanent) == (True, permanent)


@pytest.mark.parametrize(
    "recipients", [{}, {"to": [], "cc": []}, {"to": ["carol"]}, {"to": ["a@b.example\nRCPT TO:<x@y>"]}]
)
def test_nobody_to_send_to(sink, delivery, recipients):
    delivery.recipients = recipients
    assert failure(delivery).permanent
    assert sink.connections == 0


def test_an_international_address_needs_a_server_that_takes_it(sink, delivery):
    delivery.recipients = {"to": ["кэрол@почта.рф"]}
    failed = failure(delivery)
    assert failed.permanent and "international" in failed.reason


def test_a_mail_too_large_for_the_server_is_not_tried_for_a_day(sink, delivery, ticket, alice):
    message = delivery.message
    message.attachments.create(sha256="0" * 64, name="film.mp4", size=40_000_000)
    failed = failure(delivery)
    assert failed.permanent and "33554432" in failed.reason
    assert sink.mails == []


def test_a_file_that_went_missing_is_told(sink, delivery):
    delivery.message.attachments.create(sha256="0" * 64, name="bill.pdf", size=4)
    failed = failure(delivery)
    assert failed.permanent and "missing" in failed.reason
    assert sink.mails == [], "half a mail is no mail"


def test_a_large_file_arrives_whole(sink, ticket, alice):
    content = bytes(range(256)) * 10_000
    draft = drafts.save(ticket, author=alice, mode=Draft.Mode.REPLY, body="See the file.")
    drafts.attach(draft, name="film.mp4", content=content, content_type="video/mp4")
    replies.send(ticket, author=alice, body="See the file.", key=uuid4(), draft=draft)
    courier.drain()
    assert Delivery.objects.get().state == Delivery.State.SENT
    sent = email.message_from_bytes(sink.mails[0])
    assert sent.get_payload()[1].get_payload(decode=True) == content


def test_a_line_that_begins_with_a_dot_arrives(sink, delivery):
    Message.objects.filter(pk=delivery.message_id).update(text=".one\n..two\n.\nthree")
    delivery.message.refresh_from_db()
    send(delivery)
    assert b"\r\n.one\r\n..two\r\n.\r\nthree\r\n" in sink.mails[0]


def test_letters_in_a_row_share_a_connection(sink, ticket, alice):
    for number in range(5):
        replies.send(ticket, author=alice, body=f"number {number}", key=uuid4())
    courier.drain()
    assert (len(sink.mails), sink.connections) == (5, 1)


def test_a_connection_that_was_closed_while_it_rested_is_opened_anew(sink, delivery):
    send(delivery)
    for resting in outbox._connections._resting.values():
        resting[0].client.sock.shutdown(2)
    send(delivery)
    assert (len(sink.mails), sink.connections) == (2, 2)


def test_a_connection_rests_a_few_seconds_only(sink, delivery, monkeypatch):
    monkeypatch.setattr(outbox, "REST_SECONDS", 0)
    send(delivery)
    outbox._connections.sweep()
    assert not outbox._connections._resting


def test_another_password_needs_another_connection(sink, delivery):
    send(delivery)
    delivery.channel.secrets = {"smtp_password": "new"}
    send(delivery)
    assert sink.connections == 2


def test_a_server_that_never_ends_is_given_up(sink, delivery, monkeypatch):
    monkeypatch.setattr(smtp, "WHOLE_SECONDS", 0.0)
    failed = failure(delivery)
    assert not failed.permanent and "does not answer" in failed.reason
