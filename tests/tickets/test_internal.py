"""Tickets among colleagues: tied to a customer's, made of notes, and nothing of them goes out or comes in."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tickets import intake, internal, merging, reactions, replies, scheduling
from tickets.models import Delivery, Link, Message, Notification, Ticket, Watch

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(ticket, alice, bob) -> Ticket:
    return internal.open_for(
        ticket, author=alice, subject="Stock?", body="Is there one left?", key=uuid4(), assignee=bob
    )


def test_it_is_a_part_of_the_customers_made_of_notes(asked, ticket, alice, bob, orders):
    assert (asked.is_internal, asked.team, asked.assignee) == (True, orders, bob)
    assert (asked.customer, asked.channel, asked.waiting_since) == (ticket.customer, None, None)
    assert Link.objects.get().target == ticket
    assert [each.direction for each in asked.messages.all()] == ["note"]
    assert asked.preview == "Is there one left?" and Watch.objects.get().user == alice


def test_the_same_key_opens_one(ticket, alice):
    given = {"author": alice, "subject": "Stock?", "body": "?", "key": uuid4()}
    assert internal.open_for(ticket, **given) == internal.open_for(ticket, **given)
    assert Ticket.objects.filter(is_internal=True).count() == 1


def test_nothing_goes_out_from_it_by_any_door(asked, ticket, alice, mailbox):
    given = {"author": alice, "body": "Hello", "key": uuid4(), "to": ["carol@mail.example"]}
    with pytest.raises(replies.NowhereToSend):
        replies.send(asked, **given, channel=mailbox)
    with pytest.raises(replies.NowhereToSend):
        replies.forward(asked, **given, answers=ticket.messages.first(), channel=mailbox)
    with pytest.raises(replies.NowhereToSend):
        scheduling.queue(
            asked, **given, mode="reply", due_at=timezone.now() + timedelta(hours=1), channel=mailbox
        )
    assert not Delivery.objects.exists()


def test_no_mail_lands_in_it(asked, ticket, written):
    said = intake.receive(written(subject=f"Re: [#{asked.number}]"))
    assert said.ticket not in (asked, ticket)


def test_it_is_not_joined_with_the_customers(asked, ticket, alice):
    for one, other in ((asked, ticket), (ticket, asked)):
        with pytest.raises(merging.CannotMove):
            merging.join(one, other, actor=alice)


def test_a_note_in_it_is_told_to_who_asked(asked, alice, bob):
    reactions.drain()
    Notification.objects.all().delete()
    replies.add_note(asked, author=bob, body="Two", key=uuid4())
    reactions.drain()
    assert Notification.objects.get().user == alice
    asked.refresh_from_db()
    assert asked.preview == "Two"


def test_at_the_desk_there_is_a_note_and_no_reply(client, ticket, alice):
    client.force_login(alice)
    at = f"/tickets/{ticket.number}/internal/"
    assert client.post(at, {"subject": "", "body": "x"}).status_code == 422
    made = client.post(at, {"subject": "Stock?", "body": "One left?"})
    page = client.get(made.url).content.decode()
    assert "internal, never to the customer" in page and 'data-write="note"' in page
    assert 'data-write="reply"' not in page and Message.objects.filter(direction="out").count() == 0
    assert "internal" in client.get("/tickets/?view=open").content.decode()
