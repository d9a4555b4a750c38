"""The desk's own mail: queued, sealed, sent by its own server or through a mailbox, forgotten afterwards."""

import email
import re
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, send_mail
from django.utils import timezone

from channels_app import courier
from tests.channels_app.adapters.email.test_outbox import Sink
from tests.mailservers import free_port
from tickets.models import Delivery

pytestmark = pytest.mark.django_db
State = Delivery.State


@pytest.fixture(autouse=True)
def queued(settings):
    """As the desk runs; the test runner puts a box of its own in the place of mail."""
    settings.EMAIL_BACKEND = "channels_app.notices.Queue"


@pytest.fixture
def sink() -> Iterator[Sink]:
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    sink.port = controller.port
    yield sink
    controller.stop()


@pytest.fixture
def own_server(settings, sink) -> Sink:
    settings.SYSTEM_MAIL = {
        "smtp_host": "127.0.0.1",
        "smtp_port": sink.port,
        "smtp_security": "none",
        "smtp_user": "",
    }
    settings.SYSTEM_MAIL_FROM = "The desk <desk@own.example>"
    return sink


def drained() -> Delivery:
    Delivery.objects.update(due_at=timezone.now())
    courier.drain()
    return Delivery.objects.get()


def test_a_password_is_reset_though_the_mail_server_is_away_for_a_while(client, alice, settings, own_server):
    settings.SYSTEM_MAIL["smtp_port"] = 9
    assert client.post("/sign-in/password/", {"email": alice.email}).url == "/sign-in/password/sent/"
    assert drained().state == State.PENDING

    settings.SYSTEM_MAIL["smtp_port"] = own_server.port
    Delivery.objects.update(due_at=timezone.now())
    courier.lanes.went_well(Delivery.objects.get().lane)
    assert drained().state == State.SENT
    mail = email.message_from_bytes(own_server.mails[0])
    assert (mail["From"], mail["To"]) == ("The desk <desk@own.example>", alice.email)
    link = re.search(r"/sign-in/password/\S+", mail.get_payload(decode=True).decode())
    assert client.get(link[0], follow=True).status_code == 200


def test_a_notice_is_readable_to_nobody_while_it_waits_and_forgotten_afterwards(own_server):
    send_mail("Your link", "https://desk.example/secret", None, ["alice@desk.example"])
    assert "secret" not in str(Delivery.objects.get().payload)
    delivery = drained()
    assert (delivery.state, delivery.payload, delivery.kind) == (State.SENT, {}, "notice")
    assert b"https://desk.example/secret" in own_server.mails[0]


def test_a_notice_is_a_machines_mail(own_server):
    message = EmailMultiAlternatives("Numbers", "plain", to=["a@x.example"], bcc=["b@x.example"])
    message.attach_alternative("<p>rich</p>", "text/html")
    message.send()
    drained()
    mail = email.message_from_bytes(own_server.mails[0])
    assert mail["Auto-Submitted"] == "auto-generated"
    assert (mail["Bcc"], own_server.recipients) == (None, ["a@x.example", "b@x.example"])
    assert [part.get_content_type() for part in mail.walk()][1:] == ["text/plain", "text/html"]


@pytest.mark.parametrize("chosen", [False, True])
def test_without_a_server_of_its_own_it_goes_through_a_mailbox(chosen, mailbox, sink, settings):
    other = type(mailbox).objects.create(kind="email", name="News", address="news@desk.example")
    for channel in (mailbox, other):
        channel.config = {"smtp_host": "127.0.0.1", "smtp_port": sink.port, "smtp_security": "none"}
        channel.save()
    if chosen:
        other.config["system_mail"] = True
        other.save()
    send_mail("Hello", "x", None, ["alice@desk.example"])
    assert drained().state == State.SENT
    sender = email.message_from_bytes(sink.mails[0])["From"]
    assert ("news@" if chosen else "support@") in sender


def test_with_no_way_out_at_all_it_waits_and_says_so(settings):
    send_mail("Hello", "x", None, ["alice@desk.example"])
    delivery = drained()
    assert delivery.state == State.PENDING
    assert "no way out" in delivery.error


def test_a_dead_system_server_holds_no_reply_up(own_server, settings, ticket, alice, monkeypatch):
    settings.SYSTEM_MAIL["smtp_port"] = 9
    send_mail("Hello", "x", None, ["alice@desk.example"])
    notice, lane = Delivery.objects.get(), "message:1"
    courier.drain()
    notice.refresh_from_db()
    assert notice.state == State.PENDING and notice.lane != lane


def test_a_mail_to_nobody_is_not_queued():
    EmailMultiAlternatives("x", "y", to=[]).send()
    assert not Delivery.objects.exists()


def test_a_notice_kept_under_another_key_is_told(own_server, settings):
    send_mail("Hello", "x", None, ["alice@desk.example"])
    settings.ENCRYPTION_KEY = "another"
    delivery = drained()
    assert delivery.state == State.FAILED
    assert "another encryption key" in delivery.error


def test_the_settings_queue_the_desks_own_mail():
    assert "notices.Queue" in settings.EMAIL_BACKEND
