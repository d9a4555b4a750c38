"""The programs of the demo's desk: the web shop with its token, and two webhooks with a past.

Neither webhook is on: nothing of a demo calls anybody. One was switched off by an admin, its log in order;
the other by the desk itself, after nothing had got through for days, and so admins see its alarm.
"""

import random
import uuid
from datetime import datetime, timedelta

from channels_app.webhooks import payloads, subscriptions
from channels_app.webhooks.models import TROUBLES, Answer, Call, Webhook
from helpdesk.accounts import programs, tokens
from helpdesk.accounts.models import Membership, Scope, User
from helpdesk.demo.shop import Staff
from helpdesk.outgoing import Trouble
from tickets import deliveries
from tickets.models import Delivery, Event

WAREHOUSE = {"name": "Warehouse", "url": "https://hooks.warehouse.example/desk"}
FORMER = {"name": "Old shop system", "url": "https://erp.tallowpine.example/incoming/tickets"}
KINDS = ["ticket_opened", "message_received", "reply_sent", "status_changed"]
SHOWN = 24
FAILED_FOR = timedelta(days=3, hours=2)


def leave(staff: Staff, now: datetime) -> None:
    """Once there are tickets to tell of."""
    ada, rng = staff.colleagues["ada"], random.Random(4)
    _web_shop(staff, ada)
    warehouse, _secret = subscriptions.create(
        actor=ada, **WAREHOUSE, kinds=KINDS, narrow={"team": str(staff.teams["orders"].pk)}
    )
    former, _secret = subscriptions.create(actor=ada, **FORMER, kinds=["ticket_opened"], with_words=False)
    Webhook.objects.filter(pk=warehouse.pk).update(is_active=False)
    Webhook.objects.filter(pk=former.pk).update(
        is_active=False, disabled_reason=Webhook.Reason.FAILING, failing_since=now - FAILED_FOR
    )
    subscriptions.forget()
    for event in _lately(warehouse, staff):
        _taken(warehouse, event, rng)
    for event in _lately(former, staff)[-4:]:
        _failed(former, event, now)


def _web_shop(staff: Staff, ada: User) -> None:
    shop = programs.create(name="Web shop", role=User.Role.AGENT, actor=ada)
    Membership.objects.create(team=staff.teams["orders"], user=shop)
    scopes = [Scope.TICKETS_WRITE, Scope.CUSTOMERS_READ]
    tokens.make(shop, name="Checkout", scopes=scopes, expires_at=None, key=uuid.UUID(int=4), actor=ada)


def _lately(webhook: Webhook, staff: Staff) -> list[Event]:
    """The last events that it would have been told of, the oldest first."""
    found = Event.objects.filter(kind__in=webhook.kinds, ticket__team=staff.teams["orders"])
    related = ("ticket__customer", "ticket__channel", "ticket__team", "ticket__assignee", "message__author")
    newest = found.select_related(*related, "user", "customer").defer("message__search").order_by("-id")
    return list(newest[:SHOWN])[::-1]


def _taken(webhook: Webhook, event: Event, rng: random.Random) -> None:
    """Told, and answered; now and then at the second try."""
    at = event.at + timedelta(seconds=2)
    call = _call(webhook, event)
    tries = [503, 200] if rng.random() < 0.15 else [200]
    for number, status in enumerate(tries):
        said = '{"taken": true}' if status == 200 else "Back in a moment"
        seconds = round(rng.uniform(0.05, 0.4), 3)
        moment = at + timedelta(seconds=5 * number)
        Answer.objects.create(call=call, at=moment, seconds=seconds, status=status, excerpt=said)
    Delivery.objects.filter(pk=call.delivery_id).update(
        state=Delivery.State.SENT, attempts=len(tries), sent_at=at, created_at=at, due_at=at
    )


def _failed(webhook: Webhook, event: Event, now: datetime) -> None:
    """Tried for a day and given up."""
    call, at = _call(webhook, event), now - FAILED_FOR
    for number in range(3):
        moment = at + timedelta(hours=8 * number)
        Answer.objects.create(call=call, at=moment, seconds=5.0, trouble=Trouble.NO_CONNECTION)
    Delivery.objects.filter(pk=call.delivery_id).update(
        state=Delivery.State.FAILED,
        attempts=12,
        error=str(TROUBLES[Trouble.NO_CONNECTION]),
        created_at=at,
        due_at=at,
    )


def _call(webhook: Webhook, event: Event) -> Call:
    payload = payloads.of(event, with_words=webhook.with_words)
    delivery = deliveries.queue(
        Delivery.Kind.WEBHOOK, lane=webhook.pk, payload=payload, external_id=f"msg_{uuid.uuid4().hex}"
    )
    return Call.objects.create(
        webhook=webhook,
        delivery=delivery,
        event=event,
        ticket_id=event.ticket_id,
        type=str(payload["type"]),
        settled=True,
        created_at=event.at,
    )
