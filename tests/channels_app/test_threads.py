"""Answers that mail programs and gateways stripped of what they answer, through the door."""

import base64
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from channels_app import inbound
from channels_app.models import Channel, InboundRecord
from helpdesk.accounts.models import Company
from tests.channels_app.adapters.email.mails import raw
from tickets import lifecycle, replies
from tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db
ROOT = bytes(range(22))


def index(answers: bytes = b"") -> str:
    return base64.b64encode(ROOT + answers).decode()


@pytest.fixture
def take(mailbox):
    """What becomes of a mail that comes in, to this mailbox or another one."""

    def take(mail: bytes, channel: Channel | None = None) -> InboundRecord:
        record = inbound.journal(channel or mailbox, f"INBOX:1:{uuid4().hex}", mail)
        assert record is not None
        inbound.drain()
        record.refresh_from_db()
        return record

    return take


@pytest.fixture
def write(take):
    """Carol's mail as a message; the id is new, name the fields that differ."""

    def write(text: str = "It has not come.\n", **fields: str) -> Message:
        record = take(raw(text, Message_ID=f"<{uuid4().hex}@mail.example>", **fields))
        return Message.objects.get(record=record)

    return write


@pytest.fixture
def answered(write, alice) -> Ticket:
    ticket = write().ticket
    replies.send(ticket, author=alice, body="It left on Monday.", key=uuid4())
    return ticket


@pytest.mark.parametrize("prefix", ["Re:", "AW:", "Ответ:", "Vá:", "RE: [EXTERNAL] RE:"])
def test_an_answer_without_any_id_is_known_by_its_subject(answered, write, prefix):
    message = write("Thanks!\n\n> It left on Monday.\n", Subject=f"{prefix} Where is my parcel?")
    assert (message.ticket, message.is_unverified) == (answered, True)


@pytest.mark.parametrize(
    "fields",
    [
        {"Subject": "Where is my parcel?"},
        {"Subject": "Re: Where is my other parcel?"},
        {"Subject": "Re:"},
        {"Subject": "Re: Where is my parcel?", "From": "Mal <mal@evil.example>"},
    ],
    ids=["a new mail", "another matter", "no matter", "a stranger"],
)
def test_such_mail_is_a_matter_of_its_own(answered, write, fields):
    assert write(**fields).ticket != answered


def test_what_is_finished_or_silent_for_long_is_not_meant_by_a_subject(answered, write, alice):
    long_ago = timezone.now() - timedelta(days=Company.load().silent_days + 1)
    Ticket.objects.filter(pk=answered.pk).update(last_message_at=long_ago)
    second = write(Subject="Re: Where is my parcel?").ticket
    assert second != answered
    lifecycle.set_status(second, Ticket.Status.RESOLVED, actor=alice)
    assert write(Subject="Re: Where is my parcel?").ticket not in (answered, second)


def test_outlooks_own_id_outlives_all_others(write, alice):
    first = write(Thread_Index=index())
    replies.send(first.ticket, author=alice, body="It left.", key=uuid4())
    assert write(Subject="Quite another", Thread_Index=index(b"12345")).ticket == first.ticket


def test_another_person_of_the_same_conversation_is_no_part_of_the_ticket(write):
    first = write(Thread_Index=index())
    assert write(From="Eve <eve@else.example>", Thread_Index=index(b"12345")).ticket != first.ticket


@pytest.mark.parametrize("value", ["", "nonsense!", "AQ==", index()])
def test_a_conversation_that_does_not_go_on_is_none(write, value):
    first = write(Thread_Index=index())
    assert write(Thread_Index=value).ticket != first.ticket


def test_an_id_in_capitals_is_ours(answered, write):
    ours = answered.messages.get(direction="out").external_id
    assert write(Subject="AW: parcel", In_Reply_To=f"<{ours.upper()}>").ticket == answered


def test_a_copy_with_a_tag_before_its_subject_is_the_same_mail(take, returns):
    other = Channel.objects.create(
        kind=Channel.Kind.EMAIL, name="Returns", address="returns@desk.example", team=returns
    )
    mail = raw(To="support@desk.example, returns@desk.example")
    take(mail)
    again = take(mail.replace(b"Subject: ", b"Subject: [EXT] "), other)
    assert (again.state, Message.objects.count()) == (InboundRecord.State.DUPLICATE, 1)
