"""Tickets that colleagues open: for a request that came another way, and to write first."""

from uuid import UUID, uuid4

import pytest

from channels_app.messages import Sender
from tickets import assignment, customers, intake, opening, recipients, replies, uploads
from tickets.models import Attachment, Delivery, Event, Message, Ticket

pytestmark = pytest.mark.django_db

DORA = Sender(identity_kind="phone", identity="+36 1 234 5678", name="Dora Kiss", language="hu")


def rang(mailbox, alice, **more) -> Message:
    """Dora rang up, and Alice took down what she wants."""
    said = {"subject": "A lamp", "body": "It does not shine.", "key": uuid4()}
    return opening.take_down(mailbox, DORA, author=alice, **{**said, **more})


def writes_first(mailbox, carol, alice, **more) -> Message:
    said = {"subject": "Your order", "body": "It is late.", "key": uuid4()}
    return opening.write_first(mailbox, carol, author=alice, **{**said, **more})


class TestTakenDown:
    def test_it_is_hers_and_waits_for_an_answer(self, mailbox, alice, orders):
        message = rang(mailbox, alice)
        ticket = message.ticket
        assert (message.direction, message.text) == (Message.Direction.IN, "It does not shine.")
        assert (ticket.subject, ticket.team, ticket.language) == ("A lamp", orders, "hu")
        assert (ticket.status, ticket.waiting_since is not None) == (Ticket.Status.NEW, True)
        assert customers.find("phone", "+3612345678") == ticket.customer
        assert not Delivery.objects.exists(), "nothing goes out"

    def test_sent_twice_it_is_one(self, mailbox, alice):
        first = rang(mailbox, alice, key=UUID(int=5))
        assert rang(mailbox, alice, key=UUID(int=5), body="Or so.") == first
        assert Ticket.objects.count() == 1

    def test_the_same_words_another_time_are_another_request(self, mailbox, alice):
        assert rang(mailbox, alice).ticket != rang(mailbox, alice).ticket

    def test_with_all_that_is_known_at_once(self, mailbox, alice, bob):
        photo = uploads.keep(alice, name="lamp.png", content=b"x", content_type="image/png")
        given = {"assignee": bob, "kind": "complaint", "tags": ["lamp"]}
        ticket = rang(mailbox, alice, files=[photo], given=given).ticket
        ticket.refresh_from_db()
        assert (ticket.assignee, ticket.kind, ticket.tags) == (bob, "complaint", ["lamp"])
        assert [file.name for file in ticket.messages.get().attachments.all()] == ["lamp.png"]
        assert ticket.events.get(kind=Event.Kind.ASSIGNED).user == alice

    def test_what_cannot_be_leaves_nothing(self, mailbox, alice, mallory):
        photo = uploads.keep(alice, name="lamp.png", content=b"x", content_type="image/png")
        with pytest.raises(assignment.CannotTake):
            rang(mailbox, alice, files=[photo], given={"assignee": mallory})
        assert not Ticket.objects.exists()
        assert Attachment.objects.get().uploader == alice, "the file still waits"


class TestWrittenFirst:
    def test_the_ticket_begins_with_our_message_and_waits_for_nobody(self, mailbox, alice, carol, orders):
        message = writes_first(mailbox, carol, alice)
        ticket = message.ticket
        ticket.refresh_from_db()
        assert (ticket.team, ticket.customer, ticket.subject) == (orders, carol, "Your order")
        assert (ticket.status, ticket.waiting_since) == (Ticket.Status.OPEN, None)
        assert (message.subject, message.deliveries.get().everybody) == ("Your order", ["carol@mail.example"])
        assert ticket.events.first().user == alice

    def test_her_answer_comes_back_to_it(self, mailbox, alice, carol, written):
        sent = writes_first(mailbox, carol, alice)
        answer = intake.receive(written(references=(sent.external_id,), subject="Re: Your order"))
        assert answer.ticket == sent.ticket

    def test_sent_twice_it_is_one(self, mailbox, alice, carol):
        first = writes_first(mailbox, carol, alice, key=UUID(int=6))
        assert writes_first(mailbox, carol, alice, key=UUID(int=6)) == first
        assert (Ticket.objects.count(), Delivery.objects.count()) == (1, 1)

    def test_it_can_be_done_with_at_once(self, mailbox, alice, carol):
        ticket = writes_first(mailbox, carol, alice, given={"status": "resolved", "tags": ["late"]}).ticket
        ticket.refresh_from_db()
        assert (ticket.status, ticket.tags) == (Ticket.Status.RESOLVED, ["late"])

    @pytest.mark.parametrize(
        ("more", "refusal"),
        [
            ({"body": "  "}, replies.Empty),
            ({"to": ["nobody"]}, recipients.NotAddresses),
            ({"to": [f"c{n}@mail.example" for n in range(recipients.MOST + 1)]}, recipients.TooMany),
        ],
    )
    def test_what_cannot_go_leaves_no_ticket(self, mailbox, alice, carol, more, refusal):
        with pytest.raises(refusal):
            writes_first(mailbox, carol, alice, **more)
        assert not Ticket.objects.exists() and not Message.objects.exists()

    def test_who_has_no_address_here_cannot_be_written_to(self, mailbox, alice):
        dora = customers.resolve(DORA)
        with pytest.raises(replies.NowhereToSend):
            writes_first(mailbox, dora, alice)
        assert writes_first(mailbox, dora, alice, to=["dora@mail.example"]).to == ["dora@mail.example"]
