"""A ticket taken out: its mails packed, a document to read; told and counted."""

import io
import uuid
import zipfile
from email import message_from_bytes, policy

import pytest

from channels_app import files, inbound
from channels_app.messages import InboundFile
from tickets import exporting, intake, replies
from tickets.exporting import document
from tickets.models import Event, Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(written, mailbox, alice):
    """A mail of which the desk has the bytes, an answer with a file's name, and a note."""
    raw = inbound.journal(mailbox, "x", b"From: carol@mail.example\r\nSubject: Raw\r\n\r\nAs it came")
    file = InboundFile(name="a.txt", content_type="text/plain", sha256=files.store(b"Hello file"), size=10)
    ticket = intake.receive(written(record_id=raw.pk)).ticket
    intake.receive(
        written(
            text="Second, őűŐŰ and Привет", references=(ticket.messages.get().external_id,), files=(file,)
        )
    )
    replies.send(ticket, author=alice, body="Good morning, ő", key=uuid.uuid4())
    replies.add_note(ticket, author=alice, body="Between us", key=uuid.uuid4())
    ticket.refresh_from_db()
    return ticket


def mails(ticket, alice, **options) -> list[bytes]:
    pack = zipfile.ZipFile(exporting.take(ticket, "eml", actor=alice, **options))
    return [pack.read(name) for name in pack.namelist()]


def test_what_came_is_as_it_came_and_what_we_wrote_is_a_letter(told, alice):
    found = mails(told, alice, notes=False)
    assert found[0] == b"From: carol@mail.example\r\nSubject: Raw\r\n\r\nAs it came"
    answer = message_from_bytes(found[-1], policy=policy.default)
    assert answer.get_body().get_content().strip() == "Good morning, ő"
    assert answer["From"].addresses[0].display_name == "Alice Hartmann"
    assert answer["To"].addresses[0].addr_spec == "carol@mail.example"
    assert not any(b"Between us" in each for each in found)


def test_notes_come_along_when_asked_for(told, alice):
    note = message_from_bytes(mails(told, alice, notes=True)[-1], policy=policy.default)
    assert (note["X-Note"], note.get_content().strip()) == ("yes", "Between us")


def test_a_document_holds_every_letter_of_three_languages(told, alice):
    made = exporting.take(told, "pdf", notes=True, actor=alice).read()
    assert made.startswith(b"%PDF-") and b"DejaVuSans" in made
    known = document._known()
    assert all(ord(sign) in known for sign in "őűŐŰáéíóöúüПриветЁёщъ„”«»–…")


def test_signs_without_a_glyph_and_markup_are_no_trouble(told, alice):
    Message.objects.filter(direction="note").update(text="<b>bold & 🎉 </para> " + "x" * 5000)
    assert exporting.take(told, "pdf", notes=True, actor=alice).read().startswith(b"%PDF-")


def test_a_long_one_is_drawn_in_bounds(told, alice, monkeypatch):
    monkeypatch.setattr(document, "MOST_LETTERS", 10)
    assert exporting.take(told, "pdf", notes=True, actor=alice).read().startswith(b"%PDF-")


def test_it_is_told_in_the_history(told, alice):
    exporting.take(told, "pdf", notes=False, actor=alice)
    event = Event.objects.get(kind="exported")
    assert (event.user, event.ticket, event.data) == (alice, told, {"form": "pdf", "notes": False})


def test_there_is_an_end_to_it(told, alice, bob, monkeypatch):
    monkeypatch.setattr(exporting.taking, "MOST", 1)
    exporting.take(told, "pdf", notes=False, actor=alice)
    with pytest.raises(exporting.TooOften):
        exporting.take(told, "pdf", notes=False, actor=alice)
    exporting.take(told, "pdf", notes=False, actor=bob)


def test_too_much_is_refused(told, alice, monkeypatch):
    monkeypatch.setattr(exporting.archive, "MOST_BYTES", 5)
    with pytest.raises(exporting.TooBig):
        exporting.take(told, "eml", notes=False, actor=alice)


def test_what_is_held_stays_at_the_desk(told, alice):
    told.messages.filter(attachments__isnull=False).get().attachments.update(state="held")
    found = mails(told, alice, notes=False)
    assert not any(b"SGVsbG8gZmls" in each for each in found), "its bytes in base64"
    assert any(b"a.txt.missing.txt" in each for each in found)


def test_nothing_is_a_zip_of_io(told, alice):
    assert isinstance(exporting.take(told, "pdf", notes=False, actor=alice), io.BytesIO)
