"""Which ticket a message belongs to: the table of tickets/threads.py, line by line."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from channels_app.messages import Sender, outbound_id, reply_token
from helpdesk.accounts.models import Company
from tickets import customers, intake, lifecycle, replies, threads
from tickets.models import Identity, Ticket

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
    return threads.find_ticket(inbound, customers.resolve(inbound.sender))


@pytest.mark.parametrize("way", WAYS)
def test_the_customer_joins(written, ticket, way):
    assert found(written(**way(ticket))) == ticket


@pytest.mark.parametrize("way", WAYS)
def test_the_customer_joins_from_another_address_of_theirs(written, ticket, way):
    Identity.objects.create(customer=ticket.customer, kind="email", value="carol@work.example")
    other = Sender(identity_kind="email", identity="Carol@Work.Example")
    assert found(written(sender=other, **way(ticket))) == ticket


@pytest.mark.parametrize("way", WAYS)
def test_a_stranger_starts_a_ticket_that_follows(written, ticket, way):
    started = intake.receive(written(sender=EVE, **way(ticket))).ticket
    assert started != ticket
    assert started.follows == ticket


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
