"""One message to many: a ticket each, whatever breaks on the way."""

import uuid

import pytest

from helpdesk.accounts.models import User
from tickets import mailings, recipients
from tickets.models import Addressee, Customer, Mailing, Ticket

pytestmark = pytest.mark.django_db

TO = [("ann@mail.example", "Ann"), ("ben@mail.example", ""), ("carol@mail.example", "")]


def queue(mailbox, alice, to=TO, key=None, **given) -> Mailing:
    text = {"subject": "A recall", "body": "Please send it back."}
    return mailings.queue(mailbox, to, author=alice, key=key or uuid.uuid4(), **text, **given)


def test_everybody_gets_a_ticket_of_their_own(mailbox, alice, carol, returns):
    queue(mailbox, alice, tags=["recall"])
    mailings.drain()
    found = Ticket.objects.order_by("pk")
    assert [ticket.customer.name for ticket in found] == ["Ann", "", "Carol Reyes"]
    assert [ticket.messages.get().to for ticket in found] == [[address] for address, _name in TO]
    assert {tuple(ticket.tags) for ticket in found} == {("recall",)}
    assert {ticket.messages.get().text for ticket in found} == {"Please send it back."}
    assert found[2].customer == carol
    assert set(Addressee.objects.values_list("state", flat=True)) == {"done"}


def test_it_is_sent_once_however_often_it_is_asked_for(mailbox, alice):
    key = uuid.uuid4()
    assert queue(mailbox, alice, key=key) == queue(mailbox, alice, key=key)
    mailings.drain()
    mailings.drain()
    assert Ticket.objects.count() == 3


def test_a_crash_in_the_middle_loses_nobody_and_repeats_nobody(mailbox, alice, monkeypatch):
    queue(mailbox, alice)
    write, done = mailings._write, []

    def breaks(mailing, row):
        done.append(row.address)
        if len(done) == 2:
            raise RuntimeError("the machine is gone")
        return write(mailing, row)

    monkeypatch.setattr(mailings, "_write", breaks)
    with pytest.raises(RuntimeError):
        mailings.drain()
    assert Ticket.objects.count() == 1
    monkeypatch.setattr(mailings, "_write", write)
    mailings.drain()
    assert Ticket.objects.count() == Customer.objects.count() == 3


def test_who_works_here_no_more_writes_nothing(mailbox, alice):
    queue(mailbox, alice)
    User.objects.filter(pk=alice.pk).update(is_active=False)
    mailings.drain()
    assert not Ticket.objects.exists()
    assert set(Addressee.objects.values_list("state", flat=True)) == {"failed"}


def test_nor_who_may_not_write_by_this_channel_any_more(mailbox, alice):
    queue(mailbox, alice)
    alice.memberships.all().delete()
    mailings.drain()
    assert not Ticket.objects.exists()


def test_everybody_is_written_to_once():
    typed = recipients.pieces("Ann <ann@mail.example>, ANN@mail.example; ben@mail.example\nben@mail.example")
    assert mailings.people(typed) == [("ann@mail.example", "Ann"), ("ben@mail.example", "")]


def test_more_than_one_message_may_have_fit():
    assert len(mailings.people([f"p{number}@mail.example" for number in range(130)])) == 130


def test_what_is_no_list_of_people(monkeypatch):
    with pytest.raises(recipients.NotAddresses):
        mailings.people(["ann@mail.example", "nobody"])
    with pytest.raises(mailings.NobodyThere):
        mailings.people([" "])
    monkeypatch.setattr(mailings, "MOST", 1)
    with pytest.raises(mailings.TooManyPeople):
        mailings.people(["a@mail.example", "b@mail.example"])
