"""What tickets can be asked for: each word of a filter, alone and together, and what makes no sense."""

from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.models import Channel
from helpdesk.accounts.models import User
from tickets import access, assignment, bin, filters, intake, lifecycle, properties
from tickets.models import Ticket
from tickets.narrowing import TicketFilter

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(written, alice, bob, returns) -> dict[str, Ticket]:
    """Tickets by what is special about them, the newest last."""
    names = ("plain", "bobs", "urgent", "low", "waited", "closed", "teamless", "away", "spam")
    made = {name: intake.receive(written(subject=name, language="en")).ticket for name in names}
    assignment.assign(made["bobs"], bob, actor=alice)
    properties.set_priority(made["urgent"], 4, actor=alice)
    properties.set_priority(made["low"], 1, actor=alice)
    properties.set_tags(made["low"], ["gift wrap", "vip"], actor=alice)
    properties.set_language(made["low"], "hu", actor=alice)
    lifecycle.set_status(made["waited"], "waiting", actor=alice)
    lifecycle.close(made["closed"], actor=alice)
    assignment.move(made["teamless"], None, actor=alice)
    assignment.move(made["away"], returns, actor=alice)
    bin.mark_spam(made["spam"], actor=alice)
    return made


def asked(user: User, **words: object) -> list[str]:
    """The subjects of what matches, the newest first."""
    found = next(filters.matching(user, words))
    return [ticket.subject for ticket in found.newest_first()]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({}, ["teamless", "closed", "waited", "low", "urgent", "bobs", "plain"]),
        ({"status": "waiting,closed"}, ["closed", "waited"]),
        ({"status": "closed", "view": "open"}, []),
        ({"priority": "low,urgent"}, ["low", "urgent"]),
        ({"priority": "high"}, []),
        ({"tag": "VIP"}, ["low"]),
        ({"tag": "vip,  Gift   wrap "}, ["low"]),
        ({"tag": "vip,parcel"}, []),
        ({"language": "hu"}, ["low"]),
        ({"team": "none"}, ["teamless"]),
        ({"waiting": "true"}, ["teamless", "low", "urgent", "bobs", "plain"]),
        ({"waiting": "false"}, ["closed", "waited"]),
        ({"view": "spam"}, ["spam"]),
        ({"view": "spam", "status": "new"}, ["spam"]),
    ],
)
def test_a_word_holds_what_it_says(desk, alice, words, expected):
    assert asked(alice, **words) == expected


def test_somebody_is_named_by_a_key_or_a_word(desk, alice, bob):
    assert asked(alice, assignee=str(bob.pk)) == ["bobs"]
    assert asked(bob, assignee="me") == ["bobs"]
    assert asked(alice, assignee="me") == []
    assert "bobs" not in asked(alice, assignee="none")
    assert asked(alice, assignee=str(10**9)) == []


def test_a_team_that_is_not_theirs_holds_nothing(desk, alice, mallory, returns, orders):
    assert asked(mallory, team=str(returns.pk)) == ["away"]
    assert asked(alice, team=str(returns.pk)) == []
    assert asked(mallory, team=str(orders.pk)) == []


def test_a_channel_and_a_customer(desk, alice, mailbox, carol):
    orders = Channel.objects.create(kind="email", name="Orders", address="orders@desk.example")
    Ticket.objects.filter(pk=desk["plain"].pk).update(channel=orders)
    assert asked(alice, channel=orders.pk) == ["plain"]
    assert "plain" not in asked(alice, channel=mailbox.pk)
    assert len(asked(alice, customer=carol.pk)) == 7
    assert asked(alice, customer=carol.pk + 1) == []


@pytest.mark.parametrize(("word", "column"), [("created", "created_at"), ("active", "last_message_at")])
def test_times_begin_with_their_moment_and_end_before_it(desk, alice, word, column):
    now = timezone.now()
    border = now - timedelta(days=3)
    Ticket.objects.update(created_at=now, last_message_at=now)
    for name, moment in (("plain", border), ("bobs", border - timedelta(seconds=1))):
        Ticket.objects.filter(pk=desk[name].pk).update(**{column: moment})
    since, before = {f"{word}_after": border.isoformat()}, {f"{word}_before": border.isoformat()}
    assert asked(alice, **before) == ["bobs"]
    assert "bobs" not in asked(alice, **since)
    assert "plain" in asked(alice, **since)
    assert asked(alice, **since, **{f"{word}_before": now.isoformat()}) == ["plain"]


def test_words_together_narrow_more_than_each(desk, alice):
    assert asked(alice, priority="low", tag="vip", language="hu", waiting="true") == ["low"]
    assert asked(alice, priority="urgent", tag="vip") == []


NONSENSE = {
    "team": "orders",
    "assignee": "somebody",
    "status": "sleeping",
    "kind": "parcel",
    "priority": "5",
    "customer": "carol",
    "channel": "-",
    "created_after": "yesterday",
    "active_before": "32.13.2026",
    "waiting": "perhaps",
}


@pytest.mark.parametrize("name", NONSENSE)
def test_the_workspace_leaves_nonsense_out_and_keeps_the_rest(desk, alice, name):
    narrow = {name: NONSENSE[name], "tag": "vip"}
    assert [ticket.subject for ticket in filters.listed(alice, "open", narrow=narrow).tickets] == ["low"]


@pytest.mark.parametrize("name", NONSENSE)
def test_a_program_is_told_which_word_is_nonsense(desk, alice, name):
    given = TicketFilter({name: NONSENSE[name]}, access.tickets(alice), user=alice)
    assert not given.is_valid()
    assert list(given.errors) == [name]


def test_a_search_within_a_view_stays_in_it(desk, alice):
    number = desk["spam"].number
    assert asked(alice, q=f"#{number}") == ["spam"]
    assert asked(alice, q=f"#{number}", view="open") == []
    assert asked(alice, q="   ") == asked(alice)
