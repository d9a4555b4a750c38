"""What other parts of the desk add to what rules can do."""

import pytest

from channels_app.webhooks.models import Call, Webhook
from knowledge.canned import keeping as responses
from tickets import intake, reactions
from tickets.models import RuleRun
from tickets.rules import keeping
from tickets.rules.keeping import Wrong

pytestmark = pytest.mark.django_db


def test_a_webhook_is_told_of_the_ticket_whatever_it_asked_for(ruled, written):
    webhook = Webhook.objects.create(name="CRM", url="https://crm.example/", kinds=[])
    ruled("Tell", ["opened"], [("webhook", webhook.pk)])
    ticket = intake.receive(written()).ticket
    reactions.drain()
    call = Call.objects.get()
    assert (call.type, call.ticket_id) == ("ticket.rule_applied", ticket.pk)
    assert call.delivery.payload["data"]["ticket"]["number"] == ticket.number


def test_one_that_is_off_is_left_out(ruled, written):
    webhook = Webhook.objects.create(name="CRM", url="https://crm.example/", kinds=[], is_active=False)
    ruled("Tell", ["opened"], [("webhook", webhook.pk)])
    intake.receive(written())
    reactions.drain()
    assert RuleRun.objects.get().left == [["webhook", "gone"]]


def test_a_canned_response_goes_out_in_the_customers_language(ruled, written, company):
    wordings = {"en": {"body": "Hello"}, "hu": {"body": "Jó napot, {customer.first_name}! {agent.name}"}}
    response = responses.make("Hello", actor=None, wordings=wordings)
    ruled("Answer", ["opened"], [("canned", response.pk)])
    ticket = intake.receive(written(language="hu")).ticket
    reactions.drain()
    message = ticket.messages.get(direction="out")
    assert (message.is_automatic, message.language) == (True, "hu")
    assert message.text.startswith("Jó napot, ") and message.text.endswith(company.name)


def test_nobodys_own_response_is_taken(ada, alice, company):
    mine = responses.make("Mine", actor=alice, owner=alice, wordings={"en": {"body": "Hello"}})
    for name, value in (("canned", mine.pk), ("webhook", 1)):
        given = {"name": "x", "triggers": ["opened"], "actions": [{"do": name, "value": value}]}
        with pytest.raises(Wrong):
            keeping.make(given, actor=ada)
