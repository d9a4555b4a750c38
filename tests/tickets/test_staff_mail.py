"""What colleagues write from their own mail programs."""

from uuid import uuid4

import pytest

from channels_app import inbound
from channels_app.messages import Fold, Forwarded, InboundFile, Sender, outbound_id, reply_token
from channels_app.models import InboundRecord
from tests.channels_app.adapters.email.mails import raw
from tickets import assignment, intake, lifecycle, merging, replies, threads
from tickets.models import Customer, Delivery, Doubt, Message, Ticket

pytestmark = pytest.mark.django_db

ALICE = Sender(identity_kind="email", identity="Alice@desk.example", name="Alice")
CAROL = Sender(identity_kind="email", identity="carol@mail.example", name="Carol Reyes")
DAN = Sender(identity_kind="email", identity="dan@mail.example", name="Dan Novak")


@pytest.fixture
def by_alice(written, ticket, alice):
    """A mail from alice's address that answers a mail of ours on carol's ticket."""

    def write(**fields):
        plain = {
            "sender": ALICE,
            "subject": "Re: Where is my parcel?",
            "text": "It comes tomorrow.\n> It has not come.",
            "folds": (Fold(19, 38, "quote"),),
            "references": (outbound_id(ticket.pk, "desk.example"),),
            "authenticity": "pass",
        }
        return written(**{**plain, **fields})

    return write


class TestAnswer:
    def test_proved_it_goes_to_the_customer_as_their_reply(self, by_alice, ticket, alice):
        message = intake.receive(by_alice())
        assert (message.direction, message.author, message.ticket) == ("out", alice, ticket)
        assert message.text == "It comes tomorrow."
        delivery = Delivery.objects.get()
        assert (delivery.message, delivery.recipients["to"]) == (message, ["carol@mail.example"])
        ticket.refresh_from_db()
        assert ticket.waiting_since is None
        assert not Customer.objects.filter(identities__value="alice@desk.example").exists()

    def test_twice_is_once(self, by_alice):
        mail = by_alice()
        assert intake.receive(mail) == intake.receive(mail)
        assert Delivery.objects.count() == 1

    @pytest.mark.parametrize("authenticity", ["none", "fail"])
    def test_unproved_it_is_a_note_with_a_mark(self, by_alice, ticket, alice, authenticity):
        message = intake.receive(by_alice(authenticity=authenticity))
        assert (message.direction, message.author, message.is_unverified) == ("note", alice, True)
        assert (message.ticket, Delivery.objects.count()) == (ticket, 0)

    def test_a_number_alone_sends_nothing_out(self, by_alice, ticket):
        message = intake.receive(by_alice(references=(), subject=f"Carol [#{ticket.number}]"))
        assert (message.direction, message.is_unverified, message.ticket) == ("note", False, ticket)

    def test_its_files_go_along(self, by_alice):
        message = intake.receive(by_alice(files=(InboundFile(sha256="a" * 64, size=3, name="a.txt"),)))
        assert [file.name for file in message.attachments.all()] == ["a.txt"]

    def test_files_without_words_are_a_note(self, by_alice):
        files = (InboundFile(sha256="a" * 64, size=3, name="a.txt"),)
        message = intake.receive(by_alice(text="", folds=(), files=files))
        assert (message.direction, message.attachments.count()) == ("note", 1)

    def test_what_the_customer_has_already_is_not_sent_again(self, by_alice, ticket, alice, written):
        mail = by_alice(to=("support@desk.example", "Carol@Mail.example"))
        message = intake.receive(mail)
        assert (message.direction, message.author, Delivery.objects.count()) == ("out", alice, 0)
        assert intake.receive(mail) == message
        ticket.refresh_from_db()
        assert ticket.waiting_since is None
        assert intake.receive(written(references=(mail.external_id,))).ticket == ticket

    def test_her_own_mail_is_answered_by_its_own_id(self, by_alice, ticket, written):
        mail = by_alice()
        intake.receive(mail)
        assert intake.receive(written(references=(mail.external_id,))).ticket == ticket

    def test_of_a_joined_ticket_it_goes_out_on_the_living_one(self, by_alice, ticket, written, alice):
        other = intake.receive(written()).ticket
        merging.join(ticket, other, actor=alice)
        assert intake.receive(by_alice()).ticket == other

    def test_nowhere_to_send_is_a_note(self, by_alice, ticket):
        Message.objects.update(sender_address="")
        ticket.customer.identities.all().delete()
        assert intake.receive(by_alice()).direction == "note"

    def test_an_address_that_admins_listed_counts(self, by_alice, alice):
        private = Sender(identity_kind="email", identity="Alice@Home.example")
        assert intake.receive(by_alice(sender=private)).author is None
        alice.further_addresses = ["alice@home.example"]
        alice.save()
        assert intake.receive(by_alice(sender=private)).author == alice


class TestWhoMay:
    def test_a_ticket_one_may_not_see_is_not_answered(self, by_alice, ticket, returns, bob):
        assignment.move(ticket, returns, actor=bob)
        message = intake.receive(by_alice())
        assert (message.direction, message.ticket != ticket) == ("in", True)
        assert message.doubt.other == ticket
        assert not Delivery.objects.exists()

    def test_who_works_here_no_more_is_a_sender_like_anybody(self, by_alice, alice):
        alice.is_active = False
        alice.save()
        message = intake.receive(by_alice())
        assert (message.direction, message.doubt.reason) == ("in", Doubt.Reason.STRANGER)

    def test_a_mail_about_no_ticket_is_a_ticket_of_theirs(self, by_alice):
        message = intake.receive(by_alice(references=(), subject="My chair is broken"))
        assert (message.direction, message.ticket.customer.name) == ("in", "Alice")


def test_an_automatic_reply_of_a_colleague_is_put_aside(mailbox, ticket, alice):
    mail = raw(
        From="alice@desk.example",
        Subject="Out of office",
        Auto_Submitted="auto-replied",
        In_Reply_To=f"<{outbound_id(ticket.pk, 'desk.example')}>",
    )
    record = inbound.journal(mailbox, "away", mail)
    inbound.process(record)
    assert InboundRecord.objects.get(pk=record.pk).state == "automatic"
    assert ticket.messages.count() == 1


class TestPassingOn:
    def mail(self, by_alice, **fields):
        forwarded = Forwarded(
            sender=DAN,
            subject="My lamp",
            text="It is broken.",
            own_words="He called me.",
            ids=("lamp@mail.example",),
        )
        plain = {
            "references": (),
            "subject": "Fwd: My lamp",
            "text": "…",
            "folds": (),
            "forwarded": forwarded,
        }
        return by_alice(**{**plain, **fields})

    def test_the_ticket_is_the_writers(self, by_alice, alice):
        message = intake.receive(self.mail(by_alice))
        assert (message.ticket.customer.name, message.ticket.subject) == ("Dan Novak", "My lamp")
        assert (message.text, message.sender_address) == ("It is broken.", "dan@mail.example")
        assert (message.via, message.authenticity) == ("Alice@desk.example", "none")
        note = message.ticket.messages.get(direction="note")
        assert (note.text, note.author, note.is_unverified) == ("He called me.", alice, False)

    def test_twice_is_once(self, by_alice):
        mail = self.mail(by_alice)
        assert intake.receive(mail) == intake.receive(mail)
        assert Message.objects.filter(direction="note").count() == 1

    def test_an_answer_to_the_original_finds_the_ticket(self, by_alice, written):
        ticket = intake.receive(self.mail(by_alice)).ticket
        assert intake.receive(written(sender=DAN, references=("lamp@mail.example",))).ticket == ticket

    def test_unproved_its_note_is_marked_and_disproved_it_passes_nothing_on(self, by_alice):
        message = intake.receive(self.mail(by_alice, authenticity="none"))
        assert message.ticket.messages.get(direction="note").is_unverified
        refused = intake.receive(self.mail(by_alice, authenticity="fail"))
        assert (refused.sender_address, refused.via) == ("Alice@desk.example", "")

    def test_onto_the_ticket_it_answers(self, by_alice, ticket):
        forwarded = Forwarded(sender=CAROL, subject="Re: Where is my parcel?", text="Still nothing.")
        message = intake.receive(self.mail(by_alice, forwarded=forwarded, token=reply_token(ticket.pk)))
        assert (message.ticket, message.customer, message.direction) == (ticket, ticket.customer, "in")

    def test_of_somebody_else_onto_a_ticket_asks(self, by_alice, ticket):
        message = intake.receive(self.mail(by_alice, token=reply_token(ticket.pk)))
        assert message.doubt.other == ticket

    def test_a_colleagues_mail_stays_the_colleagues(self, by_alice, bob):
        theirs = Forwarded(
            sender=Sender(identity_kind="email", identity="bob@desk.example"), subject="Lunch", text="Soup?"
        )
        message = intake.receive(self.mail(by_alice, forwarded=theirs))
        assert message.sender_address == "Alice@desk.example"

    def test_a_customers_forward_is_the_customers(self, written):
        forwarded = Forwarded(sender=DAN, subject="My lamp", text="It is broken.")
        message = intake.receive(written(subject="Fwd: My lamp", forwarded=forwarded))
        assert (message.sender_address, message.via) == ("carol@mail.example", "")

    def test_from_bytes_to_a_ticket(self, mailbox, alice):
        """The whole way: a forward as Outlook writes it."""
        body = (
            "Please take care of him.\n\nFrom: Dan Novak <dan@mail.example>\nSent: Sunday, 22 November 2026\n"
            "To: Alice\nSubject: My lamp\n\nIt is broken.\n"
        )
        record = inbound.journal(mailbox, "fwd", raw(body, From="alice@desk.example", Subject="FW: My lamp"))
        inbound.process(record)
        message = Message.objects.get(record=record)
        assert (message.text, str(message.ticket.customer)) == ("It is broken.", "Dan Novak")
        assert message.ticket.messages.get(direction="note").text == "Please take care of him."


def test_a_resolved_ticket_stays_resolved_by_a_note(by_alice, ticket, alice):
    lifecycle.resolve(ticket, actor=alice)
    intake.receive(by_alice(authenticity="none"))
    ticket.refresh_from_db()
    assert ticket.status == Ticket.Status.RESOLVED


def test_a_colleague_in_copy_is_no_newcomer_problem(ticket, alice):
    replies.send(ticket, author=alice, body="Look", key=uuid4(), cc=["bob@desk.example"])
    assert threads.newcomers(ticket) == []
