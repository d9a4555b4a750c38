"""What became of a delivery: what servers report of it, and what a person does with one that failed."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from channels_app.messages import DeliveryReport, Fate
from helpdesk.wake import wake
from tickets import customers, deliveries, events, live, undelivered
from tickets.events import Actor
from tickets.models import Delivery, Event, Message

_SURER = [Fate.DELAYED, Fate.DELIVERED, Fate.READ, Fate.FAILED]


@transaction.atomic
def delivery_failed(delivery: Delivery, reason: str) -> None:
    """Put a failed delivery before the agent, on the ticket and in the list of what was not sent.

    A receipt, or a question how it went, that does not arrive is no work for anybody: it is given up.
    """
    unasked = (Message.Purpose.RECEIPT, Message.Purpose.SURVEY)
    receipt = delivery.message is not None and delivery.message.purpose in unasked
    state = Delivery.State.DROPPED if receipt else Delivery.State.FAILED
    Delivery.objects.filter(pk=delivery.pk).update(state=state, sending_since=None, error=reason)
    if delivery.message and not receipt:
        events.record(
            delivery.message.ticket,
            Event.Kind.DELIVERY_FAILED,
            actor=None,
            message=delivery.message,
            delivery=delivery.pk,
        )


@transaction.atomic
def note_report(report: DeliveryReport) -> Delivery | None:
    """What a mail server or provider tells of a message we sent; None when it is not about ours.

    What is known of a recipient only gets surer: a late warning does not undo a failure.
    """
    delivery = deliveries.find(report)
    if delivery is None:
        return None
    ours = {each.lower(): each for kind in ("to", "cc", "bcc") for each in delivery.recipients.get(kind, [])}
    alone = next(iter(ours.values())) if len(ours) == 1 else ""
    who = ours.get(report.recipient.lower()) or report.recipient or alone
    told = delivery.outcomes.get(who or "*", {})
    if _SURER.index(report.fate) < _SURER.index(told.get("fate", Fate.DELAYED)):
        return delivery
    delivery.outcomes[who or "*"] = {
        "ok": report.fate != Fate.FAILED,
        "permanent": report.fate == Fate.FAILED,
        "fate": report.fate,
        "status": report.status,
        "reason": report.reason[:1000],
        "at": timezone.now().isoformat(),
    }
    delivery.save(update_fields=["outcomes"])
    if report.fate == Fate.FAILED:
        _came_back(delivery, report, ours.get(who.lower(), alone))
    elif delivery.message:
        live.publish(*events.hints(delivery.message.ticket))
    return delivery


def _came_back(delivery: Delivery, report: DeliveryReport, recipient: str) -> None:
    if delivery.state != Delivery.State.FAILED:
        delivery_failed(delivery, report.reason)
    if recipient and delivery.channel and undelivered.is_the_address(report.status, report.reason):
        customers.mail_came_back(delivery.channel.kind, recipient, status=report.status, reason=report.reason)


@transaction.atomic
def recipients_refused(delivery: Delivery, answers: Mapping[str, str]) -> None:
    """A server refused these at once: an address that takes no mail is marked as a bounce marks it."""
    for recipient, answer in answers.items():
        if delivery.channel and undelivered.refuses_the_address(answer):
            status = undelivered.status_in(answer)
            customers.mail_came_back(delivery.channel.kind, recipient, status=status, reason=answer)


@transaction.atomic
def resend(delivery: Delivery, *, actor: Actor) -> None:
    """A person sends a failed or doubtful delivery once more, under the same Message-ID.

    Who has it keeps that outcome, so that it reaches only those who have not.
    """
    troubled = _troubled(delivery)
    if troubled is None:
        return
    reached = {who: outcome for who, outcome in troubled.outcomes.items() if outcome.get("ok", False)}
    everybody_has_it = not set(troubled.everybody) - set(reached)
    _move_on(troubled, Delivery.State.PENDING, outcomes={} if everybody_has_it else reached)
    _tell_retried(delivery, actor, "resend")
    wake("deliveries")


@transaction.atomic
def drop(delivery: Delivery, *, actor: Actor) -> None:
    """A person gives a failed or doubtful delivery up: it leaves the list, the message stays."""
    if troubled := _troubled(delivery):
        _move_on(troubled, Delivery.State.DROPPED, outcomes=troubled.outcomes)
        _tell_retried(delivery, actor, "drop")


def _troubled(delivery: Delivery) -> Delivery | None:
    """The delivery, locked, while it waits for a person; a second click finds nothing to do."""
    return Delivery.objects.troubled().select_for_update().filter(pk=delivery.pk).first()


def _move_on(delivery: Delivery, state: Delivery.State, *, outcomes: dict[str, Any]) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(
        state=state, attempts=0, due_at=timezone.now(), error="", sending_since=None, outcomes=outcomes
    )


def _tell_retried(delivery: Delivery, actor: Actor, what: str) -> None:
    if delivery.message:
        events.record(
            delivery.message.ticket,
            Event.Kind.DELIVERY_RETRIED,
            actor=actor,
            message=delivery.message,
            delivery=delivery.pk,
            what=what,
        )
