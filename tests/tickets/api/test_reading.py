"""Tickets, messages and events as programs read them."""

import uuid

import pytest

from tests.api import refused
from tickets import assignment, bin, filters, intake, lifecycle, properties, replies, search
from tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db


def numbers(answer) -> list[int]:
    assert answer.status_code == 200, answer.content
    return [each["number"] for each in answer.json()["results"]]


def test_a_ticket_is_shown_whole(program, alice, answered, carol):
    shown = program(alice).get(f"tickets/{answered.number}/").json()
    assert shown["url"] == f"http://testserver/api/v1/tickets/{answered.number}/"
    assert (shown["subject"], shown["status"], shown["priority"]) == ("Where is my parcel?", "open", "normal")
    assert shown["customer"] == {"id": carol.pk, "name": "Carol Reyes"}
    assert shown["team"]["name"] == "Orders and delivery" and shown["assignee"] is None
    assert "messages" not in shown


def test_only_what_is_asked_for(program, alice, answered):
    till = program(alice)
    assert till.get(f"tickets/{answered.number}/?fields=number,subject").json() == {
        "number": answered.number,
        "subject": "Where is my parcel?",
    }
    assert list(till.get("tickets/?fields=tags").json()["results"][0]) == ["tags"]


def test_relations_whole(program, alice, answered):
    shown = program(alice).get(f"tickets/{answered.number}/?include=customer,messages").json()
    assert [each["value"] for each in shown["customer"]["identities"]] == ["carol@mail.example"]
    assert [each["direction"] for each in shown["messages"]] == ["in", "out", "note"]
    assert [each["name"] for each in shown["messages"][1]["attachments"]] == ["Plan.txt"]
    assert shown["messages"][1]["author"]["name"] == "Alice Hartmann"


def test_a_relation_needs_the_scope_of_its_own(program, alice, answered):
    till = program(alice, "tickets:read")
    assert till.get("tickets/?include=messages").status_code == 200
    assert refused(till.get("tickets/?include=customer"), 403, "scope")["scope"] == "customers:read"
    refused(till.get("messages/?include=deliveries"), 403, "scope")


def test_of_a_long_ticket_the_newest_messages_are_included(program, alice, ticket):
    for number in range(25):
        replies.add_note(ticket, author=alice, body=str(number), key=uuid.uuid4())
    shown = program(alice).get("tickets/?include=messages").json()["results"][0]
    assert [each["text"] for each in shown["messages"]] == [str(number) for number in range(5, 25)]


@pytest.mark.parametrize(
    "path", ["tickets/?include=customer,messages", "messages/?include=deliveries", "events/"]
)
def test_a_page_takes_as_many_queries_as_a_row(program, alice, written, answered, counted, path):
    till = program(alice)
    few = counted(lambda: till.get(path))
    for _ in range(12):
        ticket = intake.receive(written()).ticket
        replies.send(ticket, author=alice, body="Tomorrow.", key=uuid.uuid4())
    assert counted(lambda: till.get(path)) <= few <= 12


class TestFilters:
    @pytest.fixture
    def desk(self, written, alice, returns) -> dict[str, int]:
        """Tickets by what is special about them, the newest last."""
        made = {
            name: intake.receive(written(subject=name)).ticket
            for name in ("loud", "mine", "done", "spam", "away")
        }
        properties.set_priority(made["loud"], 4, actor=alice)
        properties.set_kind(made["loud"], "complaint", actor=alice)
        properties.set_tags(made["loud"], ["vip", "parcel"], actor=alice)
        assignment.assign(made["mine"], alice, actor=alice)
        lifecycle.resolve(made["done"], actor=alice)
        bin.mark_spam(made["spam"], actor=alice)
        assignment.move(made["away"], returns, actor=alice)
        search.index(Message.objects.values_list("pk", flat=True))
        return {name: ticket.number for name, ticket in made.items()}

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", ["done", "mine", "loud"]),
            ("view=open", ["mine", "loud"]),
            ("view=mine", ["mine"]),
            ("view=spam", ["spam"]),
            ("status=resolved,closed", ["done"]),
            ("priority=urgent,high", ["loud"]),
            ("kind=complaint", ["loud"]),
            ("kind=none", ["done", "mine"]),
            ("tag=VIP,parcel", ["loud"]),
            ("tag=vip,other", []),
            ("assignee=me", ["mine"]),
            ("assignee=none&view=open", ["loud"]),
            ("waiting=true", ["mine", "loud"]),
            ("waiting=false", ["done"]),
            ("created_after=2100-01-01T00:00:00Z", []),
            ("created_before=2100-01-01T00:00:00Z&status=resolved", ["done"]),
            ("language=hu", []),
            ("q=loud", ["loud"]),
            ("q=spam", ["spam"]),
            ("q=spam&view=open", []),
            ("q=away", []),
        ],
    )
    def test_they_narrow_as_in_the_workspace(self, program, alice, desk, query, expected):
        found = numbers(program(alice).get(f"tickets/?{query}"))
        assert found == [desk[name] for name in expected]

    def test_the_workspace_knows_the_same_words(self, alice, desk):
        listed = filters.listed(alice, "all", narrow={"priority": "urgent", "status": "nonsense"})
        assert [ticket.number for ticket in listed.tickets] == [desk["loud"]]

    def test_a_team_and_a_customer(self, program, ada, desk, orders, returns, carol):
        till = program(ada)
        assert numbers(till.get(f"tickets/?team={returns.pk}")) == [desk["away"]]
        assert numbers(till.get("tickets/?team=none")) == []
        assert len(numbers(till.get(f"tickets/?customer={carol.pk}&team={orders.pk}"))) == 3
        assert numbers(till.get(f"tickets/?customer={carol.pk + 1}")) == []


def test_messages_of_a_ticket_in_order(program, alice, answered, written):
    intake.receive(written())
    till = program(alice)
    found = till.get(f"messages/?ticket={answered.number}&order=created").json()["results"]
    assert [each["text"][:8] for each in found] == ["Good mor", "Tomorrow", "She is u"]
    assert till.get("messages/?direction=note").json()["results"][0]["text"] == "She is upset"
    one = till.get(f"messages/{found[0]['id']}/?include=deliveries").json()
    assert (one["ticket"], one["sender_address"], one["deliveries"]) == (
        answered.number,
        "carol@mail.example",
        [],
    )


def test_deliveries_of_a_message(program, alice, answered):
    shown = program(alice).get("messages/?direction=out&include=deliveries").json()["results"][0]
    assert [(each["state"], each["recipients"]["to"]) for each in shown["deliveries"]] == [
        ("pending", ["carol@mail.example"])
    ]


def test_what_happened(program, alice, answered):
    till = program(alice)
    kinds = [each["kind"] for each in till.get("events/?order=created").json()["results"]]
    assert kinds == ["ticket_opened", "message_received", "reply_sent", "note_added"]
    noted = till.get("events/?kind=note_added").json()["results"][0]
    assert (noted["user"]["name"], noted["ticket"]) == ("Alice Hartmann", answered.number)
    assert till.get(f"events/{noted['id']}/").json() == noted


def test_what_others_see_is_not_there(program, mallory, answered):
    till = program(mallory)
    for path in ("tickets/", "messages/", "events/", "tickets/?q=parcel", f"tickets/?q={answered.number}"):
        assert till.get(path).json() == {"results": [], "next": None}, path
    message = answered.messages.first()
    event = answered.events.first()
    for path in (
        f"tickets/{answered.number}/",
        f"messages/{message.pk}/",
        f"messages/{message.pk}/raw/",
        f"events/{event.pk}/",
    ):
        refused(till.get(path), 404, "not-found")


def test_an_escalated_ticket_is_seen_by_supervisors_elsewhere(
    program, sam, answered, returns, django_user_model
):
    assignment.move(answered, returns, actor=sam)
    till = program(sam)
    refused(till.get(f"tickets/{answered.number}/"), 404, "not-found")
    Ticket.objects.update(escalated_at="2030-01-01T00:00:00Z")
    assert till.get(f"tickets/{answered.number}/").status_code == 200
