"""A customer is asked once how it went: some hours later, by the door out, and not when they may not be."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.adapters.email import compose
from channels_app.messages import Authenticity
from helpdesk.accounts.models import User
from tests.people import Write
from tickets import bin, intake, lifecycle, ratings, reactions, replies
from tickets.customers import blocking
from tickets.inviting import links, sending, wording
from tickets.models import (
    Customer,
    Delivery,
    Event,
    Identity,
    Message,
    RatingInvitation,
    RatingRefusal,
    Ticket,
)
from tickets.web import history

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture
def done(ticket: Ticket, mailbox, alice: User) -> Ticket:
    """Carol's ticket, answered and resolved, in a mailbox that asks; reacted to."""
    mailbox.config |= {"invite_to_rate": True, "invite_after_hours": 3}
    mailbox.save()
    replies.send(ticket, author=alice, body="It comes tomorrow.", key=uuid.uuid4())
    lifecycle.resolve(Ticket.objects.get(pk=ticket.pk), actor=alice)
    reactions.drain()
    return Ticket.objects.get(pk=ticket.pk)


def due() -> None:
    RatingInvitation.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    sending.sweep()


def asked() -> list[Message]:
    return list(Message.objects.filter(purpose="survey"))


def test_it_is_noted_with_its_time_and_sent_when_that_has_come(done):
    row = RatingInvitation.objects.get()
    assert row.due_at == done.resolved_at + timedelta(hours=3)
    assert sending.sweep() == 0
    due()
    [message] = asked()
    row.refresh_from_db()
    assert (row.state, message.recipients["to"], message.is_automatic) == (
        "sent",
        ["carol@mail.example"],
        True,
    )
    assert Ticket.objects.get(pk=done.pk).status == "resolved"
    event = Event.objects.get(kind="rating_asked")
    assert history.sentence(event, history.Names()) == "The customer was asked how it went"


def test_it_is_never_sent_twice_for_a_resolution(done, alice):
    due()
    lifecycle.close(done, actor=alice)
    reactions.drain()
    RatingInvitation.objects.update(state="waiting")
    due()
    assert len(asked()) == 1 == RatingInvitation.objects.count()


def test_the_mail_has_links_that_the_ticket_does_not_show_and_marks_of_a_machine(done):
    due()
    [message] = asked()
    assert "/help/" not in message.text and "‹1›" in message.text
    mail = b"".join(compose.letter(message.deliveries.get()).chunks).decode()
    head = mail.partition("\r\n\r\n")[0]
    for mark in ("Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All", "List-Unsubscribe-Post"):
        assert mark in head
    assert "Subject: How did we do?" in head and "In-Reply-To: " in head
    assert "score=good" in mail.replace("=\r\n", "") and "‹" not in mail


def test_in_the_customers_language_and_the_mailboxs_words(done, mailbox):
    Customer.objects.filter(pk=done.customer_id).update(language="hu")
    mailbox.config["invitations"] = {"hu": {"text": "{number}: {good} vagy {bad}? {company}"}}
    mailbox.save()
    due()
    [message] = asked()
    assert message.subject == "Hogyan sikerült?" and message.text.startswith(f"{done.number}: ‹1› vagy ‹3›?")
    assert "/help/hu/rate/" in Delivery.objects.get(message=message).payload["links"]["‹1›"]


def why(done: Ticket) -> str:
    due()
    assert asked() == []
    return RatingInvitation.objects.get().why


def test_who_rated_is_not_asked(done):
    ratings.rate(done, "good", customer=done.customer)
    assert why(done) == "rated"


def test_what_was_reopened_is_not_asked_about(done, written: Write):
    intake.receive(written(references=(done.messages.first().external_id,)))
    assert why(done) == "reopened"


def test_who_is_blocked_is_not_asked(done, alice):
    blocking.block(done.customer, actor=alice)
    assert why(done) in ("blocked", "spam")


def test_spam_is_not_asked_about(done, alice):
    bin.mark_spam(done, actor=alice)
    assert why(done) == "spam"


def test_who_refused_is_not_asked(done):
    links.refuse(RatingInvitation.objects.get())
    assert why(done) == "refused" and RatingRefusal.objects.get().customer == done.customer


def test_a_machine_and_an_address_that_bounces_are_not_asked(done):
    Identity.objects.update(value="no-reply@mail.example")
    Message.objects.filter(direction="in").update(sender_address="no-reply@mail.example")
    assert why(done) == "unread"
    RatingInvitation.objects.update(state="waiting")
    Identity.objects.update(value="carol@mail.example", bounced_at=timezone.now())
    assert why(done) == "unread"


def test_a_forged_sender_and_one_nobody_answered_are_not_asked(done):
    Message.objects.filter(direction="in").update(authenticity=Authenticity.FAIL)
    assert why(done) == "unanswered"
    RatingInvitation.objects.update(state="waiting")
    Message.objects.filter(direction="in").update(authenticity=Authenticity.PASS)
    Message.objects.filter(direction="out").update(is_automatic=True)
    assert why(done) == "unanswered"


def test_a_mailbox_switched_off_meanwhile_asks_nobody(done, mailbox):
    mailbox.config["invite_to_rate"] = False
    mailbox.save()
    assert why(done) == "off"


def test_one_customer_is_asked_once_a_day(done, written, alice):
    due()
    second = intake.receive(written(subject="Another")).ticket
    replies.send(second, author=alice, body="Done.", key=uuid.uuid4())
    lifecycle.resolve(Ticket.objects.get(pk=second.pk), actor=alice)
    reactions.drain()
    due()
    assert len(asked()) == 1
    assert RatingInvitation.objects.get(ticket=second).why == "lately"


def test_a_mailbox_that_does_not_ask_notes_nothing(ticket, alice):
    lifecycle.resolve(ticket, actor=alice)
    reactions.drain()
    assert not RatingInvitation.objects.exists()


def test_words_without_a_link_or_with_a_slip_are_told():
    assert wording.troubles_of("{good} {goood} {company}") == (["goood"], ["bad"])
    for said in wording.DEFAULTS.values():
        assert wording.troubles_of(said.text) == ([], [])
