"""Ways of being told: chosen for each kind, gathered in digests, never a flood."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail as outgoing
from django.utils import timezone

from tickets import assignment, mentions, notifications, replies
from tickets.models import Notification, Telling
from tickets.telling import digests, mail, ways

pytestmark = pytest.mark.django_db
Kind = Notification.Kind
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def mails() -> list[tuple[str, str, str]]:
    """To whom, subject and body of the desk's own mail, in order."""
    return [(sent.to[0], sent.subject, str(sent.body)) for sent in outgoing.outbox]


def choose(user, kind: str = Kind.WOKEN, digest: str = "daily", hour: int = 8, **given) -> None:
    ways.choose(user, {kind: ways.Ways(**given)}, digest=digest, hour=hour)


def test_who_never_chose_is_told_in_the_usual_ways(alice, ticket, bob):
    notifications.notify([alice], Kind.WOKEN, ticket=ticket)
    assert mails() == []
    note = replies.add_note(ticket, author=bob, body="@Alice have a look", key=uuid4())
    mentions.tell(note)
    ((to, subject, body),) = mails()
    assert to == alice.email
    assert subject == f"Bob Marchetti mentions you on #{ticket.number}: Where is my parcel?"
    assert "have a look" in body and f"#message-{note.pk}" in body


def test_mail_at_once_where_it_is_wanted(alice, ticket):
    choose(alice, mail=ways.NOW)
    notifications.notify([alice], Kind.WOKEN, ticket=ticket)
    ((_to, subject, body),) = mails()
    assert subject == f"#{ticket.number} is back: it was snoozed: Where is my parcel?"
    assert f"/tickets/{ticket.number}/" in body


def test_no_mail_about_a_ticket_that_one_sees_no_more(alice, ticket, returns, sam):
    choose(alice, mail=ways.NOW)
    notifications.notify([alice], Kind.WOKEN, ticket=assignment.move(ticket, returns, actor=sam))
    assert mails() == []


def test_more_than_a_few_mails_an_hour_wait_for_the_digest(alice, ticket, monkeypatch):
    monkeypatch.setattr(mail, "MOST_AN_HOUR", 2)
    choose(alice, kind=Kind.HELD, mail=ways.NOW, digest="hourly")
    for _ in range(4):
        notifications.notify([alice], Kind.HELD, ticket=ticket)
    assert len(mails()) == 2
    assert digests.send_due(timezone.now() + timedelta(hours=2)) == 1
    _to, subject, body = mails()[-1]
    assert subject == "2 things you have not read"
    assert body.count("was held") == 2


def test_a_digest_is_in_the_language_of_its_reader_and_comes_once(alice, ticket):
    alice.language = "hu"
    alice.save()
    choose(alice, mail=ways.DIGEST, digest="hourly")
    notifications.notify([alice], Kind.WOKEN, ticket=ticket)
    assert mails() == []
    later = timezone.now() + timedelta(hours=1)
    assert digests.send_due(later - timedelta(minutes=30)) == 0
    assert digests.send_due(later) == 1
    assert digests.send_due(later + timedelta(hours=3)) == 0, "nothing new"
    ((_to, subject, _body),) = mails()
    assert "olvas" in subject


def test_what_was_read_or_was_not_wanted_is_in_no_digest(alice, ticket):
    choose(alice, mail=ways.DIGEST, digest="hourly")
    notifications.notify([alice], Kind.HELD, ticket=ticket)
    notifications.notify([alice], Kind.WOKEN, ticket=ticket)
    notifications.read(alice, pks=Notification.objects.filter(kind=Kind.WOKEN).values_list("pk", flat=True))
    assert digests.send_due(timezone.now() + timedelta(hours=2)) == 0


@pytest.mark.parametrize(
    ("digested_at", "zone", "due"),
    [
        (NOON - timedelta(hours=3), "UTC", False),
        (NOON - timedelta(hours=5), "UTC", True),
        (NOON - timedelta(hours=3), "America/New_York", False),
        (NOON - timedelta(hours=24), "America/New_York", True),
        (NOON - timedelta(hours=2), "Asia/Tokyo", False),
    ],
)
def test_a_daily_digest_goes_at_the_readers_own_hour(digested_at, zone, due):
    telling = Telling(digest="daily", hour=8, digested_at=digested_at)
    assert digests.is_due(telling, NOON, zone) is due


def test_nonsense_that_was_kept_counts_as_never_chosen(alice):
    telling = Telling(user=alice, choices={"held": {"page": "yes", "mail": "pigeon"}})
    assert ways.chosen(telling, Kind.HELD) == ways.usual(Kind.HELD)


@pytest.mark.parametrize(
    ("start", "end", "hour", "quiet"),
    [(22, 7, 23, True), (22, 7, 6, True), (22, 7, 7, False), (9, 17, 12, True), (9, 17, 17, False)],
)
def test_quiet_hours_may_go_over_midnight_in_the_readers_own_time(start, end, hour, quiet):
    telling = Telling(quiet_from=start, quiet_until=end)
    assert ways.is_quiet(telling, NOON.replace(hour=hour), "UTC") is quiet
    assert ways.is_quiet(telling, NOON.replace(hour=(hour - 9) % 24), "Asia/Tokyo") is quiet
    assert not ways.is_quiet(Telling(quiet_from=start), NOON, "UTC") and not ways.is_quiet(None, NOON, "UTC")
