"""A look at a reply before it goes."""

from uuid import uuid4

import pytest

from channels_app.messages import Sender
from tickets import intake, recipients, replies
from tickets.guarding import looking

pytestmark = pytest.mark.django_db


def codes(ticket, body="It comes tomorrow.", to=("carol@mail.example",), files=0) -> list[str]:
    return [str(each) for each in looking.look(ticket, body=body, meant=recipients.read(to), files=files)]


def test_an_ordinary_reply_raises_no_question(ticket):
    assert codes(ticket, "Dear Carol,\n\nyour parcel TP-1 comes tomorrow.\n\nAlice") == []


def test_what_may_be_wrong_is_named(ticket):
    body = "Dear Dave,\n\nthe label is attached. Pay with 4111 1111 1111 1111, {ticket.number}."
    assert codes(ticket, body) == ["card:…1111", "placeholder:ticket.number", "attachment", "name:Dave"]
    assert "attachment" not in codes(ticket, body, files=1)


def test_another_customers_ticket_and_address_in_the_text(ticket, written):
    dave = Sender(identity_kind="email", identity="dave@mail.example", name="Dave Ito")
    other = intake.receive(written(sender=dave)).ticket
    found = codes(ticket, f"As in #{other.number} and #{ticket.number} I wrote to dave@mail.example.")
    assert found == [f"number:#{other.number}", "address:dave@mail.example"]


def test_a_new_recipient_is_asked_about_once(ticket, alice, bob):
    everybody = ("carol@mail.example", "claims@carrier.example", "bob@desk.example", "support@desk.example")
    assert codes(ticket, to=everybody) == ["recipient:claims@carrier.example"]
    replies.send(ticket, author=alice, body="Hello", key=uuid4(), cc=["Claims <Claims@Carrier.example>"])
    assert codes(ticket, to=everybody) == []


def test_a_new_recipient_is_known_on_other_tickets_too(ticket, alice, written):
    replies.send(ticket, author=alice, body="Hello", key=uuid4(), cc=["claims@carrier.example"])
    other = intake.receive(written(subject="Another matter")).ticket
    assert codes(other, to=("carol@mail.example", "claims@carrier.example")) == []


def test_another_customer_as_recipient_is_asked_about(ticket, written):
    dave = Sender(identity_kind="email", identity="dave@mail.example", name="Dave Ito")
    intake.receive(written(sender=dave))
    assert codes(ticket, to=("carol@mail.example", "dave@mail.example")) == [
        "other_customer:dave@mail.example"
    ]


def test_what_was_waved_through_is_not_asked_again(ticket):
    found = looking.look(
        ticket, body="It is attached.", meant=recipients.read(["carol@mail.example"]), files=0
    )
    assert looking.unanswered(found, "card:…1111") == found
    assert looking.unanswered(found, "attachment") == []


def test_the_look_is_cheap(ticket, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        codes(ticket, "See #48200 and x@y.example", to=("carol@mail.example", "new@y.example"))
