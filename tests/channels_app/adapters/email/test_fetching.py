"""Fetching by IMAP from a real Dovecot: everything that is new, once, and nothing of it changed there."""

import imaplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connections
from django.utils import timezone
from imap_tools import MailboxFetchError
from imap_tools.utils import encode_folder

from channels_app import inbound, leases, mailroom
from channels_app.adapters.email import backlog, fetching, keeping, mailbox
from channels_app.adapters.email.fetching import Fetcher
from channels_app.adapters.email.mailbox import MailBox
from channels_app.models import Channel, InboundRecord
from tests.channels_app.adapters.email.mails import raw
from tests.journeys import desk
from tests.mailservers import PASSWORD
from tickets.models import Message

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.dovecot]


@contextmanager
def fetching_from(channel: Channel) -> Iterator[Fetcher]:
    fetcher = Fetcher(channel)
    fetcher.start()
    try:
        yield fetcher
    finally:
        fetcher.stop()
        fetcher.join(10)
        assert not fetcher.is_alive()
        connections.close_all()


def subjects() -> list[str]:
    records = InboundRecord.objects.order_by("id")
    return [
        line[9:] for one in records for line in one.raw().decode().splitlines() if line[:9] == "Subject: "
    ]


def count() -> int:
    return InboundRecord.objects.count()


def seen(number: int) -> Callable[[], bool]:
    return lambda: count() >= number


def once(channel: Channel) -> None:
    """One session of a new process: it fetches what there is and ends."""
    before = timezone.now()
    Channel.objects.filter(pk=channel.pk).update(last_good_at=None)
    with fetching_from(Channel.objects.get(pk=channel.pk)):
        desk.soon(lambda: (Channel.objects.get(pk=channel.pk).last_good_at or before) > before)


def test_what_is_there_is_journaled_as_it_is(box, put):
    mail = raw("Привет\n", Content_Type="text/plain; charset=utf-8")
    put(mail=mail, when=datetime(2026, 11, 20, 10, tzinfo=UTC))
    once(box)
    record = InboundRecord.objects.get()
    assert record.raw() == mail
    assert record.sender_key == "carol@mail.example"
    assert record.envelope["folder"] == "INBOX"
    assert datetime.fromisoformat(record.envelope["received_at"]) == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert record.source_key.split(":")[0::2] == ["INBOX", "1"]


def test_what_comes_is_pushed_at_once(box, put):
    with fetching_from(box):
        desk.soon(lambda: Channel.objects.get(pk=box.pk).last_good_at)
        for number in range(5):
            put(f"number {number}")
            desk.soon(seen(number + 1), seconds=1)
    assert subjects() == [f"number {number}" for number in range(5)]


def test_mail_that_another_program_has_read_is_fetched_all_the_same(box, put, dovecot):
    put()
    with dovecot.open(box.config["imap_user"]) as other:
        other.select()
        other.store("1", "+FLAGS", "\\Seen \\Answered")
    once(box)
    assert count() == 1


def test_nothing_changes_in_the_mailbox(box, put, dovecot):
    put()
    once(box)
    assert dovecot.flags(box.config["imap_user"]) in ([b"1 (FLAGS ())"], [b"1 (FLAGS (\\Recent))"])


def test_a_new_process_doubles_nothing_and_misses_nothing(box, put):
    put("one")
    once(box)
    put("two")
    once(box)
    once(box)
    assert subjects() == ["one", "two"]


def test_mail_from_before_the_chosen_day_is_left_alone(box, put):
    put("old", when=datetime(2025, 12, 30, 12, tzinfo=UTC))
    put("new", when=datetime(2026, 1, 2, 12, tzinfo=UTC))
    once(box)
    assert subjects() == ["new"]


def test_without_a_chosen_day_it_begins_on_the_day_of_connecting(box, put):
    del box.config["since"]
    box.save()
    put("old", when=timezone.now() - timedelta(days=3))
    put("new")
    once(box)
    assert subjects() == ["new"]


def test_an_old_mail_that_was_moved_into_the_folder_is_seen_without_the_daily_search(box, put):
    with fetching_from(box):
        desk.soon(lambda: Channel.objects.get(pk=box.pk).last_good_at)
        put("moved here", when=datetime(2026, 2, 1, tzinfo=UTC))
        desk.soon(seen(1))


def test_after_a_new_uidvalidity_the_same_mails_are_the_same_messages(box, put, dovecot):
    mail = raw()
    with dovecot.open(box.config["imap_user"]) as other:
        other.create("Desk")
    box.config["imap_folders"] = ["Desk"]
    box.save()
    put(mail=mail, folder="Desk")
    once(box)
    with dovecot.open(box.config["imap_user"]) as other:
        other.delete("Desk")
        other.create("Desk")
    put(mail=mail, folder="Desk")
    once(box)
    inbound.drain()
    assert count() == 2
    assert Message.objects.count() == 1


def test_several_folders_whatever_they_are_called(box, put, dovecot):
    with dovecot.open(box.config["imap_user"]) as other:
        other.create('"Two words"')
        other.create(imaplib_name("Входящие"))
    box.config["imap_folders"] = ["INBOX", "Two words", "Входящие"]
    box.save()
    put("one")
    put("two", folder='"Two words"')
    put("three", folder=imaplib_name("Входящие"))
    once(box)
    assert sorted(subjects()) == ["one", "three", "two"]


def test_a_large_mail_is_fetched_in_slices(box, put, monkeypatch):
    monkeypatch.setattr(mailbox, "SLICE", 10_000)
    monkeypatch.setattr(mailbox, "BATCH_BYTES", 10_000)
    large = raw("0123456789" * 9 + "\n") + b"0123456789abcde\r\n" * 10_000
    put("small")
    put(mail=large)
    put("small again")
    once(box)
    assert [len(one.raw()) for one in InboundRecord.objects.order_by("id")][1] == len(large)
    assert InboundRecord.objects.order_by("id")[1].raw() == large


def test_many_mails_come_in_batches_and_in_order(box, put, monkeypatch):
    monkeypatch.setattr(mailbox, "BATCH_MAILS", 4)
    for number in range(10):
        put(f"number {number}")
    once(box)
    assert subjects() == [f"number {number}" for number in range(10)]


class TestTrouble:
    def test_a_mail_the_server_does_not_give_stops_no_other_and_is_told(self, box, put, monkeypatch):
        for subject in ("one", "two", "three"):
            put(subject)
        refuse(monkeypatch, 2, MailboxFetchError(("NO", [b"cannot"]), "OK"))
        once(box)
        assert subjects() == ["one", "three"]
        assert "1 mail" in Channel.objects.get(pk=box.pk).last_error
        monkeypatch.undo()
        once(box)
        assert subjects() == ["one", "three", "two"]
        assert Channel.objects.get(pk=box.pk).last_error == ""

    def test_a_mail_that_breaks_the_connection_stops_no_other(self, box, put, monkeypatch):
        monkeypatch.setattr(fetching, "FIRST_PAUSE", 0.01)
        for subject in ("one", "two", "three"):
            put(subject)
        refuse(monkeypatch, 1, imaplib.IMAP4.abort("socket error: EOF"))
        with fetching_from(box):
            desk.soon(seen(2))
        assert subjects() == ["two", "three"]

    def test_a_database_that_was_away_loses_nothing(self, box, put, monkeypatch):
        monkeypatch.setattr(fetching, "FIRST_PAUSE", 0.01)
        journal, calls = inbound.journal, []

        def away_at_first(*args, **named):
            calls.append(args)
            if len(calls) == 2:
                raise OperationalError("server closed the connection")
            return journal(*args, **named)

        monkeypatch.setattr(inbound, "journal", away_at_first)
        for subject in ("one", "two", "three"):
            put(subject)
        with fetching_from(box):
            desk.soon(seen(3))
        assert subjects() == ["one", "two", "three"]

    def test_a_server_that_hangs_up_is_called_again(self, box, put, monkeypatch):
        monkeypatch.setattr(fetching, "FIRST_PAUSE", 0.01)
        with fetching_from(box) as fetcher:
            desk.soon(lambda: Channel.objects.get(pk=box.pk).last_good_at)
            fetcher._box.hang_up()
            put()
            desk.soon(seen(1))

    def test_it_comes_without_idle_too(self, box, put, monkeypatch):
        monkeypatch.setattr(fetching, "POLL_SECONDS", 0.1)
        monkeypatch.setattr(MailBox, "wait", lambda self, seconds, stopped: stopped.wait(seconds))
        with fetching_from(box):
            desk.soon(lambda: Channel.objects.get(pk=box.pk).last_good_at)
            put()
            desk.soon(seen(1))

    def test_a_wrong_password_is_told_and_a_right_one_is_taken_up_without_a_restart(
        self, box, put, monkeypatch
    ):
        monkeypatch.setattr(mailroom, "LOOK_SECONDS", 0.1)
        put()
        Channel.objects.filter(pk=box.pk).update(secrets={"imap_password": "wrong"})
        with desk.at_work(worker=False):
            told = desk.soon(lambda: Channel.objects.get(pk=box.pk).last_error)
            assert told.startswith("The server does not accept this user name and password")
            Channel.objects.filter(pk=box.pk).update(secrets={"imap_password": PASSWORD})
            desk.soon(seen(1), seconds=12)
            desk.soon(lambda: Channel.objects.get(pk=box.pk).last_error == "")
            Channel.objects.filter(pk=box.pk).update(is_active=False)
        assert count() == 1


def test_a_folder_name_too_long_for_a_key_is_shortened():
    key = keeping.key_prefix("x" * 500, 4_294_967_295) + "4294967295"
    assert len(key) <= 200
    assert keeping.key_prefix("x" * 500, 1) != keeping.key_prefix("y" * 500, 1)


def imaplib_name(folder: str) -> str:
    return encode_folder(folder).decode().strip('"')


def refuse(monkeypatch, number: int, error: Exception) -> None:
    """The server cannot give the mail with this UID, alone or among others."""
    ask = MailBox.ask

    def asked(self, uids: str, items: str):
        if "BODY" in items and str(number) in uids.split(","):
            raise error
        return ask(self, uids, items)

    monkeypatch.setattr(MailBox, "ask", asked)


class TestOldMail:
    """A newly connected mailbox brings years of mail: it comes in behind what arrives now."""

    @pytest.fixture(autouse=True)
    def small(self, monkeypatch):
        monkeypatch.setattr(fetching, "BULK", 4)
        monkeypatch.setattr(backlog, "SLICE", 3)

    @pytest.fixture
    def old(self, put) -> list[str]:
        names = [f"old {number}" for number in range(10)]
        for number, name in enumerate(names):
            put(name, when=datetime(2026, 2, 1 + number, 12, tzinfo=UTC))
        return names

    def test_what_is_new_comes_first_and_the_old_in_its_order(self, box, put, old):
        put("new one")
        put("new two")
        with fetching_from(box):
            desk.soon(seen(12))
        assert subjects() == ["new one", "new two", *old]
        assert list(InboundRecord.objects.order_by("id").values_list("is_bulk", flat=True)) == (
            [False] * 2 + [True] * 10
        )

    def test_progress_is_told(self, box, old):
        with fetching_from(box):
            desk.soon(seen(10))
            desk.soon(lambda: Channel.objects.get(pk=box.pk).backlog_left == 0)
        channel = Channel.objects.get(pk=box.pk)
        assert (channel.backlog_total, channel.backlog_done) == (10, 10)

    def test_a_mail_that_arrives_meanwhile_does_not_wait_for_the_rest(self, box, put, old, monkeypatch):
        keep, kept = keeping.keep, []

        def keep_slowly(channel, folder, prefix, mail, **options):
            keep(channel, folder, prefix, mail, **options)
            kept.append(mail)
            if len(kept) == 3:
                put("just now")

        monkeypatch.setattr(keeping, "keep", keep_slowly)
        with fetching_from(box):
            desk.soon(seen(11))
        assert subjects()[3] == "just now"

    def test_a_break_and_a_new_process_lose_and_double_nothing(self, box, old, monkeypatch):
        monkeypatch.setattr(fetching, "FIRST_PAUSE", 0.01)
        refuse(monkeypatch, 5, imaplib.IMAP4.abort("socket error: EOF"))
        with fetching_from(box):
            desk.soon(seen(9))
        monkeypatch.undo()
        once(box)
        once(box)
        assert sorted(subjects()) == sorted(old)

    def test_old_mail_is_worked_on_behind_new_mail(self, box, put, old):
        with fetching_from(box):
            desk.soon(seen(10))
        put("new")
        once(box)
        assert [leases.claim(1)[0].is_bulk for _each in range(2)] == [False, True]


def test_another_text_on_the_page_does_not_cut_the_connection(box):
    with fetching_from(box) as fetcher:
        other = Channel.objects.get(pk=box.pk)
        other.config["from_name"] = "Somebody"
        assert fetcher.serves(other)
        other.config["imap_folders"] = ["INBOX", "Archive"]
        assert not fetcher.serves(other)
