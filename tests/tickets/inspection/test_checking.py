"""Files from their coming to their verdict."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app import files
from channels_app.messages import InboundFile
from tests.clamd import VIRUS, scanning
from tests.tickets.inspection import samples
from tests.tickets.inspection.test_raster import png
from tickets import drafts, intake, replies
from tickets.inspection import checking, opening, verdicts
from tickets.models import Attachment

pytestmark = pytest.mark.django_db
State = Attachment.State


@pytest.fixture
def sent(written):
    """Carol sends a file; gives its row."""

    def send(name: str, content: bytes) -> Attachment:
        file = InboundFile(sha256=files.store(content), size=len(content), name=name)
        return intake.receive(written(files=(file,))).attachments.get()

    return send


def checked(attachment: Attachment) -> Attachment:
    checking.drain()
    attachment.refresh_from_db()
    return attachment


def test_until_it_is_looked_into_a_file_stays_shut(sent):
    file = sent("words.txt", b"words")
    assert file.state == State.UNCHECKED and not opening.is_open(file)
    file = checked(file)
    assert file.state == State.CLEAN and opening.is_open(file) and file.sniffed_type == "text/plain"


def test_a_dangerous_one_is_held_and_says_why_and_what_is_inside(sent):
    file = checked(sent("a.zip", samples.zipped(setup__exe=b"x")))
    assert file.state == State.HELD and not opening.is_open(file)
    assert file.dangers == ["inside"] and file.entries == [["setup.exe", 1]] and file.entry_count == 1


def test_one_with_a_wrong_name_is_marked_and_open(sent):
    file = checked(sent("invoice.pdf", png(4, 4)))
    assert file.state == State.CLEAN and file.dangers == ["other_than_named"]


def test_a_picture_is_drawn_at_once_because_its_bytes_are_one(sent):
    picture, fake = sent("a.png", png(4, 4)), sent("b.png", samples.SVG)
    assert opening.picture_type(picture) == "image/png" and opening.is_open(picture)
    assert opening.picture_type(fake) == "" and not opening.is_open(fake)


def test_a_missing_file_is_held(sent):
    file = sent("a.txt", uuid.uuid4().bytes)
    files.erase(file.sha256)
    assert checked(file).dangers == ["unreadable"]


def test_a_file_that_kills_its_worker_is_held_in_the_end(sent, monkeypatch):
    file = sent("a.txt", b"x")

    class Killed(BaseException):
        pass

    def die(*args) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(verdicts, "judge", die)
        for _attempt in range(checking.MOST_ATTEMPTS):
            with pytest.raises(Killed):
                checking.drain()
            Attachment.objects.filter(pk=file.pk).update(check_due_at=timezone.now() - timedelta(seconds=1))
        assert checking.drain() == 1
    file.refresh_from_db()
    assert (file.state, file.dangers) == (State.HELD, ["unreadable"])


def test_a_virus_is_found_whatever_the_file_is(sent, settings):
    with scanning() as scanner:
        settings.CLAMD = scanner.url
        picture = checked(sent("a.png", png(4, 4) + VIRUS))
    assert (picture.state, picture.virus) == (State.INFECTED, "Test.Virus-1")
    assert not opening.is_open(picture) and opening.picture_type(picture) == ""


def test_a_scanner_that_is_away_keeps_files_waiting_and_mail_coming(sent, settings):
    settings.CLAMD = "unix:///nowhere/clamd.ctl"
    file = checked(sent("words.txt", b"words"))
    assert file.state == State.UNCHECKED and file.check_error and Attachment.objects.unscanned().count() == 1
    assert checking.drain() == 0, "it rests for a minute"
    with scanning() as scanner:
        settings.CLAMD = scanner.url
        Attachment.objects.update(check_due_at=timezone.now())
        assert checked(file).state == State.CLEAN
    assert not Attachment.objects.unscanned().exists()


def test_a_scanner_that_is_away_for_hours_condemns_nothing(sent, settings):
    settings.CLAMD = "unix:///nowhere/clamd.ctl"
    file = sent("words.txt", b"words")
    for _hour in range(6):
        Attachment.objects.update(check_due_at=None)
        checked(file)
    assert file.state == State.UNCHECKED


def test_a_file_too_large_for_the_scanner_is_held(sent, settings):
    with scanning(limit=10) as scanner:
        settings.CLAMD = scanner.url
        file = checked(sent("words.txt", b"words " * 1000))
    assert (file.state, file.dangers) == (State.HELD, ["not_scanned"])


def test_what_a_colleague_attaches_is_marked_at_once_and_theirs_to_use(ticket, alice):
    draft = drafts.save(ticket, author=alice, mode="reply", body="See there")
    file = drafts.attach(draft, name="setup.exe", content=samples.PROGRAM, content_type="")
    assert file.dangers == ["program"] and file.state == State.CLEAN and opening.is_open(file)
    message = replies.send(ticket, author=alice, body="See there", key=uuid.uuid4(), draft=draft)
    assert opening.is_open(message.attachments.get())


def test_what_a_colleague_attaches_is_scanned_where_that_is_done(ticket, alice, settings):
    with scanning() as scanner:
        settings.CLAMD = scanner.url
        draft = drafts.save(ticket, author=alice, mode="reply", body="See there")
        file = drafts.attach(draft, name="a.txt", content=VIRUS, content_type="")
        assert checked(file).state == State.INFECTED and not opening.is_open(file)
