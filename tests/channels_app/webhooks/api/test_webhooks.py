"""Webhooks and their log, by API."""

import pytest

from channels_app import courier
from channels_app.webhooks.models import Webhook
from helpdesk.accounts.models import AuditEntry
from helpdesk.rest.models import Answer
from tests.api import Program, refused
from tests.channels_app.webhooks.conftest import run
from tests.webserver import reply
from tickets import properties

pytestmark = pytest.mark.django_db

GIVEN = {"name": "CRM", "url": "https://crm.example/hook", "types": ["ticket.opened", "reply.sent"]}


@pytest.fixture
def erp(program, ada) -> Program:
    return program(ada, "webhooks:write")


def test_one_is_added_and_its_secret_shown_once(erp, orders, ada):
    only = {"team": orders.pk, "kind": ["complaint", "support"], "tags": ["vip"]}
    made = erp.post("webhooks/", {**GIVEN, "only": only}, idempotency_key="crm")
    shown = made.json()
    webhook = Webhook.objects.get()
    assert made.status_code == 201 and shown["secret"] == webhook.secrets["current"]
    assert made["Cache-Control"] == "private, no-store"
    assert webhook.kinds == ["ticket_opened", "reply_sent"] and webhook.with_words
    assert webhook.narrow == {"team": str(orders.pk), "kind": "complaint,support", "tag": "vip"}
    read = erp.get(made["Location"])
    assert read.json()["only"] == only and read.json()["created_by"]["id"] == ada.pk
    assert read.json()["types"] == GIVEN["types"]
    again = erp.post("webhooks/", {**GIVEN, "only": only}, idempotency_key="crm")
    assert again.json() == {**shown, "secret": ""} and again["Idempotency-Replayed"] == "true"
    kept = [read.content, erp.get("webhooks/").content, *(bytes(each.body) for each in Answer.objects.all())]
    assert not any(b"whsec_" in each for each in kept)


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"url": "ftp://crm.example/"}, "#/url"),
        ({"url": "https://user:pw@crm.example/"}, "#/url"),
        ({"url": 7}, "#/url"),
        ({"types": []}, "#/types"),
        ({"types": ["no.such"]}, "#/types/0"),
        ({"types": "ticket.opened"}, "#/types"),
        ({"name": ""}, "#/name"),
        ({"only": {"priority": ["sky-high"]}}, "#/only/priority/0"),
        ({"only": {"team": 999_999}}, "#/only/team"),
        ({"only": {"status": ["open"]}}, "#/only/status"),
        ({"only": {"tags": ["a,b"]}}, "#/only/tags"),
        ({"with_words": "yes"}, "#/with_words"),
        ({"secrets": {"current": "mine"}}, "#/secrets"),
        ({"is_active": False}, "#/is_active"),
    ],
)
def test_what_cannot_be_is_refused_by_name(erp, wrong, pointer):
    problem = refused(erp.post("webhooks/", {**GIVEN, **wrong}), 400, "validation")
    assert pointer in [error["pointer"] for error in problem["errors"]], problem
    assert not Webhook.objects.exists()


def test_one_is_changed_by_who_has_read_it_as_it_is(erp, hook):
    path = f"webhooks/{hook('ticket_opened').pk}/"
    read = erp.get(path)
    changed = erp.patch(path, {"name": "ERP", "types": ["note.added"]}, if_match=read["ETag"]).json()
    assert (changed["name"], changed["types"]) == ("ERP", ["note.added"])
    assert AuditEntry.objects.filter(kind="webhook_changed").last().data["fields"] == ["kinds", "name"]
    refused(erp.patch(path, {"name": "CRM"}, if_match=read["ETag"]), 412, "stale")
    told = AuditEntry.objects.count()
    erp.patch(path, {"name": "ERP"})
    assert AuditEntry.objects.count() == told
    assert erp.patch(path, {"only": {}}).json()["only"] == {}


def test_it_is_switched_off_and_on_with_a_clean_slate(erp, hook):
    path = f"webhooks/{hook('ticket_opened').pk}/"
    assert erp.post(f"{path}deactivation/").json()["is_active"] is False
    Webhook.objects.update(failing_since="2026-01-01T00:00:00Z", disabled_reason="failing")
    shown = erp.post(f"{path}activation/").json()
    assert (shown["is_active"], shown["failing_since"], shown["disabled_reason"]) == (True, None, None)


def test_a_new_secret_is_shown_once_and_the_old_one_stays_for_a_day(erp, hook):
    webhook = hook("ticket_opened")
    old = webhook.secrets["current"]
    shown = erp.post(f"webhooks/{webhook.pk}/secret/").json()
    webhook.refresh_from_db()
    assert webhook.secrets == {"current": shown["secret"], "previous": old}
    assert shown["secret_changed_at"] and shown["secret"] != old


def test_the_log_has_what_was_sent_and_what_came_back(erp, hook, receiver, ticket, alice):
    webhook = hook("priority_changed")
    receiver.answers.append(reply(b"later", status="503 Later"))
    properties.set_priority(ticket, 4, actor=alice)
    run()
    (line,) = erp.get(f"calls/?webhook={webhook.pk}&type=ticket.priority_changed&state=pending").json()[
        "results"
    ]
    assert [(each["status"], each["excerpt"]) for each in line["answers"]] == [(503, "later")]
    assert "payload" not in line and line["attempts"] == 1 and line["due_at"]
    whole = erp.get(f"calls/{line['id']}/").json()
    assert whole["payload"]["data"]["ticket"]["number"] == ticket.number
    assert erp.get("calls/?state=sent").json()["results"] == []
    again = erp.post(f"calls/{line['id']}/resend/").json()
    assert again["id"] == line["id"]


def test_a_later_call_of_the_ticket_waits_without_a_time(erp, hook, receiver, ticket, alice):
    hook("priority_changed")
    for priority in (4, 3):
        properties.set_priority(ticket, priority, actor=alice)
    receiver.answers.append(reply(b"", status="500 No"))
    run()
    waits, first = erp.get("calls/").json()["results"]
    assert waits["due_at"] is None and first["due_at"]


def test_what_was_taken_is_told_again_as_a_call_of_its_own(erp, hook, receiver):
    tried = erp.post(f"webhooks/{hook('ticket_opened').pk}/test/")
    assert tried.status_code == 201 and tried.json()["type"] == "webhook.test"
    courier.drain()
    done = erp.get(tried["Location"]).json()
    assert (done["state"], done["answers"][0]["status"]) == ("sent", 200)
    again = erp.post(f"calls/{done['id']}/resend/").json()
    assert again["id"] != done["id"] and again["external_id"] == done["external_id"]


def test_it_is_removed_with_its_log(erp, hook):
    webhook = hook("ticket_opened")
    erp.post(f"webhooks/{webhook.pk}/test/")
    assert erp.delete(f"webhooks/{webhook.pk}/").status_code == 204
    assert erp.get("calls/").json()["results"] == []
    assert AuditEntry.objects.filter(kind="webhook_changed").last().data["what"] == "removed"


@pytest.mark.parametrize("person", ["alice", "sam"])
def test_nobody_but_an_admin_whatever_their_token_says(program, request, hook, person):
    till = program(request.getfixturevalue(person))
    path = f"webhooks/{hook('ticket_opened').pk}/"
    assert till.get("webhooks/").json()["results"] == till.get("calls/").json()["results"] == []
    refused(till.post("webhooks/", GIVEN), 403, "forbidden")
    refused(till.get(path), 404, "not-found")
    refused(till.patch(path, {"url": "https://evil.example/"}), 404, "not-found")
    refused(till.delete(path), 404, "not-found")
    for act in ("secret", "test", "activation", "deactivation"):
        refused(till.post(f"{path}{act}/"), 404, "not-found")


def test_a_page_of_the_log_takes_few_queries(erp, hook, django_assert_max_num_queries):
    webhook = hook("ticket_opened")
    for _ in range(5):
        erp.post(f"webhooks/{webhook.pk}/test/")
    with django_assert_max_num_queries(6):
        assert len(erp.get("calls/").json()["results"]) == 5
