"""A mailbox on a real Dovecot compared with the journal: each difference is found, and led to its end."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from channels_app import inbound, proof
from channels_app.adapters.email import auditing, listing
from channels_app.adapters.email.mailbox import MailBox
from channels_app.models import Audit, Channel, InboundRecord, Reconciliation, Sighting
from tests.channels_app.adapters.email.mails import raw
from tests.channels_app.adapters.email.test_fetching import imaplib_name, once
from tests.journeys import desk
from tests.mailservers import Dovecot

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.dovecot]
NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)


@pytest.fixture
def folder(box: Channel, dovecot: Dovecot) -> Callable[[str], None]:
    def make(name: str) -> None:
        with dovecot.open(box.config["imap_user"]) as other:
            other.create(f'"{name}"')

    return make


def mail(subject: str) -> bytes:
    return raw(Subject=subject, Message_ID=f"<{uuid4().hex}@x>")


def compared(channel: Channel) -> dict[tuple[str, str], Reconciliation]:
    """The rows after a comparison, by folder and day."""
    audit = proof.ask(Channel.objects.get(pk=channel.pk))
    assert proof.begin(audit)
    auditing.run(audit)
    assert Audit.objects.get(pk=audit.pk).error == ""
    return {(row.folder, f"{row.day}"): row for row in Reconciliation.objects.filter(channel=channel)}


def test_all_is_there(box, put):
    put("one", when=NOON)
    put("two", when=NOON)
    put("three", when=NOON + timedelta(days=1))
    once(box)
    rows = compared(box)
    first, second = rows["INBOX", "2026-11-03"], rows["INBOX", "2026-11-04"]
    assert (first.on_server, first.recorded, first.missing) == (2, 2, [])
    assert (second.on_server, second.recorded) == (1, 1)
    assert not Sighting.objects.exists()


def test_a_mail_that_was_not_fetched_is_missed_and_can_be_fetched(box, put, monkeypatch):
    put("here", when=NOON)
    once(box)
    put("lost", when=NOON)
    row = compared(box)["INBOX", "2026-11-03"]
    assert (row.on_server, row.recorded, len(row.missing)) == (2, 1, 1)
    sighting = Sighting.objects.get()
    assert (sighting.subject, sighting.sender) == ("lost", "carol@mail.example")
    assert proof.fetch(proof.unknown(box)) == 1
    auditing.fetch_wanted(box)
    assert InboundRecord.objects.count() == 2
    row = compared(box)["INBOX", "2026-11-03"]
    assert (row.recorded, row.missing) == (2, [])
    assert not Sighting.objects.exists()


def test_what_has_just_arrived_is_not_missed_yet(box, put):
    put("on its way")
    assert not compared(box)
    assert proof.unknown(box).count() == 1
    once(box)
    assert sum(row.recorded for row in compared(box).values()) == 1


def test_junk_is_compared_told_and_fetched_only_when_somebody_says_so(box, put, folder):
    folder("Junk")
    put(mail=mail("You have won"), folder="Junk", when=NOON)
    put(mail=mail("My order, please"), folder="Junk", when=NOON)
    row = compared(box)["Junk", "2026-11-03"]
    assert (row.use, row.on_server, len(row.missing)) == ("junk", 2, 2)
    assert not InboundRecord.objects.exists()
    proof.fetch(proof.unknown(box).filter(subject="My order, please"))
    auditing.fetch_wanted(box)
    inbound.drain()
    assert InboundRecord.objects.get().state == "done"
    assert len(compared(box)["Junk", "2026-11-03"].missing) == 1


def test_what_is_left_on_purpose_is_no_longer_told(box, put, folder, ada):
    folder("Spam")
    put(mail=mail("You have won"), folder="Spam", when=NOON)
    compared(box)
    assert proof.leave(proof.unknown(box), actor=ada) == 1
    day = proof.days(box, last=NOON.date(), count=1)[0]
    assert (day.verdict, day.left, day.unlooked) == ("ok", 1, 0)
    row = compared(box)["Spam", "2026-11-03"]
    assert (row.missing, row.left) == ([], 1)
    assert proof.leave(proof.unknown(box), actor=ada) == 0


def test_a_mail_that_was_moved_to_a_chosen_folder_is_known_again(box, put, folder, dovecot):
    folder("Archive")
    put("moved", when=NOON)
    put(mail=b"Subject: without an id\r\nFrom: carol@mail.example\r\n\r\nHello", when=NOON)
    once(box)
    with dovecot.open(box.config["imap_user"]) as other:
        other.select()
        other.copy("1:*", "Archive")
        other.store("1:*", "+FLAGS", "\\Deleted")
        other.expunge()
    box.config["proof_folders"] = ["Archive"]
    box.save()
    rows = compared(box)
    assert ("INBOX", "2026-11-03") not in rows
    assert (rows["Archive", "2026-11-03"].elsewhere, rows["Archive", "2026-11-03"].missing) == (2, [])


def test_a_folder_that_nobody_chose_is_not_looked_into(box, put, folder):
    folder("Private")
    put(mail=mail("mine"), folder="Private", when=NOON)
    assert not compared(box)
    assert not Sighting.objects.exists()


def test_a_folder_that_is_chosen_no_longer_proves_nothing(box, put, folder):
    folder("Archive")
    put(mail=mail("old"), folder="Archive", when=NOON)
    box.config["proof_folders"] = ["Archive"]
    box.save()
    assert ("Archive", "2026-11-03") in compared(box)
    box.config["proof_folders"] = []
    box.save()
    assert not compared(box)
    assert not Sighting.objects.exists()


def test_a_mail_that_somebody_deleted_before_it_was_fetched_stays_missed(box, put, dovecot):
    put("read and deleted by a colleague", when=NOON)
    compared(box)
    dovecot.empty(box.config["imap_user"])
    row = compared(box)["INBOX", "2026-11-03"]
    assert (row.on_server, len(row.missing)) == (0, 1)
    assert Sighting.objects.get().gone_at
    assert len(compared(box)["INBOX", "2026-11-03"].missing) == 1


def test_heads_are_asked_for_once(box, put, folder, monkeypatch):
    folder("Junk")
    put(mail=mail("one"), folder="Junk", when=NOON)
    compared(box)
    asked: list[int] = []
    headings = listing.headings
    monkeypatch.setattr(listing, "headings", lambda box, uids: asked.extend(uids) or headings(box, uids))
    compared(box)
    assert asked == []
    put(mail=mail("two"), folder="Junk", when=NOON)
    assert len(compared(box)["Junk", "2026-11-03"].missing) == 2
    assert len(asked) == 1


def test_nothing_changes_in_the_mailbox(box, put, folder, dovecot):
    put(when=NOON)
    compared(box)
    proof.fetch(proof.unknown(box))
    auditing.fetch_wanted(box)
    assert dovecot.flags(box.config["imap_user"]) in ([b"1 (FLAGS ())"], [b"1 (FLAGS (\\Recent))"])


def test_a_comparison_that_cannot_be_made_says_why(box):
    Channel.objects.filter(pk=box.pk).update(secrets={"imap_password": "wrong"})
    audit = proof.ask(Channel.objects.get(pk=box.pk))
    proof.begin(audit)
    auditing.run(audit)
    audit.refresh_from_db()
    assert audit.error.startswith("The server does not accept this user name and password")
    assert audit.done_at


def test_the_mail_process_compares_by_itself_and_on_demand(box, put, folder, monkeypatch):
    monkeypatch.setattr(auditing, "LOOK_SECONDS", 0.05)
    folder("Junk")
    put("one", when=NOON)
    put(mail=mail("junk"), folder="Junk", when=NOON)
    with desk.at_work(worker=False):
        desk.soon(lambda: Audit.objects.exclude(done_at=None).exists(), seconds=10)
        desk.soon(lambda: proof.unknown(box).exists())
        proof.fetch(proof.unknown(box))
        desk.soon(lambda: InboundRecord.objects.count() == 2, seconds=10)
        Channel.objects.filter(pk=box.pk).update(is_active=False)


def test_junk_is_known_by_its_use_and_by_its_name(box, dovecot):
    with dovecot.open(box.config["imap_user"]) as other:
        for name in (
            "Junk E-mail",
            "INBOX.Spam",
            "Spammers",
            imaplib_name("Спам"),
            imaplib_name("Levélszemét"),
        ):
            other.create(f'"{name}"')
    with closing(MailBox(box.config)) as server:
        server.sign_in(box.config, box.secrets)
        junk = {one.name for one in listing.folders(server) if one.is_junk}
    assert junk == {"Junk E-mail", "INBOX.Spam", "Спам", "Levélszemét"}
