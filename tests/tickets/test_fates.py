"""What became of a delivery."""

from uuid import uuid4

import pytest

from channels_app.messages import DeliveryReport, Fate, Sender
from tickets import automatic, fates, intake, reactions, replies
from tickets.models import Delivery, Event, Identity, Message

pytestmark = pytest.mark.django_db


def test_a_bounce_is_put_before_the_agent(ticket, alice):
    message = replies.send(ticket, author=alice, body="Hello", key=uuid4())
    report = DeliveryReport(
        message_id=message.external_id, recipient="carol@mail.example", reason="550 no such user"
    )
    delivery = fates.note_report(report)
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.FAILED
    assert delivery.outcomes["carol@mail.example"]["reason"] == "550 no such user"
    assert ticket.events.last().kind == Event.Kind.DELIVERY_FAILED
    fates.note_report(report)
    assert ticket.events.filter(kind=Event.Kind.DELIVERY_FAILED).count() == 1


def reported(message: Message, fate: Fate = Fate.FAILED, status: str = "5.1.1", **fields) -> Delivery:
    plain = {"recipient": "Carol@Mail.example", "reason": "550 no such user"}
    report = DeliveryReport(message_id=message.external_id, fate=fate, status=status, **{**plain, **fields})
    delivery = fates.note_report(report)
    assert delivery
    delivery.refresh_from_db()
    return delivery


class TestReports:
    def test_a_bounce_marks_the_address_until_somebody_writes_from_it(self, ticket, alice, written):
        reactions.drain()
        reported(replies.send(ticket, author=alice, body="Hello", key=uuid4()))
        carols = ticket.customer.identities.get()
        assert carols.bounced_at and (carols.bounce_status, carols.bounce_reason) == (
            "5.1.1",
            "550 no such user",
        )
        intake.receive(written(automatic=True, references=(Message.objects.last().external_id,)))
        reactions.drain()
        assert ticket.customer.identities.get().bounced_at
        intake.receive(written())
        reactions.drain()
        carols.refresh_from_db()
        assert (carols.bounced_at, carols.bounce_status, carols.bounce_reason) == (None, "", "")

    def test_what_was_written_before_the_bounce_does_not_undo_it(self, ticket, alice):
        reported(replies.send(ticket, author=alice, body="Hello", key=uuid4()))
        reactions.drain()
        assert ticket.customer.identities.get().bounced_at

    @pytest.mark.parametrize("status", ["4.4.7", "5.7.1"])
    def test_what_is_not_the_addresss_fault_does_not_mark_it(self, ticket, alice, status):
        reported(replies.send(ticket, author=alice, body="Hello", key=uuid4()), status=status)
        assert ticket.customer.identities.get().bounced_at is None

    def test_a_report_marks_nobody_the_message_did_not_go_to(self, ticket, alice, written):
        intake.receive(written(sender=Sender(identity_kind="email", identity="dan@mail.example")))
        message = replies.send(ticket, author=alice, body="Hello", key=uuid4(), cc=["eve@mail.example"])
        reported(message, recipient="dan@mail.example")
        assert not Identity.objects.filter(bounced_at__isnull=False).exists()

    def test_a_report_that_names_nobody_is_about_the_only_recipient(self, ticket, alice):
        delivery = reported(replies.send(ticket, author=alice, body="Hello", key=uuid4()), recipient="")
        assert list(delivery.outcomes) == ["carol@mail.example"]

    @pytest.mark.parametrize("fate", [Fate.DELAYED, Fate.DELIVERED, Fate.READ])
    def test_what_is_no_failure_is_kept_quietly(self, ticket, alice, fate):
        message = replies.send(ticket, author=alice, body="Hello", key=uuid4())
        delivery = reported(message, fate, "")
        assert delivery.state == Delivery.State.PENDING
        assert delivery.outcomes["carol@mail.example"]["fate"] == fate
        assert not ticket.events.filter(kind=Event.Kind.DELIVERY_FAILED).exists()

    def test_what_is_known_only_gets_surer(self, ticket, alice):
        message = replies.send(ticket, author=alice, body="Hello", key=uuid4())
        known = []
        for fate in (Fate.DELIVERED, Fate.DELAYED, Fate.READ, Fate.FAILED, Fate.DELIVERED):
            known.append(reported(message, fate).outcomes["carol@mail.example"]["fate"])
        assert known == ["delivered", "delivered", "read", "failed", "failed"]


def test_a_report_about_somebody_elses_mail_is_not_ours(db):
    assert fates.note_report(DeliveryReport(message_id="strange@elsewhere.example")) is None


def test_a_failed_delivery_is_sent_again_once(ticket, alice):
    delivery = replies.send(ticket, author=alice, body="Hello", key=uuid4()).deliveries.get()
    fates.delivery_failed(delivery, "mailbox full")
    fates.resend(delivery, actor=alice)
    fates.resend(delivery, actor=alice)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (Delivery.State.PENDING, 0)
    assert ticket.events.filter(kind=Event.Kind.DELIVERY_RETRIED).count() == 1


def test_a_delivery_that_was_sent_cannot_be_given_up(ticket, alice):
    delivery = replies.send(ticket, author=alice, body="Hello", key=uuid4()).deliveries.get()
    Delivery.objects.update(state=Delivery.State.SENT)
    fates.drop(delivery, actor=alice)
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.SENT


class TestSendingAgain:
    """A letter to three, which one of them has, one refuses and one has not been asked for."""

    @pytest.fixture
    def delivery(self, ticket, alice) -> Delivery:
        others = ["dan@mail.example", "eve@mail.example"]
        message = replies.send(ticket, author=alice, body="Hello", key=uuid4(), cc=others)
        delivery = message.deliveries.get()
        delivery.outcomes = {
            "carol@mail.example": {"ok": True},
            "dan@mail.example": {"ok": False, "permanent": True, "reason": "550 no such user"},
        }
        delivery.attempts = 7
        delivery.save()
        fates.delivery_failed(delivery, "550 no such user")
        return delivery

    def test_reaches_only_those_who_have_not(self, delivery, alice):
        fates.resend(delivery, actor=alice)
        again = Delivery.objects.get()
        assert (again.state, again.attempts, again.error) == (Delivery.State.PENDING, 0, "")
        assert again.unsettled() == ["dan@mail.example", "eve@mail.example"]

    def test_what_all_have_goes_to_all_once_more(self, delivery, alice):
        told = {one: {"ok": True} for one in delivery.everybody}
        Delivery.objects.update(outcomes=told, state=Delivery.State.UNKNOWN)
        fates.resend(delivery, actor=alice)
        assert Delivery.objects.get().unsettled() == delivery.everybody

    def test_given_up_it_keeps_what_became_of_each(self, delivery, alice, ticket):
        fates.drop(delivery, actor=alice)
        dropped = Delivery.objects.get()
        assert (dropped.state, dropped.outcomes) == (Delivery.State.DROPPED, delivery.outcomes)
        told = ticket.events.get(kind=Event.Kind.DELIVERY_RETRIED)
        assert (told.user, told.data["what"]) == (alice, "drop")

    def test_what_was_given_up_is_not_sent_after_all(self, delivery, alice, bob):
        fates.drop(delivery, actor=alice)
        fates.resend(delivery, actor=bob)
        assert Delivery.objects.get().state == Delivery.State.DROPPED


def test_a_bounce_of_what_already_failed_is_told_once(ticket, alice):
    message = replies.send(ticket, author=alice, body="Hello", key=uuid4())
    fates.delivery_failed(message.deliveries.get(), "554 no")
    reported(message)
    assert ticket.events.filter(kind=Event.Kind.DELIVERY_FAILED).count() == 1
    assert ticket.customer.identities.get().bounce_status == "5.1.1"


def test_a_report_of_one_of_several_that_names_nobody_is_kept_without_a_name(ticket, alice):
    message = replies.send(ticket, author=alice, body="Hello", key=uuid4(), cc=["dan@mail.example"])
    delivery = reported(message, recipient="")
    assert list(delivery.outcomes) == ["*"]
    assert not Identity.objects.filter(bounced_at__isnull=False).exists()


def test_a_receipt_that_does_not_arrive_is_nobodys_work(ticket, alice):
    said = {"subject": "We have it", "body": "Thanks.", "language": "en", "key": uuid4()}
    (receipt,) = automatic.acknowledge([automatic.Receipt(answers=ticket.messages.get(), **said)])
    fates.delivery_failed(receipt.deliveries.get(), "550 no such user")
    assert receipt.deliveries.get().state == Delivery.State.DROPPED
    assert not ticket.events.filter(kind=Event.Kind.DELIVERY_FAILED).exists()
