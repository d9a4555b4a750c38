"""Webhooks in the settings."""

import re

import pytest
from django.test import Client

from channels_app import courier
from channels_app.webhooks import subscriptions
from channels_app.webhooks.models import Call, Webhook
from helpdesk.accounts.models import AuditEntry
from tests.channels_app.webhooks.conftest import run
from tickets import properties

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, ada):
    client.force_login(ada)
    return client


GIVEN = {"name": "CRM", "url": "https://crm.example/hook", "kinds": ["ticket_opened"], "with_words": "on"}


def test_one_is_added_and_its_secret_shown_once(office, orders):
    narrowed = {"team": str(orders.pk), "kind": ["complaint", "support"], "tag": "vip"}
    page = office.post("/settings/webhooks/new/", {**GIVEN, **narrowed}).content.decode()
    webhook = Webhook.objects.get()
    secret = re.search(r"whsec_[\w+/=]+", page)[0]
    assert webhook.secrets == {"current": secret} and webhook.with_words
    assert webhook.narrow == {"team": str(orders.pk), "kind": "complaint,support", "tag": "vip"}
    again = office.get(f"/settings/webhooks/{webhook.pk}/").content.decode()
    assert "whsec_" not in again and 'value="https://crm.example/hook"' in again
    assert AuditEntry.objects.get().data == {"webhook": webhook.pk, "what": "created"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "ftp://crm.example/"},
        {"url": "https://user:pw@crm.example/"},
        {"url": "https://crm.example:6379/"},
        {"url": "nonsense"},
        {"kinds": []},
        {"kinds": ["no_such_event"]},
        {"name": ""},
        {"priority": ["sky-high"]},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(office, wrong):
    response = office.post("/settings/webhooks/new/", {**GIVEN, "tag": "vip", **wrong})
    assert response.status_code == 422 and 'value="vip"' in response.content.decode()
    assert not Webhook.objects.exists()


def test_one_is_changed_switched_and_removed(office, hook):
    webhook = hook("ticket_opened")
    url = f"/settings/webhooks/{webhook.pk}/"
    office.post(url, {**GIVEN, "name": "ERP"})
    office.post(f"{url}switch/", {"off": "1"})
    webhook.refresh_from_db()
    assert (webhook.name, webhook.is_active) == ("ERP", False)
    office.post(f"{url}switch/", {"on": "1"})
    webhook.refresh_from_db()
    assert webhook.is_active
    office.post(f"{url}removal/")
    assert not Webhook.objects.exists()


def test_a_new_secret_is_shown_once_and_the_old_one_stays_for_a_day(office, hook):
    webhook = hook("ticket_opened")
    old = webhook.secrets["current"]
    page = office.post(f"/settings/webhooks/{webhook.pk}/secret/").content.decode()
    webhook.refresh_from_db()
    assert webhook.secrets["current"] in page and webhook.secrets["previous"] == old and old not in page


def test_the_log_shows_what_was_sent_and_what_came_back(office, hook, receiver, ticket, alice):
    webhook = hook("priority_changed")
    properties.set_priority(ticket, 4, actor=alice)
    run()
    log = office.get(f"/settings/webhooks/{webhook.pk}/calls/").content.decode()
    assert "ticket.priority_changed" in log and "taken" in log
    assert (
        "ticket.priority_changed"
        not in office.get(f"/settings/webhooks/{webhook.pk}/calls/?failed=1").content.decode()
    )
    found = Call.objects.get()
    page = office.get(f"/settings/webhooks/calls/{found.pk}/").content.decode()
    assert "thanks" in page and "&quot;priority&quot;: &quot;urgent&quot;" in page
    assert found.delivery.external_id in page
    office.post(f"/settings/webhooks/calls/{found.pk}/resend/")
    courier.drain()
    assert len(receiver.told) == 2


def test_the_test_button_shows_what_comes_back(office, hook, receiver):
    response = office.post(f"/settings/webhooks/{hook('ticket_opened').pk}/test/")
    part = office.get(response["Location"], headers={"HX-Request": "true"}).content.decode()
    assert "load delay:2s" in part and "<html" not in part  # what has not come back yet is asked for again
    courier.drain()
    assert "load delay" not in office.get(response["Location"]).content.decode()
    assert "thanks" in office.get(response["Location"]).content.decode()
    assert receiver.types == ["webhook.test"]


def test_one_that_the_desk_switched_off_is_seen_by_admins_on_every_page(office, hook, as_alice):
    webhook = hook("ticket_opened")
    Webhook.objects.update(is_active=False, disabled_reason="failing")
    assert "/settings/webhooks/" in office.get("/tickets/").content.decode()
    assert "/settings/webhooks/" not in as_alice.get("/tickets/").content.decode()
    assert "Nothing got through" in office.get(f"/settings/webhooks/{webhook.pk}/").content.decode()
    subscriptions.switch(webhook, True, actor=webhook.created_by)
    assert "/settings/webhooks/" not in office.get("/tickets/").content.decode()


@pytest.fixture
def as_alice(alice):
    browser = Client()
    browser.force_login(alice)
    return browser


@pytest.mark.parametrize("what", ["", "calls/", "secret/", "switch/", "removal/", "test/"])
def test_nobody_but_an_admin(as_alice, hook, what):
    url = f"/settings/webhooks/{hook('ticket_opened').pk}/{what}"
    assert as_alice.get(url).status_code in (403, 405) and as_alice.post(url).status_code in (403, 405)
    assert Webhook.objects.get().is_active


def test_a_port_that_is_not_called_is_told_as_such(office):
    """ "It begins with https:// and has no password" would be no help to who wrote just that."""
    said = office.post("/settings/webhooks/new/", {**GIVEN, "url": "https://crm.example:6379/"}).text
    assert "names no port of another service" in said
