"""The table of cases: every cell of the page for admins, tried with a real message at the door."""

from pathlib import Path
from uuid import uuid4

import pytest

from channels_app.messages import Authenticity, InboundMessage, Sender, reply_token
from tickets import intake, replies
from tickets.models import Citation, Doubt, Message, Organisation, Ticket
from tickets.threads import cases
from tickets.threads.cases import Evidence, Outcome, Relation

PAGE = Path(__file__).resolve().parents[3] / "docs" / "admin" / "threads.md"

SENDERS = {
    Relation.CUSTOMER: "carol@mail.example",
    Relation.PARTICIPANT: "eve@elsewhere.example",
    Relation.COLLEAGUE: "carl@mail.example",
    Relation.STRANGER: "mal@nowhere.example",
}


def carried(evidence: Evidence, ticket: Ticket) -> dict:
    return {
        Evidence.TOKEN: {"token": reply_token(ticket.pk)},
        Evidence.CITES: {"references": (ticket.messages.get(direction="in").external_id,)},
        Evidence.ROOT: {"references": ("newest@x", "root@x")},
        Evidence.NUMBER: {"subject": f"AW: Where is my parcel? [#{ticket.number}]"},
        Evidence.SUBJECT: {"subject": "AW: Where is my parcel?"},
    }[evidence]


@pytest.fixture
def busy(written, alice) -> Ticket:
    """A ticket of carol of mail.example, with eve in copy, that began in the middle of a correspondence."""
    Organisation.objects.create(name="Mail", domains=["mail.example"])
    ticket = intake.receive(written(references=("root@x",))).ticket
    replies.send(ticket, author=alice, body="Look", key=uuid4(), cc=["Eve@Elsewhere.example"])
    return ticket


def test_the_page_and_the_code_hold_the_same_table():
    page = "\n".join(line for line in PAGE.read_text().splitlines() if line.startswith("|"))
    assert cases.read(page) == cases.CASES


def test_no_cell_is_missing():
    assert set(cases.CASES) == {
        (evidence, relation, authenticity)
        for evidence in Evidence
        for relation in Relation
        for authenticity in Authenticity
    }


@pytest.mark.django_db
@pytest.mark.parametrize("cell", list(cases.CASES), ids=lambda cell: " / ".join(cell))
def test_what_the_table_says_is_what_happens(cell, busy, written):
    evidence, relation, authenticity = cell
    sender = Sender(identity_kind="email", identity=SENDERS[relation])
    inbound = written(sender=sender, authenticity=authenticity, **carried(evidence, busy))
    message = intake.receive(inbound)
    assert outcome(message, busy) == cases.CASES[cell]
    assert intake.receive(inbound) == message, "twice is once"
    assert Doubt.objects.count() == (cases.CASES[cell] == Outcome.DOUBT)


def outcome(message: Message, ticket: Ticket) -> Outcome:
    if message.ticket == ticket:
        return Outcome.UNVERIFIED if message.is_unverified else Outcome.JOIN
    assert message.ticket.messages.get() == message
    assert message.ticket.follows is None
    if doubt := Doubt.objects.first():
        assert (doubt.ticket, doubt.other, doubt.message) == (message.ticket, ticket, message)
        return Outcome.DOUBT
    return Outcome.NEW


J, U, D, N = Outcome.JOIN, Outcome.UNVERIFIED, Outcome.DOUBT, Outcome.NEW


@pytest.mark.parametrize(
    ("evidence", "relation", "authenticity", "same", "rest", "expected"),
    [
        (Evidence.TOKEN, Relation.CUSTOMER, "pass", True, True, J),
        (Evidence.TOKEN, Relation.CUSTOMER, "pass", False, False, J),
        (Evidence.TOKEN, Relation.CUSTOMER, "pass", False, True, D),
        (Evidence.CITES, Relation.PARTICIPANT, "fail", False, True, D),
        (Evidence.CITES, Relation.PARTICIPANT, "fail", False, False, U),
        (Evidence.NUMBER, Relation.STRANGER, "pass", True, False, D),
        (Evidence.NUMBER, Relation.STRANGER, "pass", False, False, N),
        (Evidence.NUMBER, Relation.COLLEAGUE, "pass", False, False, N),
        (Evidence.NUMBER, Relation.CUSTOMER, "fail", False, False, D),
        (Evidence.TOKEN, Relation.STRANGER, "pass", False, False, D),
        (Evidence.ROOT, Relation.STRANGER, "pass", False, True, N),
    ],
)
def test_another_subject(evidence, relation, authenticity, same, rest, expected):
    assert cases.decide(evidence, relation, authenticity, same_subject=same, at_rest=rest) == expected


@pytest.mark.django_db
def test_a_stranger_with_a_letter_to_many_starts_afresh(written):
    """All answers to one newsletter cite the same id, which the desk never saw."""
    for number in range(3):
        sender = Sender(identity_kind="email", identity=f"reader{number}@mail.example")
        intake.receive(written(sender=sender, references=("newsletter@x",)))
    assert Ticket.objects.count() == 3
    assert Citation.objects.count() == 3
    again = Sender(identity_kind="email", identity="reader0@mail.example")
    joined = intake.receive(written(sender=again, references=("newsletter@x",)))
    assert joined.ticket == Ticket.objects.first()


def test_a_message_says_nothing_by_itself():
    assert InboundMessage.__dataclass_fields__["authenticity"].default == Authenticity.NONE
