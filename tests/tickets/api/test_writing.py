"""Tickets opened, answered and changed by programs."""

import pytest

from tests.api import refused, upload
from tickets import assignment, lifecycle
from tickets.models import Attachment, Customer, Event, Message, Ticket

pytestmark = pytest.mark.django_db


class TestOpening:
    def test_a_request_that_came_another_way(self, till, mailbox, alice, orders):
        answer = till.post(
            "tickets/",
            {
                "channel": mailbox.pk,
                "identity": {"kind": "email", "value": "Dave@Mail.example"},
                "name": "Dave Ito",
                "subject": "Broken lamp",
                "body": "He called: it arrived in pieces.",
                "kind": "complaint",
                "topic": "delivery",
                "priority": "high",
                "tags": ["Lamp"],
                "assignee": alice.pk,
                "language": "en",
            },
        )
        assert answer.status_code == 201, answer.content
        shown = answer.json()
        ticket = Ticket.objects.get(number=shown["number"])
        assert answer["Location"].endswith(f"/api/v1/tickets/{ticket.number}/")
        assert (shown["priority"], shown["kind"], shown["tags"]) == ("high", "complaint", ["lamp"])
        assert shown["topic"] == "delivery"
        assert (ticket.team, ticket.assignee, ticket.status) == (orders, alice, "new")
        assert ticket.waiting_since is not None
        message = ticket.messages.get()
        assert (message.direction, message.sender_address) == ("in", "Dave@Mail.example")
        assert ticket.customer.name == "Dave Ito"
        assert ticket.customer.identities.get().value == "dave@mail.example"

    def test_a_customer_who_is_known(self, till, mailbox, ticket, carol):
        answer = till.post("tickets/", {"channel": mailbox.pk, "customer": carol.pk, "body": "She called."})
        assert answer.status_code == 201, answer.content
        assert Ticket.objects.get(number=answer.json()["number"]).customer == carol
        assert Customer.objects.count() == 1

    def test_writing_to_a_customer_first(self, till, mailbox, alice):
        answer = till.post(
            "tickets/",
            {
                "direction": "out",
                "channel": mailbox.pk,
                "identity": {"kind": "email", "value": "dave@mail.example"},
                "subject": "Your lamp is here",
                "body": "You can fetch it.",
                "cc": ["shop@mail.example"],
                "status": "waiting",
            },
        )
        assert answer.status_code == 201, answer.content
        ticket = Ticket.objects.get(number=answer.json()["number"])
        message = ticket.messages.get()
        assert (message.direction, message.author, message.to) == ("out", alice, ["dave@mail.example"])
        assert (message.subject, message.cc) == ("Your lamp is here", ["shop@mail.example"])
        assert (ticket.status, ticket.waiting_since) == ("waiting", None)
        assert message.deliveries.get().state == "pending"
        kinds = list(ticket.events.order_by("id").values_list("kind", "user"))
        assert kinds[0] == ("ticket_opened", alice.pk) and ("reply_sent", alice.pk) in kinds

    def test_with_files(self, till, mailbox):
        for direction in ("in", "out"):
            answer = till.post(
                "tickets/?include=messages",
                {
                    "direction": direction,
                    "channel": mailbox.pk,
                    "identity": {"kind": "email", "value": "dave@mail.example"},
                    "body": "See there",
                    "attachments": [upload(till), upload(till, name="Other.txt")],
                },
            )
            assert answer.status_code == 201, answer.content
            shown = [each["name"] for each in answer.json()["messages"][0]["attachments"]]
            assert shown == ["Plan.txt", "Other.txt"]
        assert not Attachment.objects.filter(uploader__isnull=False).exists()

    @pytest.mark.parametrize(
        ("wrong", "pointer"),
        [
            ({"body": ""}, "#/body"),
            ({"body": "  "}, "#/body"),
            ({"body": None}, "#/body"),
            ({"body": 7}, "#/body"),
            ({"body": "a\x00b"}, "#/body"),
            ({"body": "\ud800"}, "#/body"),
            ({"channel": "1"}, "#/channel"),
            ({"channel": 999}, "#/channel"),
            ({"customer": 1}, "#/customer"),
            ({"identity": {"kind": "email", "value": "nobody"}}, "#/identity/value"),
            ({"identity": {"kind": "pigeon", "value": "a@b.example"}}, "#/identity/kind"),
            ({"identity": {"kind": "email"}}, "#/identity/value"),
            ({"identity": {"kind": "email", "value": "a@b.example", "x": 1}}, "#/identity/x"),
            ({"kind": "party"}, "#/kind"),
            ({"priority": 3}, "#/priority"),
            ({"topic": "riddle"}, "#/topic"),
            ({"tags": "vip"}, "#/tags"),
            ({"tags": ["ok", 5]}, "#/tags/1"),
            ({"tags": ["x" * 41]}, "#/tags/0"),
            ({"cc": ["a@b.example"]}, "#/cc"),
            ({"direction": "out", "cc": ["nobody"]}, "#/cc"),
            ({"attachments": [5]}, "#/attachments"),
            ({"language": "?!"}, "#/language"),
            ({"number": 7}, "#/number"),
            ({"created_at": "2020-01-01"}, "#/created_at"),
            ({"customer_id": 1, "a/b~c": 2}, "#/a~1b~0c"),
        ],
    )
    def test_what_cannot_be_is_pointed_at(self, till, mailbox, wrong, pointer):
        good = {
            "channel": mailbox.pk,
            "identity": {"kind": "email", "value": "dave@mail.example"},
            "body": "Hello",
        }
        problem = refused(till.post("tickets/", {**good, **wrong}), 400, "validation")
        assert pointer in [error["pointer"] for error in problem["errors"]], problem
        assert not Ticket.objects.exists() and not Customer.objects.exists()

    def test_channels_and_customers_of_others_do_not_exist(self, program, mallory, mailbox, ticket, carol):
        till = program(mallory)
        body = {"channel": mailbox.pk, "customer": carol.pk, "body": "Hello"}
        problem = refused(till.post("tickets/", body), 400, "validation")
        assert {error["pointer"] for error in problem["errors"]} == {"#/channel", "#/customer"}

    def test_a_ticket_that_goes_elsewhere_is_not_shown(self, till, mailbox, carol, returns):
        body = {"channel": mailbox.pk, "customer": carol.pk, "body": "Hello", "team": returns.pk}
        answer = till.post("tickets/", body)
        assert (answer.status_code, answer.content) == (204, b"")
        assert Ticket.objects.get().team == returns


class TestWords:
    def test_a_reply(self, till, answered, alice):
        answer = till.post(
            f"tickets/{answered.number}/replies/?include=deliveries",
            {"body": "It comes today.", "status": "resolved", "cc": ["Bo <bo@mail.example>"]},
        )
        assert answer.status_code == 201, answer.content
        shown = answer.json()
        assert (shown["direction"], shown["to"]) == ("out", ["carol@mail.example"])
        assert shown["cc"] == ["bo@mail.example"] and shown["author"]["id"] == alice.pk
        assert shown["deliveries"][0]["state"] == "pending"
        assert till.get(answer["Location"]).json()["text"] == "It comes today."
        answered.refresh_from_db()
        assert answered.status == "resolved"

    def test_a_note(self, till, answered):
        shown = till.post(f"tickets/{answered.number}/notes/", {"body": "Be kind."}).json()
        assert (shown["direction"], shown["text"]) == ("note", "Be kind.")

    def test_files_come_ahead(self, till, answered):
        first, second = upload(till), upload(till, b"x", "Ünï\u202e.txt")
        answer = till.post(
            f"tickets/{answered.number}/replies/", {"body": "", "attachments": [first, second]}
        )
        assert answer.status_code == 201, answer.content
        assert [each["id"] for each in answer.json()["attachments"]] == [first, second]
        again = till.post(f"tickets/{answered.number}/notes/", {"body": "", "attachments": [first]})
        assert refused(again, 400, "validation")["errors"][0]["pointer"] == "#/attachments"

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({}, "#/body"),
            ({"body": " \n"}, "#/body"),
            ({"body": "x", "to": ["nobody"]}, "#/to"),
            ({"body": "x", "cc": [f"a{n}@b.example" for n in range(51)]}, "#/cc"),
            ({"body": "x", "status": "asleep"}, "#/status"),
            ({"body": "x" * 200_001}, "#/body"),
            ({"body": "x", "author": 1}, "#/author"),
        ],
    )
    def test_a_reply_that_cannot_go(self, till, answered, body, pointer):
        before = Message.objects.count()
        problem = refused(till.post(f"tickets/{answered.number}/replies/", body), 400, "validation")
        assert pointer in [error["pointer"] for error in problem["errors"]]
        assert Message.objects.count() == before

    def test_nowhere_to_send(self, till, answered):
        Ticket.objects.update(channel=None)
        refused(till.post(f"tickets/{answered.number}/replies/", {"body": "Hello"}), 409, "conflict")

    def test_nobody_writes_where_they_do_not_see(self, program, mallory, answered):
        for what in ("replies", "notes"):
            refused(
                program(mallory).post(f"tickets/{answered.number}/{what}/", {"body": "x"}), 404, "not-found"
            )


class TestChanges:
    def test_all_at_once(self, till, ticket, bob, returns, orders):
        answer = till.patch(
            f"tickets/{ticket.number}/",
            {
                "subject": "  Parcel   TP-1 ",
                "status": "waiting",
                "kind": "support",
                "priority": "low",
                "assignee": bob.pk,
                "tags": ["b", "A", "a"],
                "language": "hu",
            },
        )
        shown = answer.json()
        assert (shown["subject"], shown["status"], shown["kind"]) == ("Parcel TP-1", "waiting", "support")
        assert (shown["priority"], shown["assignee"]["id"], shown["tags"]) == ("low", bob.pk, ["a", "b"])
        assert shown["language"] == "hu"
        kinds = set(ticket.events.values_list("kind", flat=True))
        assert {"subject_changed", "language_changed", "assigned", "status_changed"} <= kinds
        assert ticket.events.get(kind="subject_changed").data == {}, "no words of people in events"

    def test_nothing_given_changes_nothing(self, till, ticket):
        before = Event.objects.count()
        assert till.patch(f"tickets/{ticket.number}/", {}).status_code == 200
        assert Event.objects.count() == before

    def test_all_or_nothing(self, till, ticket, mallory):
        answer = till.patch(f"tickets/{ticket.number}/", {"kind": "support", "assignee": mallory.pk})
        problem = refused(answer, 409, "conflict")
        assert problem["errors"][0]["pointer"] == "#/assignee"
        ticket.refresh_from_db()
        assert ticket.kind == "" and ticket.events.filter(kind="kind_changed").count() == 0

    def test_what_is_not_for_callers_to_set(self, till, ticket):
        for name in ("number", "folder", "escalated_at", "customer", "created_at", "preview", "id"):
            problem = refused(till.patch(f"tickets/{ticket.number}/", {name: 1}), 400, "validation")
            assert problem["errors"] == [{"pointer": f"#/{name}", "detail": "There is no such field here."}]

    def test_to_another_team(self, till, ticket, returns):
        assert till.patch(f"tickets/{ticket.number}/", {"team": returns.pk}).status_code == 204
        refused(till.get(f"tickets/{ticket.number}/"), 404, "not-found")

    def test_who_has_read_it_may_change_it(self, till, ticket, alice):
        read = till.get(f"tickets/{ticket.number}/")["ETag"]
        assert till.patch(f"tickets/{ticket.number}/", {"kind": "support"}, if_match=read).status_code == 200
        refused(till.patch(f"tickets/{ticket.number}/", {"kind": ""}, if_match=read), 412, "stale")
        ticket.refresh_from_db()
        assert ticket.kind == "support"

    def test_the_answer_to_a_change_is_the_next_version(self, till, ticket):
        first = till.patch(f"tickets/{ticket.number}/", {"kind": "support"})["ETag"]
        assert till.patch(f"tickets/{ticket.number}/", {"kind": ""}, if_match=first).status_code == 200

    @pytest.mark.parametrize("tag", ["nonsense", 'W/"weak"', '"', '""'])
    def test_a_version_that_is_none(self, till, ticket, tag):
        refused(till.patch(f"tickets/{ticket.number}/", {}, if_match=tag), 400, "headers")

    def test_any_version_will_do(self, till, ticket):
        assert till.patch(f"tickets/{ticket.number}/", {"kind": "support"}, if_match="*").status_code == 200


TURNS = [
    ("resolution", "status", "resolved"),
    ("closure", "status", "closed"),
    ("spam", "folder", "spam"),
    ("deletion", "folder", "bin"),
]


@pytest.mark.parametrize(("turn", "field", "value"), TURNS)
def test_a_turn_in_a_tickets_life(till, ticket, turn, field, value):
    assert till.post(f"tickets/{ticket.number}/{turn}/").json()[field] == value
    told = Event.objects.count()
    assert till.post(f"tickets/{ticket.number}/{turn}/", {}).json()[field] == value
    assert Event.objects.count() == told, "what is so already stays so"


def test_and_back(till, ticket, alice):
    lifecycle.close(ticket, actor=alice)
    assert till.post(f"tickets/{ticket.number}/reopening/").json()["status"] == "open"
    till.post(f"tickets/{ticket.number}/spam/")
    assert till.post(f"tickets/{ticket.number}/restoration/").json()["folder"] == "desk"
    refused(till.post(f"tickets/{ticket.number}/restoration/", {"why": "because"}), 400, "validation")


def test_a_body_that_is_no_json(till):
    headers = {**till.headers, "Idempotency-Key": "1"}
    for content in ("{", "[1]", '"x"', "", "[" * 100_000, '{"a": NaN}', "\xff", '{"a": ' + "9" * 5000 + "}"):
        answer = till.client.post(
            "/api/v1/tickets/", content, content_type="application/json", headers=headers
        )
        problem = answer.json()
        assert answer.status_code == 400 and problem["code"] in ("malformed", "validation"), content[:20]


def test_a_body_that_is_too_long(till):
    refused(till.post("tickets/", {"body": "x" * (2 * 1024 * 1024)}), 413, "too-large")


def test_an_assignee_who_left_cannot_take_it(till, ticket, bob):
    bob.is_active = False
    bob.save()
    refused(till.patch(f"tickets/{ticket.number}/", {"assignee": bob.pk}), 400, "validation")
    assert assignment.assign(ticket, None, actor=None).assignee is None
