"""Who gets a receipt, who does not, and that it is one."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from channels_app.messages import Authenticity, Sender
from channels_app.models import Channel, InboundRecord
from tickets import bin as putting_away
from tickets import customers, fates, intake, reactions, replies
from tickets.acknowledging import sending
from tickets.models import Delivery, Event, Identity, Message, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def switched_on(mailbox: Channel, company) -> None:
    mailbox.config["acknowledge"] = True
    mailbox.save()


@pytest.fixture
def come(written):
    """A mail comes in, and what follows from it has followed."""

    def come(**fields) -> Ticket:
        ticket = intake.receive(written(**fields)).ticket
        reactions.drain()
        ticket.refresh_from_db()
        return ticket

    return come


def from_(address: str, **fields) -> Sender:
    return Sender(identity_kind="email", identity=address, **fields)


def receipts() -> list[Message]:
    return list(Message.objects.filter(purpose=Message.Purpose.RECEIPT).order_by("id"))


def test_a_person_whose_mail_opens_a_ticket_is_told_its_number(come, mailbox):
    ticket = come(subject="Buy cheap pills", text="Buy cheap pills, says http://pills.example")
    (receipt,) = receipts()
    assert receipt.to == ["carol@mail.example"]
    assert str(ticket.number) in receipt.text and "Tallow & Pine" in receipt.text
    assert "pills" not in receipt.subject + receipt.text
    delivery = receipt.deliveries.get()
    assert (delivery.urgency, delivery.channel) == (Delivery.Urgency.SOON, mailbox)


def test_it_answers_nothing(come):
    ticket = come()
    assert (ticket.status, ticket.first_replied_at) == (Ticket.Status.NEW, None)
    assert ticket.waiting_since
    assert ticket.events.filter(kind=Event.Kind.ACKNOWLEDGED).count() == 1
    assert ticket.preview.startswith("Good morning")


def test_it_is_sent_once_whatever_happens_twice(come):
    ticket = come()
    event = ticket.events.get(kind=Event.Kind.MESSAGE_RECEIVED)
    Identity.objects.update(acknowledged_at=None)
    sending.acknowledge([event])
    assert len(receipts()) == 1


def test_one_an_hour_for_each_address(come):
    come()
    come()
    come(sender=from_("Carol@Mail.example"))
    come(sender=from_("dan@mail.example"))
    assert [receipt.to for receipt in receipts()] == [["carol@mail.example"], ["dan@mail.example"]]
    Identity.objects.update(acknowledged_at=timezone.now() - timedelta(minutes=61))
    come()
    assert len(receipts()) == 3


def test_an_answer_on_a_ticket_gets_none(come, alice):
    ticket = come()
    Identity.objects.update(acknowledged_at=None)
    answer = replies.send(ticket, author=alice, body="When?", key=receipts()[0].key.__class__(int=5))
    come(references=(answer.external_id,))
    assert len(receipts()) == 1


LONG_AGO = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    "fields",
    [
        {"automatic": True},
        {"bulk": True},
        {"spam": True},
        {"authenticity": Authenticity.FAIL},
        {"sent_at": LONG_AGO},
        {"sender": from_("support@desk.example")},
        {"sender": from_("SALES@desk.example")},
        {"sender": from_("no-reply@shop.example")},
        {"sender": from_("noreply@shop.example")},
        {"sender": from_("do-not-reply@shop.example")},
        {"sender": from_("mailer-daemon@shop.example")},
        {"sender": from_("club-bounces@lists.example")},
        {"sender": from_("owner-club@lists.example")},
    ],
    ids=lambda fields: "old" if "sent_at" in fields else str(fields),
)
def test_who_gets_none(come, mailbox, fields):
    mailbox.aliases = ["sales@desk.example"]
    mailbox.save()
    come(**fields)
    assert receipts() == []


@pytest.mark.parametrize("address", ["norepl@x.example", "bounty@x.example", "postmasters.wife@x.example"])
def test_people_with_names_like_machines_get_one(come, address):
    come(sender=from_(address))
    assert len(receipts()) == 1


@pytest.mark.parametrize("authenticity", [Authenticity.PASS, Authenticity.NONE])
def test_senders_nothing_speaks_against_get_one(come, authenticity):
    come(authenticity=authenticity)
    assert len(receipts()) == 1


def test_no_receipt_to_an_address_mail_comes_back_from(come, carol):
    customers.mail_came_back("email", "carol@mail.example", status="5.1.1", reason="no")
    ticket = come(automatic=True)
    event = ticket.events.get(kind=Event.Kind.MESSAGE_RECEIVED)
    Message.objects.update(is_automatic=False)
    sending.acknowledge([event])
    assert receipts() == []


def test_old_mail_that_a_mailbox_brings_with_it_gets_none(come, mailbox):
    old = (timezone.now() - timedelta(days=3)).isoformat()
    record = InboundRecord.objects.create(channel=mailbox, source_key="1", envelope={"received_at": old})
    come(record_id=record.pk)
    assert receipts() == []


def test_a_mailbox_that_wants_none_sends_none(come, mailbox):
    mailbox.config["acknowledge"] = False
    mailbox.save()
    come()
    assert receipts() == []


def test_what_was_put_away_meanwhile_gets_none(written):
    ticket = intake.receive(written()).ticket
    putting_away.mark_spam(ticket, actor=None)
    reactions.drain()
    assert receipts() == []


@pytest.mark.parametrize(
    ("customers_language", "mailboxs", "word"),
    [("hu", "ru", "Megkaptuk"), ("", "ru", "Мы получили"), ("de", "ru", "Мы получили"), ("", "", "We have")],
)
def test_the_language_is_the_customers_else_the_mailboxs(
    come, mailbox, carol, customers_language, mailboxs, word
):
    mailbox.language = mailboxs
    mailbox.save()
    carol.language = customers_language
    carol.save()
    come()
    assert receipts()[0].subject.startswith(word)


def test_the_mailboxs_own_words(come, mailbox):
    mailbox.config["receipts"] = {"en": {"text": "Number {number}, {expected}", "expected": "by tomorrow"}}
    mailbox.save()
    ticket = come()
    assert receipts()[0].text == f"Number {ticket.number}, by tomorrow"


def test_a_receipt_that_cannot_be_delivered_is_no_work_for_anybody(come):
    ticket = come()
    delivery = receipts()[0].deliveries.get()
    fates.delivery_failed(delivery, "550 no such user")
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.DROPPED
    assert not ticket.events.filter(kind=Event.Kind.DELIVERY_FAILED).exists()


def test_many_tickets_are_seen_to_with_few_questions(written, django_assert_max_num_queries):
    made = [intake.receive(written(sender=from_(f"p{n}@mail.example"))).ticket for n in range(20)]
    happened = list(Event.objects.filter(ticket__in=made, kind=Event.Kind.MESSAGE_RECEIVED))
    with django_assert_max_num_queries(5 + 7 * len(made)):
        sending.acknowledge(happened)
    assert len(receipts()) == 20
