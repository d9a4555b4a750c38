"""Forwards and asides: words to others on a ticket, which are no answer to its customer."""

from uuid import uuid4

import pytest

from channels_app.messages import InboundFile, Sender, read_token, token_in_id
from tickets import drafts, intake, replies
from tickets.models import Attachment, Delivery, Draft, Event, Message, Ticket
from tickets.recipients import NotAddresses, Recipients

pytestmark = pytest.mark.django_db
Purpose = Message.Purpose


@pytest.fixture
def question(written) -> Message:
    """Carol's message with a bill, a photo, and a logo in its text."""
    files = (
        InboundFile(sha256="1" * 64, size=1, name="bill.pdf", content_type="application/pdf"),
        InboundFile(sha256="2" * 64, size=2, name="photo.jpg", content_type="image/jpeg"),
        InboundFile(sha256="3" * 64, size=3, name="logo.png", content_id="logo@mail", inline=True),
    )
    return intake.receive(written(files=files))


def forwarded(question: Message, alice, **fields) -> Message:
    given = {"body": "Please look.", "to": ["depot@carrier.example"], **fields}
    return replies.forward(question.ticket, author=alice, key=uuid4(), answers=question, **given)


def begin(question: Message, alice) -> Draft:
    return drafts.begin(
        question.ticket, author=alice, mode=Draft.Mode.FORWARD, answers=question, meant=Recipients()
    )


def names(holder: Draft | Message) -> list[str]:
    return [file.name for file in holder.attachments.all()]


def test_a_forward_goes_to_anybody_and_answers_nobody(question, alice):
    before = question.ticket
    message = forwarded(question, alice)
    assert (message.purpose, message.answers, message.direction) == (Purpose.FORWARD, question, "out")
    assert Delivery.objects.get().recipients["to"] == ["depot@carrier.example"]
    ticket = Ticket.objects.get()
    same = ("status", "waiting_since", "first_replied_at", "last_message_at", "preview")
    assert all(getattr(ticket, name) == getattr(before, name) for name in same)
    assert ticket.waiting_since is not None
    assert ticket.events.last().kind == Event.Kind.ASIDE_SENT


def test_the_answer_of_a_third_party_lands_on_the_ticket(question, alice, written):
    message = forwarded(question, alice)
    assert read_token(token_in_id(message.external_id)) == question.ticket_id
    answer = written(
        sender=Sender(identity_kind="email", identity="depot@carrier.example", name="Depot"),
        references=(message.external_id,),
        subject="Re: Fwd: Where is my parcel?",
    )
    assert intake.receive(answer).ticket == question.ticket


def test_after_a_third_party_wrote_a_reply_still_goes_to_the_customer(question, alice, written):
    message = forwarded(question, alice)
    depot = Sender(identity_kind="email", identity="depot@carrier.example", name="Depot")
    intake.receive(written(sender=depot, references=(message.external_id,)))
    reply = replies.send(question.ticket, author=alice, body="It is found.", key=uuid4())
    assert reply.to == ["carol@mail.example"]
    assert reply.answers == question


def test_a_forward_needs_somebody(question, alice):
    with pytest.raises(replies.NowhereToSend):
        forwarded(question, alice, to=[])
    with pytest.raises(NotAddresses):
        forwarded(question, alice, to=["depot"])
    assert not Delivery.objects.exists()


def test_a_forward_may_say_nothing_itself(question, alice):
    assert forwarded(question, alice, body="").text == ""


def test_the_same_click_twice_is_one_forward(question, alice):
    key = uuid4()
    for _ in range(2):
        replies.forward(
            question.ticket, author=alice, body="", key=key, answers=question, to=["d@carrier.example"]
        )
    assert Delivery.objects.count() == 1


def test_a_reply_to_others_only_stops_no_clock(question, alice):
    replies.send(
        question.ticket, author=alice, body="Where is it?", key=uuid4(), to=["depot@carrier.example"]
    )
    ticket = Ticket.objects.get()
    assert (ticket.waiting_since is not None, ticket.first_replied_at) == (True, None)
    assert ticket.events.last().kind == Event.Kind.ASIDE_SENT
    assert Message.objects.latest("id").purpose == Purpose.ASIDE


@pytest.mark.parametrize("field", ["to", "cc", "bcc"])
def test_a_reply_that_reaches_the_customer_anyhow_is_an_answer(field, question, alice):
    given = {"to": ["depot@carrier.example"]} | {field: ["Carol <CAROL@mail.example>"]}
    replies.send(question.ticket, author=alice, body="Found.", key=uuid4(), **given)
    ticket = Ticket.objects.get()
    assert (ticket.waiting_since, ticket.events.last().kind) == (None, Event.Kind.REPLY_SENT)


def test_an_answer_goes_where_the_customer_wants_it(written, alice):
    ticket = intake.receive(written(reply_to=("carol.reyes@work.example",))).ticket
    reply = replies.send(ticket, author=alice, body="Found.", key=uuid4())
    assert reply.to == ["carol.reyes@work.example"]
    assert reply.purpose == Purpose.REPLY


def test_a_forward_begins_with_all_files_and_leaves_the_originals(question, alice):
    draft = begin(question, alice)
    assert names(draft) == ["bill.pdf", "photo.jpg"], "the logo goes with the text"
    drafts.detach(draft.attachments.get(name="bill.pdf"))
    message = forwarded(question, alice, draft=draft)
    assert names(message) == ["photo.jpg"]
    assert names(question) == ["bill.pdf", "photo.jpg", "logo.png"]


def test_begun_again_files_are_neither_doubled_nor_brought_back(question, alice):
    draft = begin(question, alice)
    drafts.detach(draft.attachments.get(name="bill.pdf"))
    drafts.attach(draft, name="note.txt", content=b"mine", content_type="text/plain")
    assert names(begin(question, alice)) == ["photo.jpg", "note.txt"]


def test_begun_for_another_message_the_files_change_but_not_my_own(question, alice, written):
    other = intake.receive(
        written(
            references=(question.external_id,), files=(InboundFile(sha256="4" * 64, size=4, name="more.txt"),)
        )
    )
    draft = begin(question, alice)
    drafts.attach(draft, name="note.txt", content=b"mine", content_type="text/plain")
    assert names(begin(other, alice)) == ["note.txt", "more.txt"]


def test_a_discarded_forward_takes_no_file_of_the_customer_with_it(question, alice):
    drafts.discard(begin(question, alice))
    assert names(question) == ["bill.pdf", "photo.jpg", "logo.png"]
    assert Attachment.objects.count() == 3
    assert names(begin(question, alice)) == ["bill.pdf", "photo.jpg"]


def test_a_reply_begun_anew_keeps_its_words_and_files(question, alice):
    ticket = question.ticket
    draft = drafts.save(ticket, author=alice, mode=Draft.Mode.REPLY, body="Half a word", bcc=["x@x.example"])
    drafts.attach(draft, name="note.txt", content=b"mine", content_type="text/plain")
    meant = Recipients(to=["carol@mail.example"], cc=["dan@mail.example"])
    again = drafts.begin(ticket, author=alice, mode=Draft.Mode.REPLY, answers=question, meant=meant)
    assert (again.pk, again.body, names(again)) == (draft.pk, "Half a word", ["note.txt"])
    assert (again.to, again.cc) == (["carol@mail.example"], ["dan@mail.example"])
