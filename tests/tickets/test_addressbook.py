"""Whom a colleague is offered while an address is being typed."""

from uuid import uuid4

import pytest

from channels_app.messages import Sender
from channels_app.models import Channel
from tickets import addressbook, assignment, customers, intake, replies
from tickets.models import Customer

pytestmark = pytest.mark.django_db


def meet(address: str, name: str) -> Customer:
    return customers.resolve(Sender(identity_kind="email", identity=address, name=name))


def test_the_people_of_the_ticket_come_first_without_a_letter_typed(ticket, alice):
    replies.send(ticket, author=alice, body="Look", key=uuid4(), cc=["Dan Bell <dan@mail.example>"])
    assert addressbook.known(alice, ticket) == [
        "Carol Reyes <carol@mail.example>",
        "Dan Bell <dan@mail.example>",
    ]


def test_our_own_addresses_are_not_offered_even_of_a_mailbox_that_is_off(ticket, alice, mailbox, written):
    mailbox.aliases = ["Help@Desk.example"]
    mailbox.save()
    Channel.objects.create(kind="email", name="Old", address="old@desk.example", is_active=False)
    copied = ("support@desk.example", "help@desk.example", "old@desk.example", "eve@mail.example")
    intake.receive(written(references=(ticket.messages.get().external_id,), cc=copied))
    assert addressbook.our_addresses() == {"support@desk.example", "help@desk.example", "old@desk.example"}
    assert addressbook.known(alice, ticket) == ["Carol Reyes <carol@mail.example>", "eve@mail.example"]


def test_whom_a_note_names_is_nobody_of_the_ticket(ticket, alice):
    note = replies.add_note(ticket, author=alice, body="Ask eve@elsewhere.example", key=uuid4())
    type(note).objects.filter(pk=note.pk).update(recipients={"to": ["eve@elsewhere.example"]})
    assert addressbook.known(alice, ticket) == ["Carol Reyes <carol@mail.example>"]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", ["carol"]),
        ("c", ["carol"]),
        ("REY", ["carol"]),
        ("carol r", ["carol"]),
        (" do", ["dora"]),
        ("dora@", ["dora"]),
        ("d", []),
        ("kiss", []),
        ("x", []),
    ],
)
def test_a_name_or_an_address_may_begin_with_what_is_typed(ticket, alice, typed, offered):
    """Customers beyond the ticket are looked up by address, from the second letter on."""
    meet("dora@work.example", "Dora Kiss")
    found = [each.partition("<")[2].partition("@")[0] for each in addressbook.known(alice, ticket, typed)]
    assert found == offered


def test_customers_of_another_team_are_nobody(ticket, written, alice, mallory, returns):
    sender = Sender(identity_kind="email", identity="dora@work.example", name="Dora Kiss")
    hers = intake.receive(written(sender=sender)).ticket
    assignment.move(hers, returns, actor=alice)
    assert addressbook.known(alice, ticket, "dora") == []
    assert addressbook.known(mallory, hers, "dora") == ["Dora Kiss <dora@work.example>"]


def test_nobody_is_offered_twice_and_no_more_than_fit(ticket, alice, written):
    intake.receive(written(references=(ticket.messages.get().external_id,), cc=("CAROL@mail.example",)))
    for number in range(addressbook.MOST_OFFERED + 3):
        meet(f"carol{number}@mail.example", f"Carol {number}")
    offered = addressbook.known(alice, ticket, "carol")
    assert len(offered) == addressbook.MOST_OFFERED
    assert len([each for each in offered if "carol@mail.example" in each.lower()]) == 1


def test_what_is_no_address_is_not_offered(ticket, alice, written):
    broken = ("undisclosed-recipients:;", "eve@", "eve@mail.example")
    intake.receive(written(references=(ticket.messages.get().external_id,), cc=broken))
    assert addressbook.known(alice, ticket, "eve") == ["eve@mail.example"]


def test_customers_alone_as_one_writes_them(ticket, alice, mallory):
    assert addressbook.customers(alice, " CAR") == ["Carol Reyes <carol@mail.example>"]
    assert addressbook.customers(alice, "c") == []
    assert addressbook.customers(mallory, "carol") == []
