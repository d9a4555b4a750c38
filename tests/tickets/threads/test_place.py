"""Where a message goes, besides the table of cases: old tickets, joined ones, other subjects, machines."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from channels_app.messages import Sender, outbound_id, reply_token
from helpdesk.accounts.models import Company
from tickets import customers, intake, lifecycle, merging, replies, threads
from tickets.models import Customer, Doubt, Identity, Ticket

pytestmark = pytest.mark.django_db

EVE = Sender(identity_kind="email", identity="eve@elsewhere.example", name="Eve")


def by_token(ticket: Ticket) -> dict:
    return {"token": reply_token(ticket.pk)}


def by_own_id(ticket: Ticket) -> dict:
    return {"references": (outbound_id(ticket.pk, "desk.example"),)}


def by_answering(ticket: Ticket) -> dict:
    return {"references": (ticket.messages.first().external_id,)}


WAYS = [by_token, by_own_id, by_answering]


def found(inbound) -> Ticket | None:
    return threads.place(inbound, customers.resolve(inbound.sender)).ticket


@pytest.mark.parametrize("way", WAYS)
def test_the_customer_joins(written, ticket, way):
    assert found(written(**way(ticket))) == ticket


@pytest.mark.parametrize("way", WAYS)
def test_the_customer_joins_from_another_address_of_theirs(written, ticket, way):
    Identity.objects.create(customer=ticket.customer, kind="email", value="carol@work.example")
    other = Sender(identity_kind="email", identity="Carol@Work.Example")
    assert found(written(sender=other, **way(ticket))) == ticket


@pytest.mark.parametrize("way", WAYS)
def test_somebody_whom_the_customer_copied_joins(written, ticket, way):
    ticket.messages.update(recipients={"to": ["support@desk.example"], "cc": ["Eve@Elsewhere.example"]})
    assert found(written(sender=EVE, **way(ticket))) == ticket


def test_an_address_in_a_note_is_no_participant(written, ticket, alice):
    note = replies.add_note(ticket, author=alice, body="Ask eve@elsewhere.example", key=uuid4())
    type(note).objects.filter(pk=note.pk).update(recipients={"to": ["eve@elsewhere.example"]})
    assert found(written(sender=EVE, **by_token(ticket))) is None


@pytest.mark.parametrize("way", WAYS)
def test_closed_for_long_is_followed(written, ticket, alice, way):
    Company.objects.create(pk=1, reopen_days=10)
    lifecycle.set_status(ticket, "closed", actor=alice)
    assert found(written(**way(ticket))) == ticket
    Ticket.objects.update(closed_at=timezone.now() - timedelta(days=11))
    assert found(written(**way(ticket))) is None
    assert intake.receive(written(**way(ticket))).ticket.follows == ticket


@pytest.mark.parametrize(
    ("status", "days", "too_old"),
    [("closed", 31, True), ("closed", 29, False), ("resolved", 300, False), ("waiting", 300, False)],
)
def test_only_what_was_closed_for_long_is_too_old(ticket, status, days, too_old):
    now = timezone.now()
    ticket.status, ticket.closed_at = status, now - timedelta(days=days)
    assert threads.too_old(ticket, now) is too_old


def test_neither_token_nor_answer_is_a_new_ticket(written, ticket):
    assert found(written()) is None
    assert found(written(references=("unknown@elsewhere.example",))) is None
    assert found(written(token="nonsense")) is None


def test_the_token_weighs_more_than_what_is_answered(written, ticket):
    other = intake.receive(written()).ticket
    assert found(written(**by_answering(other), **by_token(ticket))) == ticket


def test_the_nearest_answered_message_decides(written, ticket):
    other = intake.receive(written()).ticket
    near, far = ticket.messages.get().external_id, other.messages.get().external_id
    assert found(written(references=("unknown@elsewhere.example", near, far))) == ticket


def test_a_note_cannot_be_answered_by_mail(written, ticket, alice):
    note = replies.add_note(ticket, author=alice, body="Hm", key=uuid4())
    type(note).objects.filter(pk=note.pk).update(external_id="note@desk.example")
    assert found(written(references=("note@desk.example",))) is None


def test_a_token_of_a_ticket_that_was_erased_starts_a_new_one(written, ticket):
    token = reply_token(ticket.pk)
    ticket.delete()
    started = intake.receive(written(token=token)).ticket
    assert started.follows is None


def test_a_token_with_a_number_beyond_all_tickets_is_no_error(written):
    assert found(written(token=reply_token(2**70))) is None
    assert intake.receive(written(token=reply_token(2**70))).ticket.follows is None


class TestAnotherSubject:
    """chatwoot#15869: the customer presses Reply on an old mail and writes of something else."""

    def answer(self, written, ticket: Ticket, subject: str = "My invoice is wrong", **fields):
        return intake.receive(written(subject=subject, **by_token(ticket), **fields))

    def test_joins_a_ticket_that_is_worked_on(self, written, ticket):
        message = self.answer(written, ticket)
        assert (message.ticket, message.subject) == (ticket, "My invoice is wrong")

    @pytest.mark.parametrize("status", ["resolved", "closed"])
    def test_asks_on_a_finished_one(self, written, ticket, alice, status):
        lifecycle.set_status(ticket, status, actor=alice)
        message = self.answer(written, ticket)
        assert message.ticket != ticket
        assert (message.doubt.other, message.doubt.reason) == (ticket, Doubt.Reason.SUBJECT)
        ticket.refresh_from_db()
        assert ticket.status == status, "nobody reopened it yet"

    @pytest.mark.parametrize(("days", "asks"), [(13, False), (15, True)])
    def test_asks_after_long_silence(self, written, ticket, days, asks):
        Ticket.objects.update(last_message_at=timezone.now() - timedelta(days=days))
        assert (self.answer(written, ticket).ticket != ticket) is asks

    def test_the_days_are_a_setting(self, written, ticket):
        Company.objects.create(pk=1, silent_days=20)
        Ticket.objects.update(last_message_at=timezone.now() - timedelta(days=15))
        assert self.answer(written, ticket).ticket == ticket

    @pytest.mark.parametrize("subject", ["Re: Where is my parcel?", "", "AW: WG: Where is my parcel? [#7]"])
    def test_the_same_one_joins_whenever(self, written, ticket, alice, subject):
        lifecycle.resolve(ticket, actor=alice)
        assert self.answer(written, ticket, subject).ticket == ticket

    def test_one_that_came_before_is_no_other(self, written, ticket, alice):
        self.answer(written, ticket)
        lifecycle.resolve(ticket, actor=alice)
        assert self.answer(written, ticket, "Re: My invoice is wrong").ticket == ticket

    def test_on_one_closed_for_long_follows(self, written, ticket, alice):
        lifecycle.set_status(ticket, "closed", actor=alice)
        Ticket.objects.update(closed_at=timezone.now() - timedelta(days=31))
        message = self.answer(written, ticket)
        assert message.ticket.follows == ticket
        assert not Doubt.objects.exists()


class TestJoinedTickets:
    """zammad#983: an answer to a joined ticket goes to the one that lives."""

    @pytest.mark.parametrize("way", WAYS)
    def test_an_answer_finds_the_survivor(self, written, ticket, alice, way):
        other, last = intake.receive(written()).ticket, intake.receive(written()).ticket
        inbound = written(**way(ticket))
        merging.join(ticket, other, actor=alice)
        merging.join(other, last, actor=alice)
        assert intake.receive(inbound).ticket == last

    def test_a_message_that_was_split_off_is_answered_where_it_is(self, written, ticket, alice):
        stray = intake.receive(written(subject="Something else", **by_token(ticket)))
        merging.split(stray, actor=alice)
        stray.refresh_from_db()
        assert intake.receive(written(references=(stray.external_id,))).ticket == stray.ticket != ticket

    def test_our_own_message_counts_where_it_is_now(self, written, ticket, alice):
        """Its token was made for the ticket it was sent from."""
        sent = replies.send(ticket, author=alice, body="Look", key=uuid4())
        other = intake.receive(written()).ticket
        type(sent).objects.filter(pk=sent.pk).update(ticket=other)
        inbound = written(references=(sent.external_id,), token=reply_token(ticket.pk))
        assert intake.receive(inbound).ticket == other


class TestStrippedReferences:
    """zammad#3022: ServiceNow and Jira leave nothing but the subject."""

    def test_the_number_and_the_same_sender_join(self, written, ticket):
        inbound = written(subject=f"INC0010023: Re: Where is my parcel? [#{ticket.number}]")
        assert found(inbound) == ticket

    def test_of_several_numbers_the_senders_own(self, written, ticket):
        other = intake.receive(written(sender=EVE, subject="Lamp")).ticket
        subject = f"Fwd: Lamp [#{other.number}] Where is my parcel? [#{ticket.number}]"
        assert found(written(subject=subject)) == ticket
        assert found(written(sender=EVE, subject=subject)) == other

    def test_a_number_that_nobody_has(self, written, ticket):
        assert found(written(subject="Where is my parcel? [#999999]")) is None

    def test_ids_weigh_more(self, written, ticket):
        other = intake.receive(written()).ticket
        assert found(written(subject=f"x [#{other.number}]", **by_answering(ticket))) == ticket


class TestUnseenBeginnings:
    """zammad#5716: mails that share a root the desk never saw."""

    def test_a_second_mail_of_the_thread_joins(self, written):
        first = intake.receive(written(references=("mid@x", "root@x")))
        assert intake.receive(written(references=("other@x", "root@x"))).ticket == first.ticket

    def test_of_somebody_who_was_in_copy_and_is_proved(self, written):
        first = intake.receive(written(references=("root@x",), cc=(EVE.identity,)))
        second = written(sender=EVE, references=("root@x",), authenticity="pass")
        assert intake.receive(second).ticket == first.ticket


class TestForwards:
    """zammad#4965, #5287: a forward carries the ids of what it forwards."""

    def test_of_a_stranger_is_asked_about(self, written, ticket):
        message = intake.receive(written(sender=EVE, subject="WG: Where is my parcel?", **by_token(ticket)))
        assert (message.ticket != ticket, message.doubt.reason) == (True, Doubt.Reason.STRANGER)

    def test_of_the_customer_joins(self, written, ticket):
        assert found(written(subject="Fwd: Where is my parcel?", **by_token(ticket))) == ticket


class TestParticipants:
    def test_a_doubtful_sender_lets_nobody_in(self, written, ticket):
        """Who wrote in carol's name with a copy to themselves would be a participant from then on."""
        forged = written(authenticity="fail", cc=(EVE.identity,), **by_token(ticket))
        assert intake.receive(forged).is_unverified
        assert intake.receive(written(sender=EVE, **by_token(ticket))).ticket != ticket

    def test_a_blind_copy_of_ours_takes_part(self, written, ticket, alice):
        sent = replies.send(ticket, author=alice, body="Look", key=uuid4(), bcc=[EVE.identity])
        assert found(written(sender=EVE, references=(sent.external_id,))) == ticket


class TestMachines:
    AWAY = Sender(identity_kind="email", identity="away@elsewhere.example")

    def test_a_strange_one_raises_no_doubt(self, written, ticket):
        inbound = written(sender=self.AWAY, automatic=True, **by_token(ticket))
        assert not threads.joins(inbound)
        assert not Customer.objects.filter(identities__value=self.AWAY.identity).exists()

    def test_the_customers_own_joins(self, written, ticket):
        assert threads.joins(written(automatic=True, **by_token(ticket)))

    def test_one_subject_is_one_ticket(self, written, alice):
        """chatwoot#14993: once a person made a ticket of the first, the next of its kind join it."""
        fields = {"sender": self.AWAY, "automatic": True, "subject": "Backup failed on host 3"}
        assert not threads.joins(written(**fields))
        ticket = intake.receive(written(**fields)).ticket
        assert threads.joins(written(**fields))
        assert intake.receive(written(**fields)).ticket == ticket
        assert not threads.joins(written(**{**fields, "subject": "Backup failed on host 4"}))
        lifecycle.resolve(ticket, actor=alice)
        assert not threads.joins(written(**fields))


def test_outlook_answers_with_references_alone(written, ticket, alice):
    sent = replies.send(ticket, author=alice, body="Tomorrow", key=uuid4())
    chain = ("lost@outlook.example", sent.external_id, ticket.messages.first().external_id)
    assert found(written(references=chain)) == ticket


def test_answers_after_resolving_stay_in_the_thread(written, ticket, alice):
    """chatwoot#12566."""
    sent = replies.send(ticket, author=alice, body="Done", key=uuid4(), status="resolved")
    assert intake.receive(written(references=(sent.external_id,))).ticket == ticket
    again = replies.send(ticket, author=alice, body="Once more", key=uuid4())
    assert again.ticket == ticket
