"""From raw bytes to the door."""

import threading
from datetime import timedelta
from email.message import EmailMessage
from uuid import uuid4

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.utils import timezone

from channels_app import inbound
from channels_app.adapters import ADAPTERS
from channels_app.adapters.base import Unreadable
from channels_app.models import Channel, InboundRecord
from channels_app.models.record import INLINE_BYTES
from tests.channels_app.adapters.email.mails import multipart, part, raw
from tickets import intake, replies
from tickets.models import Message, Ticket

State = InboundRecord.State


def mail(subject: str = "Where is my parcel?", text: str = "It has not come.", **headers: str) -> bytes:
    message = EmailMessage()
    plain = {
        "From": "Carol Reyes <carol@mail.example>",
        "To": "support@desk.example",
        "Date": "Sun, 22 Nov 2026 10:00:00 +0000",
        "Subject": subject,
        "Message-ID": f"<{subject.replace(' ', '')}@mail.example>",
    }
    for name, value in {**plain, **{key.replace("_", "-"): value for key, value in headers.items()}}.items():
        message[name] = value
    message.set_content(text)
    return message.as_bytes()


@pytest.fixture
def journal(mailbox):
    def journal(body: bytes, key: str = "INBOX:1:1", sender: str = "carol@mail.example") -> InboundRecord:
        record = inbound.journal(mailbox, key, body, sender_key=sender)
        assert record is not None
        return record

    return journal


def state_of(record: InboundRecord) -> str:
    record.refresh_from_db()
    return record.state


@pytest.mark.django_db
def test_a_mail_becomes_a_ticket(journal):
    record = journal(mail())
    assert inbound.drain() == 1
    message = Message.objects.get()
    assert state_of(record) == State.DONE
    assert (message.record, message.ticket.subject) == (record, "Where is my parcel?")
    assert record.raw() == mail()


@pytest.mark.django_db
def test_what_a_source_gives_twice_is_journaled_once(journal, mailbox):
    journal(mail())
    assert inbound.journal(mailbox, "INBOX:1:1", mail()) is None
    assert InboundRecord.objects.count() == 1


@pytest.mark.django_db
def test_the_same_mail_from_two_sources_is_one_message(journal):
    first, second = journal(mail()), journal(mail(), key="smtp:1")
    inbound.drain()
    assert [state_of(first), state_of(second)] == [State.DONE, State.DUPLICATE]
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_a_large_body_lives_in_a_file(journal):
    record = journal(mail(text="long " * INLINE_BYTES))
    assert record.body is None
    assert InboundRecord.objects.get().raw() == mail(text="long " * INLINE_BYTES)


@pytest.mark.django_db
def test_what_cannot_be_read_goes_to_quarantine_and_can_be_replayed(journal, alice, monkeypatch):
    record = journal(mail())
    with monkeypatch.context() as patch:
        patch.setattr(ADAPTERS["email"], "parse", _raise(Unreadable("no sender")))
        inbound.drain()
    assert state_of(record) == State.QUARANTINED
    assert record.error == "no sender"

    inbound.replay(record, actor=alice)
    inbound.drain()
    assert state_of(record) == State.DONE
    assert Ticket.objects.count() == 1
    assert record.envelope["handled_by"] == alice.pk


@pytest.mark.django_db
def test_a_bug_is_tried_three_times_and_then_shown(journal, monkeypatch):
    record = journal(mail())
    monkeypatch.setattr(ADAPTERS["email"], "parse", _raise(ValueError("a bug")))
    for _attempt in range(3):
        assert state_of(record) == State.PENDING
        InboundRecord.objects.update(due_at=None)
        inbound.drain()
    assert state_of(record) == State.QUARANTINED
    assert "a bug" in record.error


@pytest.mark.django_db
def test_a_mail_that_kills_its_worker_is_quarantined_at_the_fourth_claim(journal, monkeypatch):
    record = journal(mail())
    monkeypatch.setattr(ADAPTERS["email"], "parse", _raise(SystemExit()))
    for _death in range(3):
        InboundRecord.objects.update(due_at=None)
        with pytest.raises(SystemExit):
            inbound.drain()
    InboundRecord.objects.update(due_at=None)
    inbound.drain()
    assert state_of(record) == State.QUARANTINED


@pytest.mark.django_db
def test_an_absent_database_counts_against_nobody(journal, monkeypatch):
    record = journal(mail())
    monkeypatch.setattr(intake, "receive", _raise(OperationalError("server closed the connection")))
    for _attempt in range(5):
        InboundRecord.objects.update(due_at=None)
        inbound.drain()
    assert state_of(record) == State.PENDING
    monkeypatch.undo()
    InboundRecord.objects.update(due_at=None)
    inbound.drain()
    assert state_of(record) == State.DONE


@pytest.mark.django_db
def test_a_bad_mail_does_not_stop_those_behind_it(journal, monkeypatch):
    bad, good = journal(b"\x00" * 10, sender="?"), journal(mail(), key="INBOX:1:2")
    whole = ADAPTERS["email"].parse
    monkeypatch.setattr(
        ADAPTERS["email"],
        "parse",
        lambda record: whole(record) if record.pk == good.pk else _raise(ValueError("?"))(record),
    )
    inbound.drain()
    assert [state_of(bad), state_of(good)] == [State.PENDING, State.DONE]


@pytest.mark.django_db
def test_mails_of_one_sender_wait_for_each_other(journal):
    first, second = journal(mail("one")), journal(mail("two"), key="INBOX:1:2")
    other = journal(mail("three"), key="INBOX:1:3", sender="dan@mail.example")
    InboundRecord.objects.filter(pk=first.pk).update(due_at=timezone.now() + timedelta(seconds=30))
    inbound.drain()
    assert [state_of(first), state_of(second), state_of(other)] == [State.PENDING, State.PENDING, State.DONE]


@pytest.mark.django_db
def test_automatic_mail_waits_in_its_tray_one_click_from_a_ticket(journal, alice):
    record = journal(mail("Weekly report", Auto_Submitted="auto-generated"))
    inbound.drain()
    assert state_of(record) == State.AUTOMATIC
    assert not Ticket.objects.exists()

    message = inbound.release(record, actor=alice)
    assert state_of(record) == State.DONE
    assert message.ticket.subject == "Weekly report"
    assert inbound.release(record, actor=alice) == message


@pytest.mark.django_db
def test_what_is_put_aside_keeps_its_raw_form(journal, alice):
    record = journal(mail("Weekly report", Auto_Submitted="auto-generated"))
    inbound.drain()
    inbound.dismiss(record, actor=alice)
    assert state_of(record) == State.DISMISSED
    assert record.raw()


@pytest.mark.django_db
def test_our_own_mail_in_another_of_our_mailboxes_is_known(mailbox, journal, ticket, alice):
    """An agent copies a colleague's mailbox, and a stranger who borrows our id is no copy of ours."""
    orders = Channel.objects.create(kind="email", name="Orders", address="orders@desk.example")
    sent = replies.send(ticket, author=alice, body="It comes tomorrow.", key=uuid4())
    ours = {"From": "Support <support@desk.example>", "Message_ID": f"<{sent.external_id}>"}
    copy = inbound.journal(orders, "1", raw(**ours))
    theirs = inbound.journal(orders, "2", raw(**{**ours, "From": "eve@elsewhere.example"}))
    inbound.drain()
    assert state_of(copy) == State.DUPLICATE
    assert state_of(theirs) == State.DONE


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_records_and_double_none(journal):
    for number in range(30):
        journal(mail(f"mail {number}"), key=f"INBOX:1:{number}", sender=f"c{number}@mail.example")
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        inbound.drain(limit=5)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]
    InboundRecord.objects.filter(state=State.PENDING).update(due_at=None)
    inbound.drain()
    assert Message.objects.count() == 30
    assert InboundRecord.objects.filter(state=State.DONE).count() == 30


def _raise(error: BaseException):
    def parse(*args: object) -> None:
        raise error

    return parse


@pytest.mark.django_db
def test_what_arrived_is_kept_as_it_was_with_who_sent_it_to_whom(mailbox):
    arrived = timezone.now() - timedelta(hours=3)
    body = b"\xff\xfe not even text \x00"
    record = inbound.journal(
        mailbox,
        "smtp:1",
        body,
        sender_key="Carol@Mail.Example",
        envelope={"rcpt_tos": ["support@desk.example"]},
        arrived_at=arrived,
    )
    record = InboundRecord.objects.get(pk=record.pk)
    assert (record.raw(), record.size) == (body, len(body))
    assert (record.sender_key, record.arrived_at) == ("carol@mail.example", arrived)
    assert record.envelope == {"rcpt_tos": ["support@desk.example"]}
    assert (record.state, record.attempts) == (State.PENDING, 0)


@pytest.mark.django_db
def test_old_mail_waits_behind_what_comes_now(mailbox, monkeypatch):
    read: list[str] = []
    whole = ADAPTERS["email"].parse

    def parse(record):
        read.append(record.source_key)
        return whole(record)

    monkeypatch.setattr(ADAPTERS["email"], "parse", parse)
    for key, is_bulk in (("old 1", True), ("old 2", True), ("new", False)):
        inbound.journal(mailbox, key, mail(), sender_key=f"{key}@mail.example", is_bulk=is_bulk)
    inbound.drain()
    assert read == ["new", "old 1", "old 2"]


@pytest.mark.django_db
def test_a_race_that_never_ends_is_shown_to_a_person(journal, monkeypatch):
    record = journal(mail())
    monkeypatch.setattr(intake, "receive", _raise(IntegrityError("duplicate key")))
    for _attempt in range(3):
        assert state_of(record) == State.PENDING
        InboundRecord.objects.update(due_at=None)
        inbound.drain()
    assert state_of(record) == State.QUARANTINED
    assert "duplicate key" in record.error


@pytest.mark.django_db
def test_what_nobody_wants_to_see_again_cannot_be_replayed(journal, alice, bob, monkeypatch):
    record = journal(mail())
    monkeypatch.setattr(ADAPTERS["email"], "parse", _raise(Unreadable("no sender")))
    inbound.drain()
    inbound.dismiss(record, actor=alice)
    inbound.replay(record, actor=bob)
    assert state_of(record) == State.DISMISSED
    assert record.envelope["handled_by"] == alice.pk


@pytest.mark.django_db
def test_what_became_a_ticket_is_not_put_aside(journal, alice):
    record = journal(mail())
    inbound.drain()
    inbound.dismiss(record, actor=alice)
    inbound.replay(record, actor=alice)
    assert state_of(record) == State.DONE
    assert Message.objects.count() == 1


class TestReports:
    def bounce(self, message_id: str) -> bytes:
        whole = multipart(
            "report",
            part("text/plain", "It could not be delivered."),
            part(
                "message/delivery-status",
                "Reporting-MTA: dns; mx.mail.example\n\n"
                "Final-Recipient: rfc822; carol@mail.example\nAction: failed\nStatus: 5.1.1\n"
                "Diagnostic-Code: smtp; 550 5.1.1 no such user",
            ),
            part("text/rfc822-headers", f"Message-ID: <{message_id}>\nSubject: x"),
        )
        return raw(From="MAILER-DAEMON@mail.example", Subject="Undelivered", Return_Path="<>", **whole)

    @pytest.mark.django_db
    def test_of_a_mail_of_ours_tells_what_became_of_it(self, journal, ticket, alice):
        sent = replies.send(ticket, author=alice, body="Tomorrow", key=uuid4())
        record = journal(self.bounce(sent.external_id))
        inbound.drain()
        assert state_of(record) == State.REPORT
        assert sent.deliveries.get().outcomes["carol@mail.example"]["status"] == "5.1.1"
        assert ticket.messages.count() == 2

    @pytest.mark.django_db
    def test_of_nobodys_mail_waits_in_the_tray_and_is_no_ticket(self, journal, alice):
        record = journal(self.bounce("strange@elsewhere.example"))
        inbound.drain()
        assert state_of(record) == State.AUTOMATIC
        with pytest.raises(Unreadable):
            inbound.release(record, actor=alice)
        assert state_of(record) == State.AUTOMATIC
        assert not Ticket.objects.exists()
