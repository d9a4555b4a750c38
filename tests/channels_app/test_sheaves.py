"""First words of several people go through the door together."""

import pytest

from channels_app import inbound
from channels_app.models import InboundRecord
from tests.channels_app.test_inbound import mail, state_of
from tickets import customers, intake
from tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db
State = InboundRecord.State


@pytest.fixture
def journal(mailbox):
    def journal(body: bytes, key: str, sender: str) -> InboundRecord:
        record = inbound.journal(mailbox, key, body, sender_key=sender)
        assert record is not None
        return record

    return journal


@pytest.fixture
def many(journal):
    return [
        journal(mail(f"mail {n}", From=f"c{n}@mail.example"), key=f"{n}", sender=f"c{n}@mail.example")
        for n in range(8)
    ]


def test_a_mail_more_costs_the_database_three_statements(many, django_assert_max_num_queries):
    """Customer, ticket and message: the rest is asked and told once for all."""
    with django_assert_max_num_queries(8 * 3 + 20):
        inbound.drain()
    assert Ticket.objects.count() == 8


def test_one_that_fails_takes_no_other_with_it(many, monkeypatch):
    whole = intake.receive

    def receive(message):
        if message.subject == "mail 3":
            raise ValueError("a bug")
        return whole(message)

    monkeypatch.setattr(intake, "receive", receive)
    inbound.drain()
    assert [state_of(record) for record in many] == [State.DONE] * 3 + [State.PENDING] + [State.DONE] * 4
    assert "a bug" in many[3].error
    assert Message.objects.count() == 7


def test_an_answer_comes_after_what_it_answers(many, journal):
    colleague = journal(
        mail("Re: mail 7", From="x@mail.example", In_Reply_To="<mail7@mail.example>"),
        key="colleague",
        sender="x@mail.example",
    )
    answer = journal(
        mail("Re: mail 2", From="c2@mail.example", In_Reply_To="<mail2@mail.example>"),
        key="answer",
        sender="c2@mail.example",
    )
    inbound.drain()
    assert {state_of(answer), state_of(colleague)} == {State.DONE}
    assert Message.objects.get(record=answer).ticket == Message.objects.get(record=many[2]).ticket
    doubt = Message.objects.get(record=colleague).doubt
    assert doubt.other == Message.objects.get(record=many[7]).ticket


def test_two_of_one_sender_are_one_customer_and_a_copy_is_known(many, journal):
    again = journal(mail("once more", From="C1@Mail.example"), key="again", sender="c1@mail.example")
    copy = journal(mail("mail 5", From="c5@mail.example"), key="copy", sender="c5@mail.example")
    inbound.drain()
    assert state_of(copy) == State.DUPLICATE
    same = Message.objects.filter(record__in=[again, many[1]]).values_list("customer", flat=True)
    assert len(set(same)) == 1
    assert Message.objects.count() == 9


def test_who_turned_up_meanwhile_is_the_same_customer(many, monkeypatch):
    """Another worker made the customer after it was asked who is new."""
    whole, met = intake.receive, []

    def receive(message):
        if not met:
            met.append(customers.resolve(message.sender))
        return whole(message)

    monkeypatch.setattr(intake, "receive", receive)
    inbound.drain()
    assert {state_of(record) for record in many} == {State.DONE}
    assert Message.objects.count() == 8
