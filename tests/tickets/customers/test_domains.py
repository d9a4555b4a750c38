"""Blocked domains: held in the spam, a question guards against the worst, and all of it comes back."""

import pytest

from channels_app.messages import Sender
from tickets import intake, replies
from tickets.customers import domains
from tickets.models import BlockedDomain, Ticket

pytestmark = pytest.mark.django_db
SPAM, DESK = Ticket.Folder.SPAM, Ticket.Folder.DESK


@pytest.fixture
def come(written):
    def come(address: str, **fields) -> Ticket:
        sender = Sender(identity_kind="email", identity=address, name="Winner")
        return intake.receive(written(sender=sender, **fields)).ticket

    return come


@pytest.mark.parametrize(
    ("address", "folder"),
    [
        ("a@spam.example", SPAM),
        ("A@Mail.SPAM.example", SPAM),
        ("a@notspam.example", DESK),
        ("a@spam.example.org", DESK),
        ("carol@mail.example", DESK),
    ],
)
def test_what_comes_from_there_goes_to_the_spam(come, sam, address, folder):
    domains.block("@spam.example", actor=sam)
    ticket = come(address)
    assert ticket.folder == folder
    assert ticket.messages.get().text.startswith("Good morning"), "nothing is lost"


def test_answers_to_a_ticket_on_the_desk_open_one_in_the_spam(come, sam):
    ticket = come("a@spam.example")
    domains.block("spam.example", actor=sam, sure=True)
    first = ticket.messages.get()
    answer = come("a@spam.example", references=(first.external_id,))
    again = come("a@spam.example", references=(answer.messages.get().external_id,))
    assert (answer.folder, answer.follows, again) == (SPAM, ticket, answer)
    assert Ticket.objects.get(pk=ticket.pk).folder == DESK


def test_let_through_what_was_held_comes_back(come, sam):
    blocked = domains.block("spam.example", actor=sam)
    held, other = come("a@spam.example"), come("b@spam.example")
    assert domains.held() == {blocked.pk: 2}
    other.folder = Ticket.Folder.BIN
    other.save()
    assert domains.let_through(blocked, actor=sam, restore=True) == 1
    held.refresh_from_db()
    assert (held.folder, come("c@spam.example").folder) == (DESK, DESK)
    blocked.refresh_from_db()
    assert blocked.lifted_by == sam
    assert domains.block("spam.example", actor=sam).pk != blocked.pk, "history stays as it was"


def test_agents_do_not_block_domains(alice, sam):
    with pytest.raises(domains.NotYours):
        domains.block("spam.example", actor=alice)
    with pytest.raises(domains.NotYours):
        domains.let_through(domains.block("spam.example", actor=sam), actor=alice)


@pytest.mark.parametrize(
    "typed", ["", "@", "spam", "a b.example", "-a.example", "x@", "é" * 300 + ".example"]
)
def test_what_is_no_domain(sam, typed):
    with pytest.raises(domains.NoDomain):
        domains.block(typed, actor=sam)


@pytest.mark.parametrize(
    ("domain", "reason"),
    [
        ("desk.example", domains.OURS),
        ("gmail.com", domains.PUBLIC),
        ("co.uk", domains.SUFFIX),
        ("mail.example", domains.KNOWN),
    ],
)
def test_it_asks_where_it_would_shut_out_many(domain, reason, sam, alice, ticket):
    replies.send(ticket, author=alice, body="Soon.", key="0f6c9a60-0000-4000-8000-000000000001")
    with pytest.raises(domains.Unsure) as asked:
        domains.block(domain, actor=sam)
    assert asked.value.reason == reason
    assert not BlockedDomain.objects.exists()
    assert domains.block(domain, actor=sam, sure=True).domain == domain
