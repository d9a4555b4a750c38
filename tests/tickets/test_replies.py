"""The door out."""

import threading
from uuid import UUID, uuid4

import pytest
from django.db import connection

from channels_app import files
from channels_app.messages import DeliveryReport, Fate, Sender, token_in_id
from tickets import drafts, intake, reactions, replies
from tickets.models import Delivery, Draft, Event, Identity, Message, Ticket

pytestmark = pytest.mark.django_db


def test_a_reply_is_a_message_and_a_delivery(ticket, alice, mailbox):
    message = replies.send(
        ticket, author=alice, body="It comes tomorrow.", key=uuid4(), cc=["dan@mail.example"]
    )

    delivery = message.deliveries.get()
    assert (delivery.state, delivery.channel) == (Delivery.State.PENDING, mailbox)
    assert delivery.recipients == {"to": ["carol@mail.example"], "cc": ["dan@mail.example"]}
    assert delivery.external_id == message.external_id
    assert token_in_id(message.external_id)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.waiting_since) == (Ticket.Status.OPEN, None)
    assert ticket.first_replied_at is not None
    assert ticket.events.last().kind == Event.Kind.REPLY_SENT


def test_a_second_click_sends_nothing_twice(ticket, alice):
    key = uuid4()
    first = replies.send(ticket, author=alice, body="Once", key=key)
    assert replies.send(ticket, author=alice, body="Once", key=key) == first
    assert Delivery.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_send_one(ticket, alice):
    key, start, made = uuid4(), threading.Barrier(2), []

    def click() -> None:
        start.wait()
        made.append(replies.send(ticket, author=alice, body="Once", key=key).pk)
        connection.close()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    [thread.start() for thread in clicks]
    [thread.join() for thread in clicks]
    assert len(set(made)) == 1
    assert Delivery.objects.count() == 1


def test_reply_and_resolve_is_one_step(ticket, alice):
    replies.send(ticket, author=alice, body="Done", key=uuid4(), status="resolved")
    ticket.refresh_from_db()
    assert ticket.status == Ticket.Status.RESOLVED


def test_the_files_of_the_draft_go_with_the_reply(ticket, alice):
    draft = drafts.save(ticket, author=alice, mode="reply", body="See the label")
    drafts.attach(draft, name="label.pdf", content=b"%PDF-1.4", content_type="application/pdf")
    message = replies.send(ticket, author=alice, body=draft.body, key=draft.key, draft=draft)
    attachment = message.attachments.get()
    assert files.read(attachment.sha256) == b"%PDF-1.4"
    assert not Draft.objects.exists()


def test_nothing_written_is_not_sent(ticket, alice):
    with pytest.raises(replies.Empty):
        replies.send(ticket, author=alice, body="  \n", key=uuid4())
    assert not Delivery.objects.exists()


def test_a_ticket_without_a_channel_cannot_be_answered(ticket, alice):
    Ticket.objects.update(channel=None)
    with pytest.raises(replies.NowhereToSend):
        replies.send(ticket, author=alice, body="Hello", key=uuid4())
    assert Message.objects.filter(direction="out").count() == 0


def test_a_note_goes_to_nobody(ticket, alice):
    before = ticket.waiting_since
    note = replies.add_note(ticket, author=alice, body="Ask the carrier", key=uuid4())
    ticket.refresh_from_db()
    assert note.direction == Message.Direction.NOTE
    assert not Delivery.objects.exists()
    assert (ticket.status, ticket.waiting_since) == (Ticket.Status.NEW, before)


def test_a_note_twice_is_one(ticket, alice):
    notes = {replies.add_note(ticket, author=alice, body="Once", key=UUID(int=7)).pk for _ in range(2)}
    assert len(notes) == 1


def test_a_bounce_is_put_before_the_agent(ticket, alice):
    message = replies.send(ticket, author=alice, body="Hello", key=uuid4())
    report = DeliveryReport(
        message_id=message.external_id, recipient="carol@mail.example", reason="550 no such user"
    )
    delivery = replies.note_report(report)
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.FAILED
    assert delivery.outcomes["carol@mail.example"]["reason"] == "550 no such user"
    assert ticket.events.last().kind == Event.Kind.DELIVERY_FAILED
    replies.note_report(report)
    assert ticket.events.filter(kind=Event.Kind.DELIVERY_FAILED).count() == 1


def reported(message: Message, fate: Fate = Fate.FAILED, status: str = "5.1.1", **fields) -> Delivery:
    plain = {"recipient": "Carol@Mail.example", "reason": "550 no such user"}
    report = DeliveryReport(message_id=message.external_id, fate=fate, status=status, **{**plain, **fields})
    delivery = replies.note_report(report)
    assert delivery
    delivery.refresh_from_db()
    return delivery


class TestReports:
    def test_a_bounce_marks_the_address_until_somebody_writes_from_it(self, ticket, alice, written):
        reactions.drain()
        reported(replies.send(ticket, author=alice, body="Hello", key=uuid4()))
        carols = ticket.customer.identities.get()
        assert carols.bounced_at and (carols.bounce_status, carols.bounce_reason) == (
            "5.1.1",
            "550 no such user",
        )
        intake.receive(written(automatic=True, references=(Message.objects.last().external_id,)))
        reactions.drain()
        assert ticket.customer.identities.get().bounced_at
        intake.receive(written())
        reactions.drain()
        carols.refresh_from_db()
        assert (carols.bounced_at, carols.bounce_status, carols.bounce_reason) == (None, "", "")

    def test_what_was_written_before_the_bounce_does_not_undo_it(self, ticket, alice):
        reported(replies.send(ticket, author=alice, body="Hello", key=uuid4()))
        reactions.drain()
        assert ticket.customer.identities.get().bounced_at

    @pytest.mark.parametrize("status", ["4.4.7", "5.7.1"])
    def test_what_is_not_the_addresss_fault_does_not_mark_it(self, ticket, alice, status):
        reported(replies.send(ticket, author=alice, body="Hello", key=uuid4()), status=status)
        assert ticket.customer.identities.get().bounced_at is None

    def test_a_report_marks_nobody_the_message_did_not_go_to(self, ticket, alice, written):
        intake.receive(written(sender=Sender(identity_kind="email", identity="dan@mail.example")))
        message = replies.send(ticket, author=alice, body="Hello", key=uuid4(), cc=["eve@mail.example"])
        reported(message, recipient="dan@mail.example")
        assert not Identity.objects.filter(bounced_at__isnull=False).exists()

    def test_a_report_that_names_nobody_is_about_the_only_recipient(self, ticket, alice):
        delivery = reported(replies.send(ticket, author=alice, body="Hello", key=uuid4()), recipient="")
        assert list(delivery.outcomes) == ["carol@mail.example"]

    @pytest.mark.parametrize("fate", [Fate.DELAYED, Fate.DELIVERED, Fate.READ])
    def test_what_is_no_failure_is_kept_quietly(self, ticket, alice, fate):
        message = replies.send(ticket, author=alice, body="Hello", key=uuid4())
        delivery = reported(message, fate, "")
        assert delivery.state == Delivery.State.PENDING
        assert delivery.outcomes["carol@mail.example"]["fate"] == fate
        assert not ticket.events.filter(kind=Event.Kind.DELIVERY_FAILED).exists()

    def test_what_is_known_only_gets_surer(self, ticket, alice):
        message = replies.send(ticket, author=alice, body="Hello", key=uuid4())
        fates = []
        for fate in (Fate.DELIVERED, Fate.DELAYED, Fate.READ, Fate.FAILED, Fate.DELIVERED):
            fates.append(reported(message, fate).outcomes["carol@mail.example"]["fate"])
        assert fates == ["delivered", "delivered", "read", "failed", "failed"]


def test_a_report_about_somebody_elses_mail_is_not_ours(db):
    assert replies.note_report(DeliveryReport(message_id="strange@elsewhere.example")) is None


def test_a_failed_delivery_is_sent_again_once(ticket, alice):
    delivery = replies.send(ticket, author=alice, body="Hello", key=uuid4()).deliveries.get()
    replies.delivery_failed(delivery, "mailbox full")
    replies.resend(delivery, actor=alice)
    replies.resend(delivery, actor=alice)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (Delivery.State.PENDING, 0)
    assert ticket.events.filter(kind=Event.Kind.DELIVERY_RETRIED).count() == 1


def test_a_delivery_that_was_sent_cannot_be_given_up(ticket, alice):
    delivery = replies.send(ticket, author=alice, body="Hello", key=uuid4()).deliveries.get()
    Delivery.objects.update(state=Delivery.State.SENT)
    replies.drop(delivery, actor=alice)
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.SENT
