"""What a webhook is told, when, and in which order."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from channels_app import courier
from channels_app.webhooks import calling, payloads, subscriptions, tidying
from channels_app.webhooks.models import Answer, Call, Webhook
from tests.channels_app.webhooks.conftest import later, run
from tests.webserver import reply
from tickets import intake, lifecycle, properties, reactions, replies
from tickets.models import Delivery, Event, Reaction

pytestmark = pytest.mark.django_db
State = Delivery.State
REFUSED = reply(b"no", "500 Oh")


def test_a_message_is_told_with_its_ticket(hook, receiver, written):
    hook("message_received")
    message = intake.receive(written(text="Good morning"))
    run()
    (told,) = receiver.told
    assert told["type"] == "message.received" and told["timestamp"].startswith("20")
    data = told["data"]
    assert data["version"] == 1 and data["message"]["text"] == "Good morning"
    assert data["ticket"]["number"] == message.ticket.number
    assert data["ticket"]["customer"] == {"id": message.customer_id, "name": "Carol Reyes"}
    assert data["event"]["kind"] == "message_received"
    headers = receiver.headers()
    assert headers["webhook-id"].startswith("msg_") and headers["content-type"] == "application/json"
    assert Delivery.objects.get(kind="webhook").state == State.SENT
    assert [(each.status, each.excerpt) for each in Answer.objects.all()] == [(200, "thanks")]


def test_without_words_only_numbers_and_codes_leave(hook, receiver, written, alice):
    hook("message_received", "reply_sent", with_words=False)
    message = intake.receive(written(text="Good morning", subject="Secret matter"))
    replies.send(message.ticket, author=alice, body="Hello Carol", key=uuid.uuid4())
    run()
    later()
    sent = b"".join(receiver.server.asked).decode()
    assert len(receiver.told) == 2
    for word in ("Good morning", "Secret", "Carol", "carol@", "Hello", "Alice", "Orders"):
        assert word not in sent


def test_only_what_was_chosen(hook, receiver, ticket, alice):
    hook("ticket_opened")
    hook("priority_changed", narrow={"priority": "urgent"})
    hook("priority_changed", narrow={"kind": "complaint,suggestion"})
    properties.set_priority(ticket, 4, actor=alice)
    run()
    assert receiver.types == ["ticket.priority_changed"]


def test_a_desk_without_webhooks_leaves_no_reaction_for_them(written, alice):
    subscriptions.forget()
    lifecycle.set_status(intake.receive(written()).ticket, "on_hold", actor=alice)
    assert not Reaction.objects.filter(name="webhooks").exists()


def test_a_webhook_that_is_switched_off_is_told_nothing(hook, receiver, ticket, alice, ada):
    webhook = hook("priority_changed")
    properties.set_priority(ticket, 4, actor=alice)
    subscriptions.switch(webhook, False, actor=ada)
    run()
    subscriptions.switch(webhook, True, actor=ada)
    properties.set_priority(ticket, 3, actor=alice)
    reactions.drain()
    subscriptions.switch(webhook, False, actor=ada)
    courier.drain()
    assert not receiver.told
    assert Delivery.objects.get(kind="webhook").state == State.FAILED


def test_a_later_event_of_a_ticket_waits_for_the_earlier(hook, receiver, written, alice):
    hook("priority_changed")
    one, other = intake.receive(written()).ticket, intake.receive(written()).ticket
    receiver.answers += [REFUSED]
    for priority in (4, 3, 1):
        properties.set_priority(one, priority, actor=alice)
    run()
    assert len(receiver.told) == 1, "the first was refused, so the others wait"
    properties.set_priority(other, 4, actor=alice)
    run()
    assert receiver.told[-1]["data"]["ticket"]["number"] == other.number, "another ticket does not"
    for _turn in range(3):
        later()
    told = [each["data"]["event"]["data"]["after"] for each in receiver.told]
    assert told == [4, 4, 4, 3, 1], "refused, the other ticket's, then in order"
    assert not Call.objects.filter(settled=False).exists()


def test_one_that_is_given_up_lets_the_next_go(hook, receiver, ticket, alice):
    hook("priority_changed")
    receiver.answers += [REFUSED]
    for priority in (4, 3):
        properties.set_priority(ticket, priority, actor=alice)
    reactions.drain()
    Delivery.objects.filter(kind="webhook").update(attempts=11)
    courier.drain()
    states = Delivery.objects.filter(kind="webhook").order_by("id").values_list("state", flat=True)
    assert list(states) == [State.FAILED, State.SENT]
    assert [each["data"]["event"]["data"]["after"] for each in receiver.told] == [4, 3]


def test_a_lost_turn_is_found_again(hook, receiver, ticket, alice):
    hook("priority_changed")
    for priority in (4, 3):
        properties.set_priority(ticket, priority, actor=alice)
    reactions.drain()
    Call.objects.order_by("id").first().delivery.delete()
    courier.drain()
    assert not receiver.told
    assert calling.recover() == 1 and calling.recover() == 0
    courier.drain()
    assert len(receiver.told) == 1


def test_it_is_tried_for_a_day_with_the_same_id_and_body(hook, receiver, ticket, alice):
    hook("priority_changed")
    receiver.answers += [REFUSED] * 30
    properties.set_priority(ticket, 4, actor=alice)
    run()
    waits = []
    while (delivery := Delivery.objects.get(kind="webhook")).state == State.PENDING:
        waits.append(delivery.due_at - timezone.now())
        later()
    assert delivery.state == State.FAILED and len(receiver.told) == 12
    assert timedelta(days=1) < sum(waits, timedelta()) < timedelta(days=1.5)
    assert len({receiver.headers(number)["webhook-id"] for number in range(12)}) == 1
    assert len({receiver.body(number) for number in range(12)}) == 1


def test_nothing_reaches_a_private_network(hook, receiver, settings, ticket, alice):
    settings.WEBHOOK_PRIVATE_HOSTS = []
    hook("priority_changed")
    properties.set_priority(ticket, 4, actor=alice)
    run()
    assert not receiver.told and Answer.objects.get().trouble == "private"


def test_a_redirect_is_not_followed(hook, receiver, ticket, alice):
    hook("priority_changed")
    receiver.answers += [reply(b"", "302 Found", location=receiver.server.url("/elsewhere"))]
    properties.set_priority(ticket, 4, actor=alice)
    run()
    assert len(receiver.told) == 1 and Answer.objects.get().status == 302
    assert Delivery.objects.get(kind="webhook").state == State.PENDING


def test_one_that_is_gone_is_switched_off_at_once(hook, receiver, ticket, alice):
    webhook = hook("priority_changed")
    receiver.answers += [reply(b"", "410 Gone")]
    properties.set_priority(ticket, 4, actor=alice)
    run()
    webhook.refresh_from_db()
    assert not webhook.is_active and webhook.disabled_reason == "gone"


def test_one_that_fails_for_three_days_is_switched_off(hook, receiver, ticket, alice):
    webhook = hook("priority_changed")
    receiver.answers += [REFUSED] * 2
    properties.set_priority(ticket, 4, actor=alice)
    run()
    webhook.refresh_from_db()
    assert webhook.is_active and webhook.failing_since
    Webhook.objects.update(failing_since=timezone.now() - timedelta(days=3, hours=1))
    later()
    webhook.refresh_from_db()
    assert not webhook.is_active and webhook.disabled_reason == "failing"
    (alarm,) = mail.outbox
    assert alarm.to == ["ada@desk.example"] and "“CRM” is switched off" in alarm.subject
    assert f"/settings/webhooks/{webhook.pk}/" in alarm.body and "three days" in alarm.body


def test_one_good_answer_forgives_everything(hook, receiver, ticket, alice):
    webhook = hook("priority_changed")
    receiver.answers += [REFUSED]
    properties.set_priority(ticket, 4, actor=alice)
    run()
    later()
    webhook.refresh_from_db()
    assert webhook.failing_since is None


def test_both_secrets_sign_for_a_day(hook, ada, receiver, ticket, alice):
    webhook = hook("priority_changed")
    subscriptions.rotate(webhook, actor=ada)
    properties.set_priority(ticket, 4, actor=alice)
    run()
    assert len(receiver.headers()["webhook-signature"].split(" ")) == 2
    Webhook.objects.update(rotated_at=timezone.now() - timedelta(hours=25))
    properties.set_priority(ticket, 3, actor=alice)
    run()
    assert len(receiver.headers()["webhook-signature"].split(" ")) == 1


def test_told_once_more(hook, receiver, ticket, alice, ada):
    hook("priority_changed")
    properties.set_priority(ticket, 4, actor=alice)
    run()
    first = Call.objects.get()
    again = calling.resend(first, actor=ada)
    courier.drain()
    assert again.pk != first.pk
    assert receiver.headers(0)["webhook-id"] == receiver.headers(1)["webhook-id"]
    Delivery.objects.filter(pk=again.delivery_id).update(state=State.FAILED)
    assert calling.resend(again, actor=ada) == again
    courier.drain()
    assert len(receiver.told) == 3


def test_a_test_goes_out_even_while_it_is_switched_off(hook, receiver, ada):
    webhook = hook("ticket_opened", is_active=False)
    calling.test(webhook, actor=ada)
    courier.drain()
    assert receiver.types == ["webhook.test"]


def test_the_log_is_kept_for_a_month(hook, receiver, ticket, alice):
    hook("priority_changed")
    for priority in (4, 3):
        properties.set_priority(ticket, priority, actor=alice)
        run()
    old = Call.objects.order_by("id").first()
    Call.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=31))
    assert tidying.tidy(timezone.now()) == 1
    assert (
        Delivery.objects.filter(kind="webhook").count() == Call.objects.count() == Answer.objects.count() == 1
    )


def test_every_event_that_can_be_chosen_exists_and_has_a_name_of_its_own():
    assert set(payloads.TYPES) <= set(Event.Kind.values)
    assert len(set(payloads.TYPES.values())) == len(payloads.TYPES)
