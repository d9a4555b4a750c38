"""What the proof says of a day, and when it is made anew."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from channels_app import inbound, proof
from channels_app.models import Audit, Channel, InboundRecord, Reconciliation, Sighting
from channels_app.proof import Day

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 3)
NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def arrived(mailbox: Channel, state: str, at: datetime = NOON, **fields) -> InboundRecord:
    record = inbound.journal(mailbox, f"{state}{InboundRecord.objects.count()}", b"x", arrived_at=at)
    InboundRecord.objects.filter(pk=record.pk).update(state=state, **fields)
    return record


def held(mailbox: Channel, use: str = "fetched", **fields) -> Reconciliation:
    folder = "INBOX" if use == "fetched" else "Junk"
    return Reconciliation.objects.create(channel=mailbox, folder=folder, use=use, day=DAY, **fields)


def day(mailbox: Channel) -> Day:
    return proof.days(mailbox, last=DAY, count=1)[0]


def test_a_day_shows_what_the_server_holds_and_what_became_of_everything(mailbox):
    held(mailbox, on_server=3, recorded=3)
    for state in ("done", "automatic", "report", "duplicate", "dismissed", "test", "done"):
        arrived(mailbox, state)
    found = day(mailbox)
    assert (found.on_server, found.recorded, found.verdict) == (3, 7, "ok")
    assert found.outcomes == {
        "done": 2,
        "automatic": 1,
        "report": 1,
        "duplicate": 1,
        "dismissed": 1,
        "test": 1,
    }


@pytest.mark.parametrize(
    ("use", "verdict", "missing", "unlooked"),
    [("fetched", "lost", 2, 0), ("junk", "look", 0, 2), ("other", "look", 0, 2)],
)
def test_what_lies_on_the_server_alone_is_told(use, verdict, missing, unlooked, mailbox):
    held(mailbox, use, on_server=5, recorded=2, left=1, missing=[7, 9])
    found = day(mailbox)
    assert (found.verdict, found.missing, found.unlooked, found.left) == (verdict, missing, unlooked, 1)


def test_what_is_in_quarantine_or_stuck_is_to_be_looked_at(mailbox):
    arrived(mailbox, "pending")
    assert day(mailbox).verdict == "ok"
    InboundRecord.objects.update(received_at=timezone.now() - proof.PATIENCE * 2)
    assert (day(mailbox).verdict, day(mailbox).stuck) == ("look", 1)
    InboundRecord.objects.update(is_bulk=True)
    assert day(mailbox).verdict == "ok"
    arrived(mailbox, "quarantined")
    assert day(mailbox).verdict == "look"


def test_days_are_the_companys(mailbox, company):
    company.time_zone = "Asia/Tokyo"
    company.save()
    arrived(mailbox, "done", datetime(2026, 11, 2, 20, tzinfo=UTC))
    arrived(mailbox, "done", datetime(2026, 11, 3, 20, tzinfo=UTC))
    assert day(mailbox).recorded == 1


def test_several_mailboxes_in_few_queries(mailbox, django_assert_num_queries):
    other = Channel.objects.create(kind="email", name="Other", address="other@desk.example")
    arrived(mailbox, "done")
    arrived(other, "done")
    arrived(other, "quarantined")
    with django_assert_num_queries(3):
        found = proof.by_channel([mailbox, other], last=DAY, count=14)
    assert [found[one.pk][0].recorded for one in (mailbox, other)] == [1, 2]
    assert [one.day for one in found[other.pk]][:2] == [DAY, DAY - timedelta(days=1)]


def sighted(mailbox: Channel, uid: int, **fields) -> Sighting:
    given = {
        "folder": "INBOX",
        "use": "fetched",
        "uidvalidity": 1,
        "arrived_at": NOON,
        "message_id": f"{uid}@x",
    }
    return Sighting.objects.create(channel=mailbox, uid=uid, **{**given, **fields})


def test_what_is_unknown_is_neither_recorded_nor_left(mailbox, ada):
    record = arrived(mailbox, "done")
    sighted(mailbox, 1, record=record)
    sighted(mailbox, 2, left_at=NOON)
    unknown = sighted(mailbox, 3)
    sighted(mailbox, 4, arrived_at=NOON - timedelta(days=1))
    assert list(proof.unknown(mailbox, day=DAY)) == [unknown]
    assert proof.unknown(mailbox).count() == 2


def test_leaving_a_mail_turns_the_day_green_at_once(mailbox, ada):
    held(mailbox, on_server=1, missing=[3])
    sighted(mailbox, 3)
    assert proof.leave(proof.unknown(mailbox), actor=ada) == 1
    assert (day(mailbox).verdict, day(mailbox).left) == ("ok", 1)
    assert Sighting.objects.get().left_by == ada


class TestWhen:
    """Once a day, when asked, and an hour after it failed."""

    @pytest.fixture
    def box(self, mailbox) -> Channel:
        mailbox.config = {"imap_host": "imap.desk.example"}
        mailbox.last_good_at = NOW
        mailbox.save()
        return mailbox

    def due(self) -> int:
        return len(proof.due(NOW))

    def done(self, box: Channel, ago: timedelta, error: str = "") -> None:
        Audit.objects.create(channel=box, begun_at=NOW - ago, done_at=NOW - ago, error=error)

    def test_the_first_when_the_mailbox_was_fetched(self, box):
        assert self.due() == 1
        assert self.due() == 1  # the same one, asked for once
        assert Audit.objects.count() == 1

    @pytest.mark.parametrize(
        "fields", [{"last_good_at": None}, {"backlog_left": 5}, {"is_active": False}, {"config": {}}], ids=str
    )
    def test_not_before_there_is_something_to_compare(self, fields, box):
        Channel.objects.update(**fields)
        assert self.due() == 0

    @pytest.mark.parametrize(
        ("ago", "error", "due"),
        [(23, "", 0), (25, "", 1), (0.5, "no connection", 0), (2, "no connection", 1)],
    )
    def test_a_day_after_the_last(self, ago, error, due, box):
        self.done(box, timedelta(hours=ago), error)
        assert self.due() == due

    def test_one_that_never_ended_is_made_again(self, box):
        audit = Audit.objects.create(channel=box, begun_at=NOW - timedelta(minutes=50))
        assert self.due() == 0
        Audit.objects.filter(pk=audit.pk).update(begun_at=NOW - timedelta(hours=2))
        assert self.due() == 1

    def test_asked_for_it_is_due_at_once_and_one_process_makes_it(self, box):
        self.done(box, timedelta(hours=1))
        proof.ask(box)
        (audit,) = proof.due(NOW)
        assert proof.begin(audit)
        assert not proof.begin(audit)
        assert self.due() == 0
