"""The door out."""

import threading
from uuid import UUID, uuid4

import pytest
from django.db import connection

from channels_app import files
from channels_app.messages import token_in_id
from tickets import drafts, replies
from tickets.models import Delivery, Draft, Event, Message, Ticket

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
