"""Every address of the API × method × caller, against the table in docs/developers/api-access.md."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from channels_app import inbound
from channels_app.messages import Sender, reply_token
from channels_app.webhooks import calling, subscriptions
from helpdesk.accounts.models import Calendar, Scope, User
from knowledge.canned import keeping
from knowledge.phrases import keeping as phrases
from knowledge.suggestions import posting as suggestions
from tests import people
from tests.api import Program, refused
from tests.architecture.addresses import addresses
from tests.people import Write
from tests.standing import lent, made
from tests.tickets.api import conftest
from tests.tickets.api.access_table import LINES, SCOPES, Line
from tickets import (
    assignment,
    checklists,
    customers,
    drafts,
    enquiries,
    intake,
    lifecycle,
    linking,
    macros,
    merging,
    promises,
    ratings,
    scheduling,
    timing,
    uploads,
)
from tickets.customers import uniting
from tickets.expected.models import ExpectedTime
from tickets.models import (
    Attachment,
    Checklist,
    CustomField,
    Delivery,
    Event,
    Macro,
    Message,
    Organisation,
    RuleRun,
    SlaPolicy,
    Ticket,
    View,
)
from tickets.rules import keeping as rules

pytestmark = pytest.mark.django_db

RAN = "alice@desk.example"
RULE = {"name": "Loud", "triggers": ["opened"], "actions": [{"do": "priority", "value": 4}]}
WEBHOOK = {"name": "CRM", "url": "https://crm.example/hook"}
# No ticket hands them on.
TEAMS = ("users/", "channels/", "views/", "macros/", "macro-runs/", "canned-responses/")


class Room:
    """Carol's ticket with everything that has an address, and what each write would send."""

    def __init__(self, ticket: Ticket, alice: User, written: Write) -> None:
        self.ticket, self.alice = ticket, alice
        bo = Sender(identity_kind="email", identity="bo@mail.example", name="Bo")
        joined, other = (intake.receive(written(sender=bo)).ticket for _ in range(2))
        move = merging.join(joined, ticket, actor=alice)
        customer = ticket.customer
        lakeside = Organisation.objects.create(name="Lakeside")
        type(customer).objects.filter(pk=customer.pk).update(organisation=lakeside)
        record = inbound.journal(ticket.channel, "x", b"raw")
        received = ticket.messages.in_order().first()
        Message.objects.filter(pk=received.pk).update(record=record)
        drafts.save(ticket, author=alice, mode="reply", body="Begun")
        due = timezone.now() + timedelta(hours=1)
        waits = scheduling.queue(
            ticket, author=alice, mode="reply", body="Later", key=uuid.uuid4(), due_at=due
        )
        customer.identities.create(kind="phone", value="+361")
        Delivery.objects.update(state="failed")
        eve = Sender(identity_kind="email", identity="eve@elsewhere.example", name="Eve")
        self.doubt = intake.receive(written(sender=eve, token=reply_token(ticket.pk))).doubt
        self.seconds = {
            "links": linking.link(ticket, other, "related", actor=alice).pk,
            "checklist": checklists.add(ticket, "Ring them", actor=alice).pk,
            "versions": 1,
            "time": timing.spend(ticket, 5, user=alice, key=uuid.uuid4()).pk,
        }
        webhook, _secret = subscriptions.create(actor=alice, **WEBHOOK, kinds=["ticket_opened"])
        call = calling.test(webhook, actor=alice)
        third = customers.resolve(Sender(identity_kind="email", identity="third@mail.example"))
        told = {"until": due, "check_at": due, "low": 60, "high": 60, "count": 20}
        ExpectedTime.objects.create(ticket=ticket, by="page", **told)
        self.suggested = [
            suggestions.note(title, "", language="en", actor=alice, key=uuid.uuid4())
            for title in ("Gift wrapping", "Wrap gifts")
        ]
        self.rows = {
            "tickets": ticket.number,
            "messages": received.pk,
            "attachments": Attachment.objects.get(message__ticket=ticket).pk,
            "events": Event.objects.filter(ticket=ticket).first().pk,
            "deliveries": Delivery.objects.filter(message__isnull=False).get().pk,
            "doubts": self.doubt.pk,
            "scheduled": waits.pk,
            "macros": (
                macro := Macro.objects.create(title="x", team=ticket.team, steps={"kind": "support"})
            ).pk,
            "macro-runs": macros.run(macro, [ticket.number], actor=alice, key=uuid.uuid4()).pk,
            "canned-responses": keeping.make(
                "Late", actor=None, team=ticket.team, wordings={"en": {"body": "It is late."}}
            ).pk,
            "phrase-pairs": phrases.make(actor=None, language="en", avoid="no problem", prefer="gladly").pk,
            "suggestions": self.suggested[0].pk,
            "sla-policies": SlaPolicy.objects.create(name="Everybody", first_reply=60).pk,
            "working-hours": Calendar.objects.create(name="Nine to five").pk,
            "rules": (rule := rules.make(RULE, actor=None)).pk,
            "rule-runs": RuleRun.objects.create(
                rule=rule, name="Loud", version=1, ticket=ticket, done=[["priority", 2, 4]]
            ).pk,
            "ratings": self._rated(ticket),
            "promises": promises.make(ticket, due, actor=alice).pk,
            "webhooks": webhook.pk,
            "calls": call.pk,
            "customers": customer.pk,
            "enquiries": self._asked(),
            "unions": uniting.unite(third, customer, actor=alice).pk,
            "custom-fields": CustomField.objects.create(of="ticket", key="order", labels={"en": "Order"}).pk,
            "identities": customer.identities.first().pk,
            "organisations": lakeside.pk,
            "channels": ticket.channel_id,
            "moves": move.pk,
            "views": View.objects.create(title="Loud", team=ticket.team).pk,
            "teams": ticket.team_id,
            "users": alice.pk,
        }
        identity = {"kind": "email", "value": "dave@mail.example"}
        self.bodies: dict[str, Any] = {
            "POST tickets/": {"channel": ticket.channel_id, "identity": identity, "body": "Hello"},
            "PATCH tickets/{id}/": {"kind": "support"},
            "POST tickets/{id}/replies/": {"body": "Hello"},
            "POST tickets/{id}/notes/": {"body": "Hello"},
            "POST tickets/{id}/forwards/": {"message": received.pk, "to": ["bo@mail.example"]},
            "POST tickets/{id}/joining/": {"into": other.number},
            "PUT tickets/{id}/drafts/reply/": {"body": "Hello"},
            "POST views/": {"title": "Mine", "filters": {"priority": "urgent"}},
            "PATCH views/{id}/": {"title": "Louder"},
            "POST tickets/{id}/scheduled/": {"body": "Hello", "due_at": due.isoformat()},
            "PATCH scheduled/{id}/": {"due_at": due.isoformat()},
            "POST macros/": {"title": "Mine", "steps": {"kind": "support"}},
            "PATCH macros/{id}/": {"title": "Louder"},
            "POST macros/{id}/runs/": {"tickets": [ticket.number]},
            "POST canned-responses/": {"title": "Mine", "wordings": {"en": {"body": "Hello"}}},
            "PATCH canned-responses/{id}/": {"title": "Louder"},
            "POST canned-responses/{id}/uses/": {"ticket": ticket.number},
            "POST phrase-pairs/": {"language": "en", "avoid": "at once", "prefer": "today"},
            "PATCH phrase-pairs/{id}/": {"why": "x"},
            "POST sla-policies/": {"name": "Loud", "first_reply": 30},
            "POST sla-policies/forecast/": {"name": "Loud", "first_reply": 30},
            "PATCH sla-policies/{id}/": {"first_reply": 30},
            "POST sla-policies/{id}/forecast/": {"first_reply": 30},
            "POST working-hours/": {"name": "Nights", "week": {"0": [["20:00", "00:00"]]}},
            "PATCH working-hours/{id}/": {"week": {"0": [["20:00", "00:00"]]}},
            "POST working-hours/{id}/forecast/": {"days": {"2026-12-25": []}},
            "POST suggestions/": {"title": "Gift wrapping", "language": "en"},
            "PATCH suggestions/{id}/": {"status": "planned"},
            "POST suggestions/{id}/joining/": {"into": self.suggested[1].pk},
            "POST suggestions/{id}/comments/": {"text": "Thank you"},
            "POST rules/": {**RULE, "name": "Louder"},
            "PUT rules/order/": {"rules": [rule.pk]},
            "PATCH rules/{id}/": {"name": "Louder"},
            "POST tickets/{id}/promises/": {"due_at": due.isoformat()},
            "PATCH promises/{id}/": {"due_at": due.isoformat()},
            "PUT users/{id}/availability/": {"state": "paused", "reason": "lunch"},
            "POST tickets/{id}/internal/": {"subject": "Stock", "body": "Is there one left?"},
            "POST tickets/{id}/links/": {"relation": "related", "other": other.number},
            "POST tickets/{id}/checklist/": {"text": "Ring them again"},
            "POST tickets/{id}/checklist/use/": {
                "checklist": Checklist.objects.create(title="Parcel", steps=["Weigh it"]).pk
            },
            "PATCH tickets/{id}/checklist/{id}/": {"done": True},
            "POST tickets/{id}/time/": {"minutes": 5},
            "POST tickets/{id}/enquiries/": {"to": ["x@carrier.example"], "subject": "Q", "body": "?"},
            "POST enquiries/{id}/messages/": {"body": "?"},
            "POST customers/": {"identities": [identity]},
            "PATCH customers/{id}/": {"notes": "x"},
            "POST customers/{id}/identities/": identity,
            "POST customers/{id}/joining/": {"into": other.customer_id},
            "POST customers/{id}/erasure/": {"words": "redact"},
            "POST organisations/": {"name": "Hillside"},
            "PATCH organisations/{id}/": {"notes": "x"},
            "POST webhooks/": {**WEBHOOK, "types": ["ticket.opened"]},
            "PATCH webhooks/{id}/": {"name": "ERP"},
        }

    def _rated(self, ticket: Ticket) -> int:
        done = lifecycle.close(ticket, actor=None)
        pk = ratings.rate(done, "good", customer=ticket.customer).pk
        lifecycle.reopen(done, actor=None)
        return pk

    def _asked(self) -> int | None:
        given = {"to": ["x@carrier.example"], "subject": "Q", "body": "?", "key": uuid.uuid4()}
        return enquiries.ask(self.ticket, author=self.alice, **given).enquiry_id

    def call(self, program: Program, line: Line) -> Any:
        noun = line.path.partition("/")[0]
        address = line.path.replace("{id}", str(self.rows.get(noun, "")), 1)
        inner = line.path.removeprefix(f"{noun}/{{id}}/").partition("/")[0]
        address = address.replace("{id}", str(self.seconds.get(inner)))
        if (line.method, line.path) == ("POST", "attachments/"):
            headers = {**program.headers, "Idempotency-Key": str(uuid.uuid4())}
            file = {"file": SimpleUploadedFile("a", b"a")}
            return program.client.post("/api/v1/attachments/", file, headers=headers)
        if (line.method, noun) == ("DELETE", "attachments") and program.token:
            mine = uploads.keep(program.token.user, name="a", content=b"a", content_type="")
            address = f"attachments/{mine.pk}/"
        return program.call(line.method, address, self.bodies.get(f"{line.method} {line.path}"))


@pytest.fixture(scope="module")
def standing(lasting) -> dict[str, Any]:
    """The room and who works in it: a tenth of what a walk costs."""
    staff = (people.orders, people.alice, people.mailbox, people.written, people.ticket)
    known = made(*staff, conftest.answered)
    return known | {"furnished": Room(known["answered"], known["alice"], known["written"])}


orders, alice, furnished = lent("orders"), lent("alice"), lent("furnished")


@pytest.fixture
def room(furnished, settings) -> Room:
    settings.API_RATE = settings.API_RATE_ANONYMOUS = 100_000
    return furnished


def walk(only: str = "") -> Iterator[Line]:
    """Each line of the table; what its request did is undone before the next."""
    for line in LINES:
        if only in ("", line.elsewhere):
            with transaction.atomic():
                yield line
                transaction.set_rollback(True)


def works(answer: Any) -> bool:
    return answer.status_code in (200, 201, 204)


def is_done(line: Line, user: User, answer: Any) -> bool:
    """As somebody who sees the ticket may expect; some is for supervisors and admins alone."""
    if line.elsewhere == "admins alone" and not user.is_admin:
        return is_shut(line, answer)
    if line.elsewhere in RULED:
        return is_ruled(line, user, answer)
    if line.elsewhere == "supervisors alone" and user.role == User.Role.AGENT:
        return bool(refused(answer, 403, "forbidden"))
    if line.path.startswith("macro-runs/") and user.email != RAN:
        return bool(refused(answer, 404, "not-found"))  # one takes back one's own alone
    teams = ("views/{id}/", "macros/{id}/", "canned-responses/{id}/")
    shared = line.path in teams and line.method != "GET"
    if (line.path.endswith("/release/") or shared) and user.role == User.Role.AGENT:
        return bool(refused(answer, 403, "forbidden"))
    return works(answer)


def is_shut(line: Line, answer: Any) -> bool:
    """What admins alone set up: others find nothing there, and may not add to it."""
    if line.path in ("webhooks/", "calls/", "sla-policies/", "sla-policies/forecast/", "working-hours/"):
        if line.method == "GET":
            return bool(answer.json() == {"results": [], "next": None})
        return bool(refused(answer, 403, "forbidden"))
    return bool(refused(answer, 404, "not-found"))


RULED = ("supervisors read", "admins set up")


def is_ruled(line: Line, user: User, answer: Any) -> bool:
    """Rules are read by supervisors and set up by admins; to agents there are none."""
    if user.is_admin or (user.is_supervisor and line.method == "GET"):
        return works(answer)
    if line.path == "rules/" and line.method == "GET":
        return bool(answer.json() == {"results": [], "next": None})
    if user.is_supervisor or line.path in ("rules/", "rules/order/"):
        return bool(refused(answer, 403, "forbidden"))
    return bool(refused(answer, 404, "not-found"))


def test_the_table_holds_every_address_and_nothing_else():
    known = set()
    for each in addresses():
        if each.url.startswith("/api/v1/"):
            path = each.url.removeprefix("/api/v1/").replace("/1/", "/{id}/")
            path = path.replace("drafts/x", "drafts/reply")
            known |= {(method, path) for method in each.methods}
    assert {(line.method, line.path) for line in LINES} == known


def test_nobody_enters_without_a_token(room, stranger):
    for line in walk():
        refused(room.call(stranger, line), 401, "not-signed-in")


def test_who_has_left_does_not_enter(room, program, alice):
    till = program(alice)
    User.objects.filter(pk=alice.pk).update(is_active=False)
    for line in walk():
        refused(room.call(till, line), 401, "not-signed-in")


@pytest.mark.parametrize("scope", SCOPES)
def test_a_token_does_what_its_scope_says_and_no_more(room, program, alice, scope):
    till = program(alice, scope, *([Scope.TICKETS_READ] if scope == Scope.RAW_READ else []))
    for line in walk():
        answer = room.call(till, line)
        if not line.scope or till.token.allows(line.scope):
            assert is_done(line, alice, answer), (line, answer.content)
        else:
            assert refused(answer, 403, "scope")["scope"] == line.scope, line


@pytest.mark.parametrize("person", ["alice", "sam", "ada"])
def test_whoever_sees_the_ticket_works_on_it(room, program, request, person):
    user = request.getfixturevalue(person)
    drafts.save(room.ticket, author=user, mode="reply", body="Begun")
    till = program(user)
    for line in walk():
        answer = room.call(till, line)
        assert is_done(line, user, answer), (line, answer.content)


def test_a_colleague_of_another_team(room, program, mallory):
    till = program(mallory)
    for line in walk():
        answer = room.call(till, line)
        if line.elsewhere == "not found":
            refused(answer, 404, "not-found")
        elif line.elsewhere == "empty":
            assert answer.json() == {"results": [], "next": None}, line
        elif line.elsewhere == "admins alone":
            assert is_shut(line, answer), line
        elif line.elsewhere in RULED:
            assert is_ruled(line, mallory, answer), line
        elif line.elsewhere == "supervisors alone":
            refused(answer, 403, "forbidden")
        elif line.elsewhere == "no such channel":
            assert refused(answer, 400, "validation")["errors"][0]["pointer"] == "#/channel"
        else:
            assert line.elsewhere == "as anybody" and works(answer), line


def test_a_supervisor_elsewhere_sees_what_was_escalated(room, program, mallory):
    """By role alone nothing opens; by escalation the ticket and what hangs on it do."""
    User.objects.filter(pk=mallory.pk).update(role=User.Role.SUPERVISOR)
    mallory.refresh_from_db()
    till = program(mallory)
    for line in walk("not found"):
        refused(room.call(till, line), 404, "not-found")
        Ticket.objects.update(escalated_at="2030-01-01T00:00:00Z")
        answer = room.call(till, line)
        # A channel, a view and a macro stay their team's; a draft its author's, a run whose it is.
        hidden = line.path.startswith(TEAMS) or ("drafts/" in line.path and line.method != "PUT")
        assert works(answer) is not hidden, (line, answer.content)


def test_a_ticket_that_moved_takes_everything_along(room, program, alice, returns, sam):
    for ticket in (room.ticket, room.doubt.ticket):
        assignment.move(ticket, returns, actor=sam)
    till = program(alice)
    for line in walk("not found"):
        if not line.path.startswith(TEAMS):
            refused(room.call(till, line), 404, "not-found")
