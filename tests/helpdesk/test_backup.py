"""A desk is carried over whole: database, files and keys; and nothing is overwritten by mistake."""

import shutil
import tarfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from channels_app import files
from helpdesk.accounts.models import Team, User
from helpdesk.health.models import Heartbeat
from tests import emptying
from tests.people import PASSWORD
from tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(settings, tmp_path, alice, ticket) -> str:
    """A desk of its own folder, with people, a ticket and one file, whose digest this is."""
    settings.DATA_DIR = tmp_path / "desk"
    settings.FILES_DIR = settings.DATA_DIR / "files"
    settings.DATA_DIR.mkdir()
    return files.store(b"a picture")


@pytest.fixture
def saved(desk, tmp_path) -> Path:
    target = tmp_path / "backup.tar"
    call_command("backup", target)
    return target


def empty_the_desk(settings) -> None:
    emptying.empty()
    shutil.rmtree(settings.FILES_DIR)


def test_restores_database_files_and_keys(desk, saved, settings, ticket):
    empty_the_desk(settings)

    call_command("restore", saved)

    assert Ticket.objects.get().subject == ticket.subject
    assert User.objects.get(email="alice@desk.example").check_password(PASSWORD)
    assert next(settings.FILES_DIR.rglob(desk)).read_bytes() == b"a picture"
    assert (settings.DATA_DIR / "keys" / "encryption").read_text() == settings.ENCRYPTION_KEY


def test_a_ticket_opened_after_the_restore_gets_a_new_number(saved, settings, ticket, carol):
    empty_the_desk(settings)
    call_command("restore", saved)
    assert Ticket.objects.create(customer=carol, subject="later").number > ticket.number


def test_the_backup_is_private(saved):
    assert saved.stat().st_mode & 0o077 == 0


def test_the_backup_overwrites_nothing(saved):
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", saved)


def test_refuses_a_desk_with_somebody_in_it(saved):
    with pytest.raises(CommandError, match="--force"):
        call_command("restore", saved)


def test_force_throws_away_what_came_later(saved):
    Team.objects.create(name="Later")
    call_command("restore", saved, force=True)
    assert not Team.objects.filter(name="Later").exists()


def test_refuses_a_desk_at_work(saved, settings):
    empty_the_desk(settings)
    Heartbeat.objects.beat("worker-1", 1)
    with pytest.raises(CommandError, match="Stop it first"):
        call_command("restore", saved)


def test_refuses_a_file_that_is_no_backup(settings, tmp_path, desk):
    empty_the_desk(settings)
    (tmp_path / "x.tar").write_bytes(b"no tar at all")
    with pytest.raises(CommandError, match="no backup"):
        call_command("restore", tmp_path / "x.tar")


@pytest.mark.parametrize("part", ["database.dump", "files/"])
def test_a_damaged_backup_changes_nothing(saved, ticket, tmp_path, part):
    damaged = tmp_path / "damaged.tar"
    _damage(saved, damaged, part)
    with pytest.raises(CommandError, match="damaged"):
        call_command("restore", damaged, force=True)
    assert Ticket.objects.get() == ticket


def test_refuses_a_backup_of_another_encryption_key(saved, settings):
    empty_the_desk(settings)
    settings.ENCRYPTION_KEY, settings.ENCRYPTION_KEY_IS_GIVEN = "another", True
    with pytest.raises(CommandError, match="HELPDESK_ENCRYPTION_KEY"):
        call_command("restore", saved)


def _damage(source: Path, target: Path, part: str) -> None:
    """Copies the tar, with the last byte changed of every entry whose name begins with `part`."""
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for entry in old:
            body = old.extractfile(entry).read()
            if entry.name.startswith(part):
                body = body[:-1] + bytes([body[-1] ^ 1])
            entry_path = target.with_name("entry")
            entry_path.write_bytes(body)
            new.add(entry_path, entry.name)
