"""What is being written, kept as one types."""

from uuid import uuid4

import pytest

from channels_app import files
from tickets import drafts, replies
from tickets.models import Attachment, Draft

pytestmark = pytest.mark.django_db


def test_one_draft_for_each_ticket_author_and_mode(ticket, alice, bob):
    first = drafts.save(ticket, author=alice, mode="reply", body="Dear")
    again = drafts.save(ticket, author=alice, mode="reply", body="Dear Carol", cc=["dora@mail.example"])
    assert (again.pk, again.key) == (first.pk, first.key), "typing on must not make a second message"
    drafts.save(ticket, author=alice, mode="note", body="Hm")
    drafts.save(ticket, author=bob, mode="reply", body="Hello")
    assert Draft.objects.count() == 3
    assert (again.body, again.cc) == ("Dear Carol", ["dora@mail.example"])


def test_a_file_is_kept_before_its_row(ticket, alice):
    draft = drafts.save(ticket, author=alice, mode="reply", body="")
    file = drafts.attach(draft, name="plan.pdf", content=b"%PDF", content_type="application/pdf")
    assert files.read(file.sha256) == b"%PDF"
    assert (file.name, file.size, file.content_type) == ("plan.pdf", 4, "application/pdf")


def test_odd_names_and_types_fit(ticket, alice):
    draft = drafts.save(ticket, author=alice, mode="reply", body="")
    file = drafts.attach(draft, name="п" * 300, content=b"", content_type="")
    file.refresh_from_db()
    assert (len(file.name), file.content_type) == (255, "application/octet-stream")


def test_a_file_of_a_draft_can_be_taken_off_and_one_that_was_sent_cannot(ticket, alice):
    draft = drafts.save(ticket, author=alice, mode="reply", body="See there")
    kept = drafts.attach(draft, name="a.txt", content=b"a", content_type="text/plain")
    gone = drafts.attach(draft, name="b.txt", content=b"b", content_type="text/plain")
    drafts.detach(gone)
    replies.send(ticket, author=alice, body="See there", key=uuid4(), draft=draft)
    drafts.detach(kept)
    assert list(Attachment.objects.values_list("name", flat=True)) == ["a.txt"]


def test_discarding_takes_the_files_along(ticket, alice):
    draft = drafts.save(ticket, author=alice, mode="reply", body="Dear")
    drafts.attach(draft, name="a.txt", content=b"a", content_type="text/plain")
    drafts.discard(draft)
    assert not Draft.objects.exists()
    assert not Attachment.objects.exists()


def test_the_files_of_a_sent_draft_are_on_the_message(ticket, alice):
    draft = drafts.save(ticket, author=alice, mode="reply", body="See there")
    file = drafts.attach(draft, name="a.txt", content=b"a", content_type="text/plain")
    sent = replies.send(ticket, author=alice, body="See there", key=uuid4(), draft=draft)
    assert list(sent.attachments.all()) == [file]
    assert not Draft.objects.exists()
