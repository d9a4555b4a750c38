"""A mail's whole way: a customer's mail program → Postfix → Dovecot → the desk → Postfix → the customer."""

import email
import email.policy
import smtplib
import time
from email.message import EmailMessage
from uuid import uuid4

import pytest
from django.db import OperationalError

from channels_app import inbound
from channels_app.models import Channel, InboundRecord
from tests.journeys import desk
from tests.mailservers import PASSWORD, Dovecot, Postfix, answers
from tickets import replies
from tickets.models import Delivery, Message, Ticket

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.dovecot, pytest.mark.postfix]


@pytest.fixture
def inbox(mailbox: Channel, dovecot: Dovecot, postfix: Postfix, settings) -> Channel:
    """The orders team's mailbox on the real servers."""
    settings.SMTP_LISTENER_PORT = 0
    for address in ("support@desk.example", "carol@mail.example"):
        dovecot.empty(address)
    mailbox.config = {
        "imap_host": "127.0.0.1",
        "imap_port": dovecot.port,
        "imap_security": "none",
        "imap_user": "support@desk.example",
        "since": "2026-01-01",
        "smtp_host": "127.0.0.1",
        "smtp_port": postfix.port,
        "smtp_security": "none",
        "plus_addressing": True,
        "from_name": "Tallow & Pine",
    }
    mailbox.secrets = {"imap_password": PASSWORD}
    mailbox.save()
    return mailbox


def write(postfix: Postfix, subject: str, text: str, **fields: str) -> EmailMessage:
    """Carol sends a mail by her provider."""
    mail = EmailMessage()
    mail["From"] = "Carol Reyes <carol@mail.example>"
    mail["Subject"] = subject
    mail["Message-ID"] = f"<{uuid4().hex}@mail.example>"
    mail["Date"] = email.utils.localtime()
    for name, value in {"To": "support@desk.example", **fields}.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    with smtplib.SMTP("127.0.0.1", postfix.port) as client:
        client.send_message(mail)
    return mail


def test_question_answer_and_thanks(inbox, dovecot, postfix, alice):
    with desk.at_work():
        desk.soon(lambda: Channel.objects.get(pk=inbox.pk).last_good_at)
        begun = time.monotonic()
        question = write(postfix, "Where is my parcel?", "It was to come on Friday.\n\nCarol")
        ticket = desk.soon(Ticket.objects.first)
        assert time.monotonic() - begun < 2, "a mail is a ticket within two seconds"
        assert (ticket.subject, str(ticket.customer)) == ("Where is my parcel?", "Carol Reyes")
        assert b"\\Seen" not in b"".join(dovecot.flags("support@desk.example"))

        replies.send(ticket, author=alice, body="It comes tomorrow — sorry.\n\nAlice", key=uuid4())
        raw = desk.soon(lambda: dovecot.inbox("carol@mail.example"))[0]
        answer = email.message_from_bytes(raw, policy=email.policy.default)
        assert answer["From"].addresses[0].addr_spec == "support@desk.example"
        assert answer["From"].addresses[0].display_name == "Alice Hartmann (Tallow & Pine)"
        assert answer["To"] == "carol@mail.example"
        assert answer["Subject"] == f"Re: Where is my parcel? [#{ticket.number}]"
        assert answer["In-Reply-To"] == question["Message-ID"]
        assert question["Message-ID"] in answer["References"]
        assert "It comes tomorrow — sorry." in answer.get_body(["plain"]).get_content()
        assert "It comes tomorrow — sorry." in answer.get_body(["html"]).get_content()
        desk.soon(Delivery.objects.filter(state=Delivery.State.SENT).exists)

        write(
            postfix,
            answer["Subject"],
            "Thank you!",
            To=str(answer["Reply-To"]),
            In_Reply_To=answer["Message-ID"],
            References=f"{answer['References']} {answer['Message-ID']}",
        )
        desk.soon(lambda: Message.objects.filter(text__startswith="Thank you!").exists())

    assert [message.ticket for message in Message.objects.order_by("id")] == [ticket] * 3
    assert InboundRecord.objects.filter(state=InboundRecord.State.DONE).count() == 2


def test_an_answer_is_joined_by_its_address_alone(inbox, dovecot, postfix, alice):
    """Some programs and forwarders strip every id; the token in Reply-To remains."""
    with desk.at_work():
        write(postfix, "Where is my parcel?", "It was to come on Friday.")
        ticket = desk.soon(Ticket.objects.first)
        replies.send(ticket, author=alice, body="It comes tomorrow.", key=uuid4())
        raw = desk.soon(lambda: dovecot.inbox("carol@mail.example"))[0]
        answer = email.message_from_bytes(raw, policy=email.policy.default)
        write(postfix, "No subject at all", "Thank you!", To=str(answer["Reply-To"]))
        thanks = desk.soon(Message.objects.filter(text__startswith="Thank you!").first)
    assert thanks.ticket == ticket


def test_a_refused_recipient_is_put_before_the_agent(inbox, postfix, ticket, alice):
    Message.objects.filter(ticket=ticket).update(sender_address="nobody@mail.example")
    replies.send(ticket, author=alice, body="It comes tomorrow.", key=uuid4())
    desk.drain()
    delivery = Delivery.objects.get()
    assert delivery.state == Delivery.State.FAILED
    assert "User unknown" in delivery.error


def test_a_bounce_that_comes_later_is_put_before_the_agent(inbox, postfix, ticket, alice, settings):
    """Postfix takes the reply, the next server refuses it, and its report comes back by IMAP."""
    settings.SMTP_LISTENER_PORT = postfix.next_port
    Message.objects.filter(ticket=ticket).update(sender_address="nobody@relayed.example")
    with desk.at_work():
        desk.soon(lambda: Channel.objects.get(pk=inbox.pk).last_good_at)
        replies.send(ticket, author=alice, body="It comes tomorrow.", key=uuid4())
        desk.soon(Delivery.objects.filter(state=Delivery.State.FAILED).exists, seconds=15)
    outcome = Delivery.objects.get().outcomes["nobody@relayed.example"]
    assert outcome["permanent"] and "550" in outcome["reason"]
    assert InboundRecord.objects.get().state == InboundRecord.State.REPORT
    assert Ticket.objects.count() == 1


def test_a_relay_keeps_the_mail_while_we_cannot_and_brings_it_again(inbox, postfix, settings, monkeypatch):
    settings.SMTP_LISTENER_PORT = postfix.next_port
    Channel.objects.filter(pk=inbox.pk).update(aliases=["help@relayed.example"], config={})
    journal, away = inbound.journal, [True, True]

    def journaled(*args, **named):
        if away:
            away.pop()
            raise OperationalError("the database system is starting up")
        return journal(*args, **named)

    monkeypatch.setattr(inbound, "journal", journaled)
    with desk.at_work():
        desk.soon(lambda: answers(postfix.next_port))
        write(postfix, "Where is my parcel?", "It was to come on Friday.", To="help@relayed.example")
        desk.soon(Ticket.objects.exists, seconds=20)
        assert Message.objects.count() == 1
        desk.soon(lambda: postfix.queued() == 0)
    assert not away
