"""A message that may belong to another ticket: told on both, decided by a person, undone for ever."""

import pytest

from channels_app.messages import Sender, reply_token
from tickets import doubts, intake, merging
from tickets.models import Doubt, Event, Ticket

pytestmark = pytest.mark.django_db

EVE = Sender(identity_kind="email", identity="eve@elsewhere.example", name="Eve")


@pytest.fixture
def doubt(written, ticket) -> Doubt:
    return intake.receive(written(sender=EVE, token=reply_token(ticket.pk))).doubt


def kinds(ticket: Ticket) -> list[str]:
    return list(ticket.events.values_list("kind", flat=True))


def test_it_is_told_on_both(doubt, ticket):
    assert doubt.state == Doubt.State.OPEN
    for one, other in ((doubt.ticket, ticket), (ticket, doubt.ticket)):
        told = one.events.get(kind=Event.Kind.DOUBT_RAISED)
        assert (told.data["doubt"], told.data["other"]) == (doubt.pk, other.number)
    assert list(Doubt.objects.of(ticket)) == list(Doubt.objects.of(doubt.ticket)) == [doubt]


def test_the_other_ticket_is_left_as_it_was(doubt, ticket):
    """Neither reopened nor a message more: nobody steers it by a doubt."""
    ticket.refresh_from_db()
    assert (ticket.messages.count(), ticket.status) == (1, Ticket.Status.NEW)


def test_kept_apart_and_thought_over(doubt, ticket, alice, bob):
    kept = doubts.keep_apart(doubt, actor=alice)
    assert (kept.state, kept.decided_by) == (Doubt.State.APART, alice)
    doubts.keep_apart(doubt, actor=bob)
    assert kinds(ticket).count("kept_apart") == 1
    again = doubts.reconsider(doubt, actor=bob)
    assert (again.state, again.decided_by) == (Doubt.State.OPEN, bob)


def test_joined_and_undone_it_is_in_doubt_again(doubt, ticket, alice):
    move = merging.join(doubt.ticket, doubt.other, actor=alice)
    assert doubt.message in ticket.messages.all()
    merging.undo(move, actor=alice)
    doubt.refresh_from_db()
    assert (doubt.state, doubt.ticket.merged_into) == (Doubt.State.OPEN, None)
    assert doubt.ticket.messages.get() == doubt.message


def test_the_next_mail_of_the_same_sender_follows_the_first(doubt, ticket, written, alice):
    """Answers to it stay with it, in doubt as in join."""
    first = doubt.message.external_id
    assert intake.receive(written(sender=EVE, references=(first,))).ticket == doubt.ticket
    merging.join(doubt.ticket, doubt.other, actor=alice)
    assert intake.receive(written(sender=EVE, references=(first,))).ticket == ticket


def test_the_supervisors_are_shown_both(doubt, ticket, mallory):
    for _twice in range(2):
        doubts.ask_supervisors(doubt, actor=mallory)
    assert Ticket.objects.filter(escalated_at=None).count() == 0
    assert kinds(ticket).count("escalated") == 1
