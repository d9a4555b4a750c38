"""Telling webhooks what happened: queued with the event, for each ticket one after the other."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from channels_app.webhooks import payloads, subscriptions
from channels_app.webhooks.models import Call, Webhook
from helpdesk.accounts.models import User
from helpdesk.wake import wake
from tickets import deliveries, events, reactions
from tickets.models import Delivery, Event, Ticket
from tickets.narrowing import TicketFilter

NOT_YET = datetime(9999, 1, 1, tzinfo=UTC)  # until the earlier calls of its ticket are settled
_TURNS = 7263  # the family of advisory locks of a ticket's turns
State = Delivery.State


def call(happened: Sequence[Event]) -> None:
    """Queue a call for each webhook that asked for such events of such tickets."""
    active = list(Webhook.objects.filter(is_active=True).order_by("id"))
    if not active:
        return
    related = ("ticket__customer", "ticket__channel", "ticket__team", "ticket__assignee", "message__author")
    found = Event.objects.filter(pk__in=[event.pk for event in happened]).select_related(
        *related, "user", "customer"
    )
    for event in found.defer("message__search").order_by("id"):
        for webhook in active:
            if event.kind in webhook.kinds and _concerns(webhook, event):
                payload = payloads.of(event, with_words=webhook.with_words)
                _queue(webhook, payload, event=event, ticket_id=event.ticket_id)


@transaction.atomic
def test(webhook: Webhook, *, actor: User) -> Call:
    """Send a test at once, also to a webhook that is switched off."""
    return _queue(webhook, payloads.test(timezone.now()))


@transaction.atomic
def tell(webhook: Webhook, ticket: Ticket) -> Call:
    """Tell it of this ticket as it is, whatever events it asked for: a rule says so."""
    related = ("customer", "channel", "team", "assignee")
    ticket = Ticket.objects.select_related(*related).get(pk=ticket.pk)
    event = Event(kind=Event.Kind.RULE_APPLIED, ticket=ticket, at=timezone.now())
    payload = payloads.of(event, with_words=webhook.with_words)
    return _queue(webhook, {**payload, "type": payloads.RULED}, ticket_id=ticket.pk)


@transaction.atomic
def resend(found: Call, *, actor: User) -> Call:
    """Tell it once more under the same id: what failed is tried anew, what was taken is told again."""
    delivery = Delivery.objects.select_for_update().get(pk=found.delivery_id)
    if delivery.state in (State.PENDING, State.SENDING):
        Delivery.objects.filter(pk=delivery.pk, state=State.PENDING).update(due_at=timezone.now())
        wake("deliveries")
        return found
    if delivery.state == State.SENT:
        return _queue(found.webhook, delivery.payload, external_id=delivery.external_id)
    fields = {"state": State.PENDING, "attempts": 0, "due_at": timezone.now(), "error": ""}
    Delivery.objects.filter(pk=delivery.pk).update(**fields, sending_since=None)
    Call.objects.filter(pk=found.pk).update(settled=False)
    wake("deliveries")
    return found


@transaction.atomic
def settle(found: Call) -> None:
    """This one is through, well or not: the next of its ticket may go."""
    _take_turns(found.webhook_id, found.ticket_id)
    Call.objects.filter(pk=found.pk).update(settled=True)
    if found.ticket_id is not None:
        _let_go(found.webhook_id, found.ticket_id)


def recover() -> int:
    """Let go what waits behind nothing, should a turn ever be lost; how many."""
    earlier = Call.objects.unsettled().filter(
        webhook=OuterRef("webhook"), ticket_id=OuterRef("ticket_id"), id__lt=OuterRef("id")
    )
    stuck = Call.objects.unsettled().filter(delivery__due_at=NOT_YET, delivery__state=State.PENDING)
    heads = list(stuck.exclude(Exists(earlier)).values_list("delivery_id", flat=True)[:1000])
    if heads:
        Delivery.objects.filter(pk__in=heads, state=State.PENDING).update(due_at=timezone.now())
        wake("deliveries")
    return len(heads)


def _is_wanted(fact: events.Fact) -> bool:
    return subscriptions.is_wanted(fact.kind)


def _concerns(webhook: Webhook, event: Event) -> bool:
    if not webhook.narrow or event.ticket_id is None:
        return True
    one = Ticket.objects.filter(pk=event.ticket_id)
    return TicketFilter(webhook.narrow, one, user=webhook.created_by or User()).qs.exists()


def _queue(
    webhook: Webhook,
    payload: dict[str, object],
    *,
    event: Event | None = None,
    ticket_id: int | None = None,
    external_id: str = "",
) -> Call:
    _take_turns(webhook.pk, ticket_id)
    waits = (
        ticket_id is not None
        and Call.objects.unsettled().filter(webhook=webhook, ticket_id=ticket_id).exists()
    )
    delivery = deliveries.queue(
        Delivery.Kind.WEBHOOK,
        lane=webhook.pk,
        payload=payload,
        external_id=external_id or f"msg_{uuid4().hex}",
        urgency=Delivery.Urgency.SOON if event else Delivery.Urgency.NOW,
        due_at=NOT_YET if waits else None,
    )
    return Call.objects.create(
        webhook=webhook, delivery=delivery, event=event, ticket_id=ticket_id, type=str(payload["type"])
    )


def _take_turns(webhook_id: int, ticket_id: int | None) -> None:
    """Whoever queues or settles a call of a ticket waits for the other: no turn is lost between them."""
    if ticket_id is not None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s, hashint8(%s # (%s::bigint << 40)))",
                [_TURNS, ticket_id, webhook_id],
            )


def _let_go(webhook_id: int, ticket_id: int) -> None:
    following = (
        Call.objects.unsettled().filter(webhook=webhook_id, ticket_id=ticket_id).order_by("id").first()
    )
    if following:
        waiting = Delivery.objects.filter(pk=following.delivery_id, state=State.PENDING, due_at=NOT_YET)
        waiting.update(due_at=timezone.now())
        wake("deliveries")


reactions.register("webhooks", call, kinds=payloads.TYPES, wanted=_is_wanted)
