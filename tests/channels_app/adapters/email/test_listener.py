"""The SMTP listener: what it takes, what it refuses, and that nothing it took is lost."""

import gc
import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection, connections

from channels_app import inbound
from channels_app.adapters.email import conversation, directory, listener
from channels_app.adapters.email.listener import Listener, source_key
from channels_app.models import Channel, InboundRecord
from tests.channels_app.adapters.email.mails import raw
from tests.journeys.desk import environment
from tickets.models import Message

pytestmark = pytest.mark.django_db(transaction=True)
CAROL, SUPPORT = "carol@mail.example", "support@desk.example"


@pytest.fixture(scope="module", autouse=True)
def what_is_old() -> None:
    """Garbage is looked for after each of these tests: in what they made alone."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def smtp(mailbox: Channel) -> Iterator[Listener]:
    server = Listener("127.0.0.1", 0)
    server.start()
    yield server
    server.stop()
    connections.close_all()
    gc.collect()  # the connections of threads that ended go with their last reference


def send(server: Listener, mail: bytes, *to: str, sender: str = CAROL) -> dict:
    with smtplib.SMTP("127.0.0.1", server.port, timeout=20) as client:
        return client.sendmail(sender, list(to) or [SUPPORT], mail)


def test_a_mail_is_journaled_as_it_came(smtp, mailbox):
    send(smtp, raw())
    record = InboundRecord.objects.get()
    assert (record.channel, record.raw(), record.sender_key) == (mailbox, raw(), CAROL)
    assert record.envelope == {"mail_from": CAROL, "rcpt_tos": [SUPPORT], "peer": "127.0.0.1"}


@pytest.mark.parametrize(
    "address", [SUPPORT, "SUPPORT@Desk.Example", "support+t.1.x@desk.example", "help@desk.example"]
)
def test_every_address_of_a_mailbox_is_known(smtp, mailbox, address):
    Channel.objects.filter(pk=mailbox.pk).update(aliases=["Help@desk.example"])
    send(smtp, raw(), address)
    assert InboundRecord.objects.get().envelope["rcpt_tos"] == [address]


@pytest.mark.parametrize("address", ["nobody@desk.example", "support@elsewhere.example", "x"])
def test_nobody_else_is_and_nothing_is_relayed(smtp, address):
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        send(smtp, raw(), address)
    assert refused.value.recipients[address][0] == 550
    assert not InboundRecord.objects.exists()


def test_a_mailbox_that_is_switched_off_is_unknown(smtp, mailbox):
    Channel.objects.filter(pk=mailbox.pk).update(is_active=False)
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send(smtp, raw())


def test_delivered_twice_it_is_kept_once(smtp):
    send(smtp, raw(Received="from a by b; Sun, 22 Nov 2026 10:00:00 +0000"))
    send(smtp, raw(Received="from c by d; Sun, 22 Nov 2026 10:05:00 +0000", Delivered_To=SUPPORT))
    assert InboundRecord.objects.count() == 1


def test_for_two_mailboxes_it_is_journaled_for_each_and_is_one_message(smtp, mailbox):
    Channel.objects.create(kind="email", name="Returns", address="returns@desk.example")
    send(smtp, raw(), SUPPORT, "returns@desk.example")
    inbound.drain()
    states = InboundRecord.objects.order_by("id").values_list("state", flat=True)
    assert list(states) == [InboundRecord.State.DONE, InboundRecord.State.DUPLICATE]
    assert Message.objects.count() == 1


def test_without_a_message_id_it_is_one_message_however_often_it_comes(smtp):
    send(smtp, raw(drop=("Message-ID",)))
    send(smtp, raw(drop=("Message-ID",), Received="from a by b"))
    inbound.drain()
    assert Message.objects.get().external_id.startswith("digest:")


class TestFaultsOfOurs:
    def test_a_database_away_is_told_so_that_the_mail_comes_again(self, smtp, monkeypatch):
        monkeypatch.setattr(inbound, "journal", _raise(OperationalError("server closed the connection")))
        with pytest.raises(smtplib.SMTPDataError) as refused:
            send(smtp, raw())
        assert refused.value.smtp_code == 451
        monkeypatch.undo()
        send(smtp, raw())
        assert InboundRecord.objects.count() == 1

    def test_a_database_away_at_the_recipient(self, smtp, monkeypatch):
        monkeypatch.setattr(Channel.objects, "active", _raise(OperationalError("connection refused")))
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            send(smtp, raw())
        assert refused.value.recipients[SUPPORT][0] == 451

    def test_for_two_mailboxes_it_is_kept_for_both_or_for_none(self, smtp, monkeypatch):
        Channel.objects.create(kind="email", name="Returns", address="returns@desk.example")
        journal, calls = inbound.journal, []

        def only_once(*args, **named):
            calls.append(args)
            if len(calls) == 2:
                raise OSError("no space left on device")
            return journal(*args, **named)

        monkeypatch.setattr(inbound, "journal", only_once)
        with pytest.raises(smtplib.SMTPDataError):
            send(smtp, raw(), SUPPORT, "returns@desk.example")
        assert len(calls) == 2
        assert not InboundRecord.objects.exists()

    def test_a_mailbox_that_goes_away_in_the_middle_is_not_a_mail_kept(self, smtp, mailbox, monkeypatch):
        monkeypatch.setattr(directory, "FRESH_SECONDS", 0)
        with smtplib.SMTP("127.0.0.1", smtp.port) as client:
            client.ehlo()
            client.mail(CAROL)
            assert client.rcpt(SUPPORT)[0] == 250
            Channel.objects.filter(pk=mailbox.pk).update(is_active=False)
            assert client.data(raw())[0] == 451
            client.mail(CAROL)
            assert client.rcpt(SUPPORT)[0] == 550

    def test_killed_between_the_commit_and_its_answer_the_mail_comes_again_and_is_one(self, smtp):
        """A listener that dies after the commit has said nothing, so the other side sends again."""
        with subprocess.Popen(
            [sys.executable, "-c", DIES_AFTER_COMMIT], env=environment(), stdout=subprocess.PIPE
        ) as dying:
            port = int(dying.stdout.readline())
            with (
                smtplib.SMTP("127.0.0.1", port, timeout=20) as client,
                pytest.raises(smtplib.SMTPServerDisconnected),
            ):
                client.sendmail(CAROL, [SUPPORT], raw())
        assert dying.returncode == -9
        assert InboundRecord.objects.count() == 1
        send(smtp, raw(Received="from a by b, once more"))
        assert InboundRecord.objects.count() == 1
        inbound.drain()
        assert Message.objects.count() == 1


DIES_AFTER_COMMIT = """
import os, django
django.setup()
from channels_app.adapters.email import listener

def keep(*args, whole=listener.keep, **named):
    answer = whole(*args, **named)
    os.kill(os.getpid(), 9)

listener.keep = keep
server = listener.Listener("127.0.0.1", 0)
server.start()
print(server.port, flush=True)
server.join()
"""


class TestWhatComesOverTheWire:
    @pytest.mark.parametrize(
        "body",
        [
            b".a line that begins with a dot\r\n..two\r\n.\r\n...three\r\n",
            b"x" * 100_000 + b"\r\n",
            b"\r\n" * 1000,
            bytes(byte for byte in range(256) if byte not in b"\r\n") + b"\r\n",
            b"one\r\n" * 20_000,
        ],
    )
    def test_every_byte_is_kept(self, smtp, body):
        mail = raw() + body
        send(smtp, mail)
        assert InboundRecord.objects.get().raw() == mail

    def test_a_mail_of_twenty_megabytes(self, smtp):
        mail = raw(b"0123456789abcdef" * 4 + b"\n") + b"0123456789abcdef" * 1_250_000 + b"\r\n"
        send(smtp, mail)
        record = InboundRecord.objects.get()
        assert (record.raw() == mail, record.body, len(record.body_sha256)) == (True, None, 64)

    def test_an_empty_mail_is_kept_too(self, smtp):
        talk(smtp, f"MAIL FROM:<{CAROL}>", f"RCPT TO:<{SUPPORT}>", "DATA", ".")
        assert InboundRecord.objects.get().raw() == b""

    def test_a_dot_between_bare_line_feeds_does_not_end_the_mail(self, smtp):
        """Else one mail could carry a second one in (SMTP smuggling)."""
        smuggled = f"Subject: a\r\n\r\nx\n.\nMAIL FROM:<x@x.example>\nRCPT TO:<{SUPPORT}>\nDATA\ny\r\n."
        talk(smtp, f"MAIL FROM:<{CAROL}>", f"RCPT TO:<{SUPPORT}>", "DATA", smuggled)
        assert b"RCPT TO" in InboundRecord.objects.get().raw()

    def test_a_notice_with_no_sender_is_taken(self, smtp):
        send(smtp, raw(), sender="")
        assert InboundRecord.objects.get().envelope["mail_from"] == "<>"
        inbound.drain()
        assert InboundRecord.objects.get().state == InboundRecord.State.AUTOMATIC

    def test_international_addresses(self, smtp, mailbox):
        Channel.objects.filter(pk=mailbox.pk).update(aliases=["помощь@почта.рф"])
        with smtplib.SMTP("127.0.0.1", smtp.port, local_hostname="x") as client:
            client.ehlo()
            client.mail("кэрол@почта.рф", ["SMTPUTF8"])
            assert client.rcpt("помощь@xn--80a1acny.xn--p1ai")[0] == 250
            assert client.data(raw())[0] == 250
        assert InboundRecord.objects.get().envelope["mail_from"] == "кэрол@почта.рф"

    def test_what_it_offers(self, smtp):
        with smtplib.SMTP("127.0.0.1", smtp.port) as client:
            client.ehlo()
            assert client.esmtp_features.keys() == {"size", "8bitmime", "smtputf8", "help"}


class TestLimits:
    def test_a_mail_too_large_is_refused_before_it_is_sent(self, smtp, settings):
        settings.MAIL_MAX_BYTES = 10_000
        with pytest.raises(smtplib.SMTPSenderRefused) as refused:
            send(smtp, raw("x" * 10_000))
        assert refused.value.smtp_code == 552

    def test_and_when_it_was_not_announced(self, smtp, settings):
        settings.MAIL_MAX_BYTES = 10_000
        said = talk(
            smtp, f"MAIL FROM:<{CAROL}>", f"RCPT TO:<{SUPPORT}>", "DATA", "x" * 200_000 + "\r\n.", "NOOP"
        )
        assert [line[:3] for line in said] == ["250", "250", "354", "552", "250"]
        assert not InboundRecord.objects.exists()

    def test_too_many_connections_of_one_host(self, smtp, monkeypatch):
        monkeypatch.setattr(conversation, "MOST_FROM_ONE_HOST", 2)
        first, second = (smtplib.SMTP("127.0.0.1", smtp.port) for _ in range(2))
        with pytest.raises(smtplib.SMTPConnectError) as refused:
            smtplib.SMTP("127.0.0.1", smtp.port)
        assert refused.value.smtp_code == 421
        first.quit()
        second.quit()
        send(smtp, raw())

    def test_too_many_mails_in_a_minute(self, smtp, monkeypatch):
        monkeypatch.setattr(conversation, "MOST_MAILS_A_MINUTE", 1)
        send(smtp, raw())
        with pytest.raises(smtplib.SMTPSenderRefused) as refused:
            send(smtp, raw(Subject="Another"))
        assert refused.value.smtp_code == 450

    def test_who_tries_names_is_sent_away(self, smtp):
        with smtplib.SMTP("127.0.0.1", smtp.port) as client:
            client.ehlo()
            client.mail(CAROL)
            codes = [client.rcpt(f"name{n}@desk.example")[0] for n in range(listener.MOST_UNKNOWN)]
            assert codes == [550] * (listener.MOST_UNKNOWN - 1) + [421]
            with pytest.raises(smtplib.SMTPServerDisconnected):
                client.noop()

    def test_too_many_recipients(self, smtp, monkeypatch):
        monkeypatch.setattr(listener, "MOST_RECIPIENTS", 2)
        refused = send(smtp, raw(), SUPPORT, "support+a@desk.example", "support+b@desk.example")
        assert refused["support+b@desk.example"][0] == 452


def test_the_source_key_is_of_the_mail_and_not_of_its_way():
    on_the_way = {
        "Received": "x",
        "DKIM_Signature": "y",
        "X_Spam_Score": "1",
        "ARC_Seal": "z",
        "Return_Path": "<a@b>",
    }
    assert source_key(raw(**on_the_way)) == source_key(raw())
    assert source_key(raw("Another")) != source_key(raw())
    assert source_key(raw(Subject="Another")) != source_key(raw())
    assert source_key(b"") != source_key(b"x")


def talk(server: Listener, *commands: str) -> list[str]:
    """The answers of a bare conversation, the greeting left out."""
    said = []
    with socket.create_connection(("127.0.0.1", server.port), 10) as line, line.makefile("rb") as heard:
        heard.readline()
        for command in ("HELO x", *commands):
            line.sendall(command.encode() + b"\r\n")
            said.append(heard.readline().decode())
    return said[1:]


def _raise(error: Exception):
    def raising(*args, **named):
        raise error

    return raising


def test_the_tests_talk_to_the_database_of_the_tests():
    assert connection.settings_dict["NAME"] in environment()["DATABASE_URL"]
