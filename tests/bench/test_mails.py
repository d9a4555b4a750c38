"""The mails of the measurements: always the same, varied as real ones, and readable."""

import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from bench import maildir, mails, processes
from channels_app.adapters.email import reading
from channels_app.models import Channel, InboundRecord

COUNT = 300


@pytest.fixture(scope="module")
def batch() -> list[mails.Mail]:
    return list(mails.generate(COUNT, seed=5, to="support@desk.example"))


def test_a_seed_gives_the_same_mails_but_for_their_date(batch):
    again = list(mails.generate(COUNT, seed=5, to="support@desk.example"))
    assert [(one.message_id, one.sender, len(one.raw)) for one in again] == [
        (one.message_id, one.sender, len(one.raw)) for one in batch
    ]


def test_ids_are_different_and_a_tenth_answers_an_earlier_mail_of_its_sender(batch):
    senders = {one.message_id: one.sender for one in batch}
    assert len(senders) == COUNT
    answers = [one for one in batch if one.answers]
    assert 0.05 < len(answers) / COUNT < 0.16
    assert all(senders[one.answers] == one.sender for one in answers)


def test_eleven_ways_to_encode_them():
    ways = {way for language in mails.WAYS.values() for way in language}
    assert sum(len(language) for language in mails.WAYS.values()) == 11
    assert len({charset for charset, _encoding in ways}) >= 6


def test_every_mail_is_read_as_it_was_meant(batch):
    languages: Counter[str] = Counter()
    with_file = 0
    for one in batch:
        record = InboundRecord(channel=Channel(pk=1), body=one.raw, size=len(one.raw), envelope={})
        read = reading.read(record)
        assert read.external_id == one.message_id
        assert read.sender.identity == one.sender
        assert "\N{REPLACEMENT CHARACTER}" not in read.subject
        assert len(read.text) > 20
        with_file += bool(read.files)
        assert all(file.size == mails.FILE_BYTES for file in read.files)
        languages["cyrillic" if any("а" <= letter <= "я" for letter in read.text) else "latin"] += 1
    assert 0.05 < with_file / COUNT < 0.16
    assert languages["cyrillic"] > COUNT * 0.15


def test_answerable_messages_are_answered_by_their_customer():
    known = [mails.Answerable("ours@desk.example", "carol@mail.example")]
    batch = list(mails.generate(100, seed=1, to="support@desk.example", known=known))
    answers = [one for one in batch if one.answers]
    assert answers
    assert {(one.answers, one.sender) for one in answers} == {("ours@desk.example", "carol@mail.example")}
    assert b"In-Reply-To: <ours@desk.example>" in answers[0].raw


def test_processes_are_weighed_with_their_children():
    before = processes.cpu_seconds([os.getpid()])
    subprocess.run([sys.executable, "-c", "sum(range(20_000_000))"], check=True)
    assert processes.cpu_seconds([os.getpid()]) - before > 0.1
    assert processes.pss_kilobytes(os.getpid()) > 10_000
    assert processes.pss_kilobytes(2**22) == 0


def test_old_mail_says_when_it_was_sent():
    old = list(mails.generate(3, seed=5, to="support@desk.example", moment=lambda number: number * 86400.0))
    assert [b"Date: Thu, 01 Jan 1970" in old[0].raw, b"Date: Sat, 03 Jan 1970" in old[2].raw] == [True, True]


def test_a_maildir_holds_them_by_the_day_they_arrived(tmp_path, monkeypatch):
    monkeypatch.setattr(maildir.os, "chown", lambda *_: None)
    until = datetime(2026, 11, 1, tzinfo=UTC)
    ids = maildir.laid_down(
        tmp_path / "a@desk.example", 20, to="a@desk.example", until=until, span=timedelta(days=20)
    )
    files = sorted(tmp_path.glob("a@desk.example/cur/*"))
    days = {datetime.fromtimestamp(file.stat().st_mtime, UTC).date() for file in files}
    assert (len(ids), len(files), len(days)) == (20, 20, 20)
    assert max(days) < until.date()
    assert all(any(one.encode() in file.read_bytes() for file in files) for one in ids)
