"""Files that were sent ahead: safe at once, given to one alone, forgotten when nothing takes them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from channels_app import files
from helpdesk.accounts.models import User
from tickets import access, drafts, intake, replies, uploads
from tickets.models import Attachment, Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def send_ahead(alice):
    """A file that Alice, or another colleague, has sent ahead."""

    def keep(name: str = "label.pdf", content: bytes = b"%PDF-1.4", by: User | None = None) -> Attachment:
        return uploads.keep(by or alice, name=name, content=content, content_type="application/pdf")

    return keep


def test_a_file_is_safe_and_looked_into_at_once(send_ahead):
    kept = Attachment.objects.get(pk=send_ahead().pk)
    assert files.read(kept.sha256) == b"%PDF-1.4"
    assert (kept.size, kept.message, kept.draft) == (8, None, None)
    assert kept.state == Attachment.State.CLEAN
    assert send_ahead("invoice.exe", b"words").dangers == ["program"], "told, not held: it is our own"


def test_long_names_and_missing_types_fit(alice):
    kept = uploads.keep(alice, name="п" * 300, content=b"", content_type="")
    kept.refresh_from_db()
    assert (len(kept.name), kept.content_type) == (255, "application/octet-stream")


def test_nobody_sees_what_another_has_sent_ahead(send_ahead, alice, bob):
    kept = send_ahead()
    assert list(access.uploads(alice)) == [kept]
    assert not access.uploads(bob).exists()


def test_a_reply_takes_it_and_it_waits_no_longer(send_ahead, ticket, alice):
    kept = send_ahead()
    sent = replies.send(ticket, author=alice, body="See the label", key=uuid4(), files=[kept])
    assert list(sent.attachments.all()) == [kept]
    assert not access.uploads(alice).exists()


def test_a_file_is_a_message_too_even_without_words(send_ahead, ticket, alice):
    sent = replies.send(ticket, author=alice, body=" ", key=uuid4(), files=[send_ahead()])
    assert sent.attachments.count() == 1


@pytest.mark.parametrize("taker", ["reply", "note", "draft"])
def test_what_somebody_took_cannot_be_taken_again(send_ahead, ticket, alice, taker):
    taken, fresh = send_ahead("taken.pdf"), send_ahead("fresh.pdf")
    replies.add_note(ticket, author=alice, body="Look", key=uuid4(), files=[taken])
    both = {"author": alice, "body": "Again", "files": [taken, fresh]}
    with pytest.raises(uploads.Gone):
        if taker == "draft":
            drafts.save(ticket, mode="reply", **both)
        elif taker == "note":
            replies.add_note(ticket, key=uuid4(), **both)
        else:
            replies.send(ticket, key=uuid4(), **both)
    assert Message.objects.exclude(direction="in").count() == 1, "nothing was said by halves"
    assert list(access.uploads(alice)) == [fresh]


def test_a_draft_takes_it_and_its_message_after_that(send_ahead, ticket, alice):
    draft = drafts.save(ticket, author=alice, mode="reply", body="See there", files=[send_ahead()])
    assert [file.name for file in draft.attachments.all()] == ["label.pdf"]
    drafts.save(ticket, author=alice, mode="reply", body="See there!")
    sent = replies.send(ticket, author=alice, body="See there!", key=uuid4(), draft=draft)
    assert [file.name for file in sent.attachments.all()] == ["label.pdf"]


def test_a_request_from_elsewhere_carries_them_in(send_ahead, written):
    label, photo = send_ahead(), send_ahead("photo.pdf", b"%PDF-1.7")
    message = intake.receive(written(files=uploads.take_in([label, photo])))
    assert sorted(file.name for file in message.attachments.all()) == ["label.pdf", "photo.pdf"]
    assert not Attachment.objects.filter(uploader__isnull=False).exists()
    with pytest.raises(uploads.Gone):
        uploads.take_in([label])


def test_what_nothing_took_within_a_day_is_forgotten_and_the_rest_stays(send_ahead, ticket, alice, bob):
    sent, begun, old, young = (send_ahead(f"{name}.pdf") for name in ("sent", "begun", "old", "young"))
    replies.add_note(ticket, author=alice, body="Look", key=uuid4(), files=[sent])
    drafts.save(ticket, author=alice, mode="note", body="And", files=[begun])
    now = timezone.now()
    Attachment.objects.exclude(pk=young.pk).update(created_at=now - uploads.KEPT - timedelta(minutes=1))
    assert uploads.sweep(now) == 1
    assert set(Attachment.objects.all()) == {sent, begun, young}
    assert uploads.sweep(now) == 0


def test_a_file_that_was_taken_off_is_gone_and_one_that_was_sent_is_not(send_ahead, ticket, alice):
    off, sent = send_ahead("off.pdf"), send_ahead("sent.pdf")
    drafts.detach(off)
    replies.add_note(ticket, author=alice, body="Look", key=uuid4(), files=[sent])
    drafts.detach(sent)
    assert list(Attachment.objects.all()) == [sent]
