"""Blocked senders: held at the door, nothing lost, and let through again."""

import uuid

import pytest

from channels_app.messages import Sender
from tickets import intake, lifecycle, reactions, replies
from tickets.customers import blocking
from tickets.models import Event, Message, Ticket

pytestmark = pytest.mark.django_db
SPAM, DESK = Ticket.Folder.SPAM, Ticket.Folder.DESK


@pytest.fixture
def blocked(ticket, carol, alice):
    blocking.block(carol, actor=alice)
    return carol


def test_what_a_blocked_customer_writes_goes_to_the_spam(blocked, written, ticket):
    held = intake.receive(written(subject="Again")).ticket
    assert (held.folder, Ticket.objects.get(pk=ticket.pk).folder) == (SPAM, DESK)
    assert held.events.get(kind="folder_changed").data["why"] == "blocked"
    assert held.messages.get().text.startswith("Good morning")
    assert list(blocking.held_tickets(blocked)) == [held]


def test_even_an_answer_to_a_ticket_on_the_desk(blocked, written, ticket):
    lifecycle.resolve(ticket, actor=None)
    first = ticket.messages.get()
    answer = intake.receive(written(references=(first.external_id,))).ticket
    ticket.refresh_from_db()
    assert (answer.folder, answer.follows, ticket.status) == (SPAM, ticket, "resolved")


def test_more_of_it_joins_what_is_there(blocked, written):
    first = intake.receive(written(subject="Again"))
    more = intake.receive(written(references=(first.external_id,)))
    assert (more.ticket, more.ticket.folder) == (first.ticket, SPAM)


def test_nobody_gets_a_receipt(blocked, written, mailbox):
    mailbox.config["acknowledge"] = True
    mailbox.save()
    ticket = intake.receive(written()).ticket
    reactions.drain()
    assert not ticket.messages.filter(purpose=Message.Purpose.RECEIPT).exists()


def test_from_whatever_address_they_write(blocked, written, alice):
    blocked.identities.create(kind="email", value="carol@other.example")
    sender = Sender(identity_kind="email", identity="Carol@Other.example")
    assert intake.receive(written(sender=sender)).ticket.folder == SPAM


def test_let_through_they_are_heard_again(blocked, written, alice):
    held = intake.receive(written(subject="Again")).ticket
    blocking.unblock(blocked, actor=alice)
    assert intake.receive(written(subject="New")).ticket.folder == DESK
    held.refresh_from_db()
    assert held.folder == SPAM, "only when somebody asks for it"


def test_what_was_held_comes_back(blocked, written, alice):
    held = intake.receive(written(subject="Again")).ticket
    blocking.unblock(blocked, actor=alice, restore=True)
    held.refresh_from_db()
    assert (held.folder, held.status) == (DESK, "new")


def test_what_a_colleague_marked_as_spam_stays_there(blocked, written, alice, ticket):
    ticket.folder = SPAM
    ticket.save()
    blocking.unblock(blocked, actor=alice, restore=True)
    ticket.refresh_from_db()
    assert ticket.folder == SPAM


def test_it_is_told_once(blocked, carol, alice):
    blocking.block(carol, actor=alice)
    blocking.unblock(carol, actor=alice)
    blocking.unblock(carol, actor=alice)
    kinds = Event.objects.filter(ticket=None).values_list("kind", flat=True).order_by("id")
    assert list(kinds) == ["customer_blocked", "customer_unblocked"]


def test_others_are_as_before(blocked, written):
    dan = Sender(identity_kind="email", identity="dan@mail.example")
    assert intake.receive(written(sender=dan)).ticket.folder == DESK


def test_we_may_still_write_to_them(blocked, ticket, alice):
    assert replies.send(ticket, author=alice, body="Goodbye.", key=uuid.uuid4()).deliveries.exists()
