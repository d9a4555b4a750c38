"""Who takes part in a ticket, who let them in, and who has not seen what was said before."""

from uuid import uuid4

import pytest

from channels_app.messages import Sender, reply_token
from tickets import intake, replies, threads

pytestmark = pytest.mark.django_db

EVE = Sender(identity_kind="email", identity="eve@elsewhere.example", name="Eve")


def names(found) -> list[str]:
    return [each.address for each in found]


def test_whoever_wrote_or_was_addressed_and_none_of_ours(ticket, alice, written):
    replies.send(ticket, author=alice, body="Look", key=uuid4(), cc=["Eve@Elsewhere.example"])
    to = ("support+t.abc@desk.example", "dan@mail.example")
    intake.receive(written(token=reply_token(ticket.pk), to=to))
    assert names(threads.participants(ticket)) == [
        "carol@mail.example",
        "eve@elsewhere.example",
        "dan@mail.example",
    ]


def test_since_when_and_by_whom(ticket, alice, written):
    sent = replies.send(ticket, author=alice, body="Look", key=uuid4(), cc=[EVE.identity])
    joined = intake.receive(written(token=reply_token(ticket.pk), cc=("dan@mail.example",)))
    _carol, eve, dan = threads.participants(ticket)
    assert (eve.message_id, eve.by_us, eve.since) == (sent.pk, True, sent.created_at)
    assert (dan.message_id, dan.by, dan.by_us) == (joined.pk, "carol@mail.example", False)


def test_newcomers_are_those_whom_somebody_outside_added_later(ticket, alice, written):
    assert threads.newcomers(ticket) == []
    replies.send(ticket, author=alice, body="Look", key=uuid4(), cc=[EVE.identity])
    intake.receive(written(token=reply_token(ticket.pk), cc=("dan@mail.example",)))
    assert names(threads.newcomers(ticket)) == ["dan@mail.example"]
    replies.send(ticket, author=alice, body="Again", key=uuid4(), cc=["dan@mail.example"])
    assert threads.newcomers(ticket) == []


def test_who_was_there_from_the_start_is_no_newcomer(written):
    ticket = intake.receive(written(cc=("dan@mail.example",))).ticket
    assert threads.newcomers(ticket) == []
    assert names(threads.participants(ticket)) == ["carol@mail.example", "dan@mail.example"]


def test_who_writes_by_themselves_is_no_newcomer(ticket, alice, written):
    sent = replies.send(ticket, author=alice, body="Look", key=uuid4(), bcc=[EVE.identity])
    intake.receive(written(sender=EVE, references=(sent.external_id,)))
    assert names(threads.participants(ticket)) == ["carol@mail.example", "eve@elsewhere.example"]
    assert threads.newcomers(ticket) == []


def test_a_blind_copy_is_shown_to_nobody(ticket, alice):
    replies.send(ticket, author=alice, body="Look", key=uuid4(), bcc=[EVE.identity])
    assert names(threads.participants(ticket)) == ["carol@mail.example"]


def test_a_doubtful_sender_adds_nobody(ticket, written):
    intake.receive(written(token=reply_token(ticket.pk), authenticity="fail", cc=(EVE.identity,)))
    assert names(threads.participants(ticket)) == ["carol@mail.example"]
