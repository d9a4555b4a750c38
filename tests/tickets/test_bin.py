"""Spam and deleted tickets: put away, brought back, erased in the end."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from helpdesk.accounts.models import Company
from tickets import bin, drafts, filters, intake, lifecycle, replies
from tickets.models import Delivery, Draft, Event, Message, Reaction, Ticket

pytestmark = pytest.mark.django_db

LATER = timedelta(days=31)


@pytest.mark.parametrize(
    ("verb", "view"), [(bin.mark_spam, "spam"), (bin.delete, "bin")], ids=["spam", "bin"]
)
def test_what_is_put_away_leaves_the_desk_and_comes_back_as_it_was(ticket, alice, verb, view):
    lifecycle.set_status(ticket, "on_hold", actor=alice)
    away = verb(ticket, actor=alice)
    assert away.folder_since is not None
    assert filters.listed(alice, "open").tickets == filters.listed(alice, "all").tickets == []
    assert filters.listed(alice, view).tickets == [ticket]

    back = bin.restore(ticket, actor=alice)
    assert (back.folder, back.folder_since, back.status) == ("desk", None, "on_hold")
    assert filters.listed(alice, "open").tickets == [ticket]
    told = ticket.events.filter(kind=Event.Kind.FOLDER_CHANGED).values_list("data", flat=True)
    assert list(told) == [{"before": "desk", "after": view}, {"before": view, "after": "desk"}]


def test_a_repeated_click_does_not_restart_the_time_in_the_bin(ticket, alice):
    since = bin.delete(ticket, actor=alice).folder_since
    assert bin.delete(ticket, actor=alice).folder_since == since
    assert ticket.events.filter(kind=Event.Kind.FOLDER_CHANGED).count() == 1


def test_spam_can_be_deleted(ticket, alice):
    bin.mark_spam(ticket, actor=alice)
    assert bin.delete(ticket, actor=alice).folder == Ticket.Folder.BIN


def test_the_bin_is_emptied_of_what_has_been_there_long_enough(ticket, alice, written):
    kept = intake.receive(written()).ticket
    bin.delete(ticket, actor=alice)
    assert bin.empty(timezone.now() + timedelta(days=29)) == 0
    assert bin.empty(timezone.now() + LATER) == 1
    assert list(Ticket.objects.all()) == [kept]


def test_the_company_says_how_long(ticket, alice):
    Company.objects.create(pk=1, bin_days=3)
    bin.mark_spam(ticket, actor=alice)
    assert bin.empty(timezone.now() + timedelta(days=2)) == 0
    assert bin.empty(timezone.now() + timedelta(days=4)) == 1


def test_all_that_hangs_on_a_ticket_goes_with_it(ticket, alice):
    draft = drafts.save(ticket, author=alice, mode="reply", body="See there")
    drafts.attach(draft, name="a.txt", content=b"a", content_type="text/plain")
    replies.send(ticket, author=alice, body="See there", key=uuid4(), draft=draft)
    replies.add_note(ticket, author=alice, body="Hm", key=uuid4())
    drafts.save(ticket, author=alice, mode="note", body="And")
    bin.delete(ticket, actor=alice)
    assert bin.empty(timezone.now() + LATER) == 1
    assert not any(model.objects.exists() for model in (Message, Delivery, Draft, Event, Reaction))


def test_a_ticket_that_is_followed_leaves_its_follower(ticket, alice, written):
    follower = intake.receive(written()).ticket
    Ticket.objects.filter(pk=follower.pk).update(follows=ticket)
    bin.delete(ticket, actor=alice)
    bin.empty(timezone.now() + LATER)
    follower.refresh_from_db()
    assert follower.follows is None


def test_a_ticket_restored_at_the_last_moment_is_not_erased(ticket, alice, monkeypatch):
    """The sweep has listed it already when the customer writes again."""
    bin.delete(ticket, actor=alice)
    erase = bin._erase

    def lose_the_race(pk, border) -> bool:
        bin.restore(ticket, actor=alice)
        return erase(pk, border)

    monkeypatch.setattr(bin, "_erase", lose_the_race)
    assert bin.empty(timezone.now() + LATER) == 0
    assert Ticket.objects.get() == ticket


def test_more_than_one_portion_is_emptied_at_once(ticket, alice, written, monkeypatch):
    monkeypatch.setattr(bin, "ERASED_AT_ONCE", 2)
    for _ in range(4):
        bin.delete(intake.receive(written()).ticket, actor=alice)
    assert bin.empty(timezone.now() + LATER) == 4
