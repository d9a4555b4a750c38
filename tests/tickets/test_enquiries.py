"""Asking somebody else within a ticket: the answer comes back there, and the customer sees nothing of it."""

from uuid import uuid4

import pytest

from channels_app.adapters.email import compose
from channels_app.messages import Authenticity, Sender
from helpdesk.accounts.models import Company
from tests.people import hire
from tickets import enquiries, intake, lifecycle, merging, reactions, replies, snoozing
from tickets.customers import exporting
from tickets.models import Delivery, Enquiry, Event, Message, Notification, Ticket

pytestmark = pytest.mark.django_db
CARRIER = "claims@carrier.example"
SECRET = "The driver left it with the neighbour"


@pytest.fixture
def question(ticket, alice) -> Message:
    return enquiries.ask(
        ticket,
        author=alice,
        to=[f"Parcelway <{CARRIER}>"],
        subject="TP-1 lost?",
        body="Where is it?",
        key=uuid4(),
    )


@pytest.fixture
def answer(question, written):
    """What the carrier answers, by what it cites unless told otherwise."""

    def come(**fields) -> Message:
        sender = Sender(identity_kind="email", identity=CARRIER, name="Parcelway")
        given = {"sender": sender, "references": (question.external_id,), "subject": "Re: TP-1 lost?"}
        return intake.receive(written(**{**given, "text": SECRET, **fields}))

    return come


def mail(message: Message) -> str:
    letter = compose.letter(Delivery.objects.get(message=message))
    return b"".join(letter.chunks).decode()


def test_it_goes_to_them_alone_and_answers_nobody(question, ticket, alice):
    enquiry = Enquiry.objects.get()
    assert (enquiry.whom, enquiry.addresses) == (f"Parcelway <{CARRIER}>", [CARRIER])
    assert (question.enquiry, question.purpose, question.direction) == (enquiry, "aside", "out")
    assert Delivery.objects.get().recipients["to"] == [CARRIER]
    before = ticket
    ticket = Ticket.objects.get()
    same = ("status", "waiting_since", "first_replied_at", "last_message_at", "preview")
    assert all(getattr(ticket, name) == getattr(before, name) for name in same)
    event = Event.objects.get(kind="enquiry_sent")
    assert event.data == {"enquiry": enquiry.pk, "first": True}
    assert "my parcel TP-1 has not come" not in mail(question), "the customer's words stay with us"


def test_the_answer_comes_back_into_it(question, answer, ticket, alice, bob):
    Ticket.objects.update(assignee=bob, status="on_hold", waiting_since=None)
    said = answer()
    assert (said.ticket, said.enquiry, said.purpose) == (ticket, question.enquiry, "aside")
    now = Ticket.objects.get()
    assert (now.status, now.waiting_since) == ("open", None), "what waited for something else is open"
    assert now.last_message_at > ticket.last_message_at and now.preview == ticket.preview
    reactions.drain()
    assert {(each.user, each.kind) for each in Notification.objects.all()} == {
        (alice, "answered"),
        (bob, "answered"),
    }
    assert not Message.objects.filter(purpose="receipt").exclude(answers=ticket.messages.first()).exists()


def test_what_cites_nothing_goes_by_the_address(answer, question):
    assert answer(references=(), subject=f"Re: [#{question.ticket.number}]").enquiry == question.enquiry


def test_what_answers_the_customers_thread_is_no_answer_to_an_enquiry(ticket, alice, question, answer):
    reply = replies.send(
        ticket, author=alice, body="Both of you", key=uuid4(), to=["carol@mail.example"], cc=[CARRIER]
    )
    assert answer(references=(question.external_id, reply.external_id)[::-1]).enquiry is None


def test_what_the_customer_says_is_never_part_of_it(question, written):
    said = intake.receive(written(references=(question.external_id,)))
    assert said.enquiry is None and said.ticket == question.ticket


@pytest.mark.parametrize("quote", Company.Quote.values)
def test_the_customer_gets_nothing_of_it(quote, ticket, company, alice, question, answer):
    Company.objects.update(quote=quote)
    said = answer()
    sent = [
        replies.send(ticket, author=alice, body="Soon.", key=uuid4()),
        replies.send(ticket, author=alice, body="So.", key=uuid4(), answers=said),
        replies.send(ticket, author=alice, body="Ho.", key=uuid4(), cc=[CARRIER]),
    ]
    for reply in sent:
        letter = mail(reply)
        assert SECRET not in letter and "Where is it?" not in letter
        assert question.external_id not in letter and said.external_id not in letter


def test_nothing_of_it_is_passed_on_to_the_customer(ticket, alice, answer):
    said = answer()
    with pytest.raises(replies.NowhereToSend):
        replies.forward(
            ticket, author=alice, body="See", key=uuid4(), answers=said, to=["Carol@mail.example"]
        )
    with pytest.raises(enquiries.ToTheCustomer):
        enquiries.write(said.enquiry, author=alice, body="x", key=uuid4(), to=["carol@mail.example"])
    exported = b"".join(exporting.export(ticket.customer, actor=alice)).decode()
    assert SECRET not in exported and "Where is it?" not in exported


def test_what_is_written_on_quotes_the_enquiry_and_nothing_else(company, alice, answer, ticket):
    Company.objects.update(quote="all" if "all" in Company.Quote.values else Company.Quote.values[-1])
    said = answer()
    replies.send(ticket, author=alice, body="Dear Carol", key=uuid4())
    more = enquiries.write(said.enquiry, author=alice, body="Which one?", key=uuid4())
    assert more.to == [CARRIER]
    letter = mail(more)
    assert f"<{said.external_id}>" in letter and "Dear Carol" not in letter and "TP-1 has" not in letter
    assert Event.objects.filter(kind="enquiry_sent").last().data["first"] is False


def test_the_same_key_asks_once(ticket, alice):
    key = uuid4()
    for _ in range(2):
        enquiries.ask(ticket, author=alice, to=[CARRIER], subject="Q", body="?", key=key)
    assert Enquiry.objects.count() == Delivery.objects.count() == 1


def test_an_automatic_answer_is_kept_and_tells_nobody(answer, alice, ticket):
    Ticket.objects.update(status="on_hold")
    said = answer(automatic=True)
    reactions.drain()
    assert said.enquiry and Ticket.objects.get().status == "on_hold"
    assert not Notification.objects.exists()


def test_it_wakes_what_was_snoozed(answer, ticket, alice):
    snoozing.snooze(ticket, until=snoozing.UNTIL_ANSWERED, actor=alice)
    answer()
    assert not Ticket.objects.get().is_snoozed


def test_it_goes_where_its_messages_go(question, answer, ticket, alice, written):
    other = intake.receive(written(subject="Another")).ticket
    move = merging.join(ticket, other, actor=alice)
    said = answer()
    assert said.ticket == other and said.enquiry == question.enquiry
    assert Enquiry.objects.get().ticket == other
    merging.undo(move, actor=alice)
    assert Enquiry.objects.get().ticket == ticket


def test_an_answer_is_not_split_off(answer, alice):
    with pytest.raises(merging.CannotMove):
        merging.split(answer(), actor=alice)


def test_who_waits_is_told_by_the_customers_messages_alone(answer, ticket, alice, written):
    answer()
    other = intake.receive(written(subject="Another")).ticket
    merging.undo(merging.join(other, ticket, actor=alice), actor=alice)
    now = Ticket.objects.get(pk=ticket.pk)
    lifecycle.recount(now)
    assert now.preview == ticket.preview


def test_what_a_colleague_answers_in_their_own_program_does_not_go_to_the_customer(
    question, written, ticket, orders
):
    dan = hire("dan@desk.example", "Dan", "agent", orders)
    sender = Sender(identity_kind="email", identity=dan.email, name="Dan")
    given = {"sender": sender, "references": (question.external_id,), "authenticity": Authenticity.PASS}
    said = intake.receive(written(**given, text="Thanks", to=(CARRIER, "support@desk.example")))
    assert (said.direction, said.enquiry, said.author) == ("out", question.enquiry, dan)
    kept = intake.receive(written(**given, text="Do they ever answer?"))
    assert kept.direction == "note"
    assert Delivery.objects.count() == 1, "neither went anywhere by us"
