"""`manage.py restore`: from one file to a whole desk."""

import json
import shutil
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from channels_app import files
from helpdesk import keys
from helpdesk.accounts.models import User
from helpdesk.backup import postgres
from helpdesk.backup.trouble import Refused
from helpdesk.backup.writing import DATABASE, FILES, FORMAT, KEYS, MANIFEST, digest
from helpdesk.health.models import Heartbeat
from tickets.models import Delivery, Ticket


@dataclass(frozen=True)
class Restored:
    made: str
    users: int
    tickets: int
    files: int
    waiting: int


def restore(source: Path, *, force: bool = False) -> Restored:
    """Replaces the desk by the backup; refuses a desk that has anything in it unless `force`.

    Everything is checked before anything is changed, and the database changes last, in one transaction.
    """
    if not force:
        _refuse_a_desk_in_use()
    try:
        with tarfile.open(source) as tar, tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as room:
            manifest = _manifest(tar)
            dumped = Path(room) / DATABASE
            _copy(tar, DATABASE, dumped)
            if digest(dumped) != manifest["database"]:
                raise Refused(f"{source} is damaged: its database is not the one that was backed up.")
            found = {name: _read(tar, KEYS + name).decode() for name in ("secret", "encryption")}
            _refuse_other_keys(found)
            count = _restore_files(tar)
            postgres.load(dumped, Path(room))
    except (tarfile.TarError, KeyError, json.JSONDecodeError) as error:
        raise Refused(f"{source} is no backup of a desk: {error}") from error
    for name, key in found.items():
        keys.replace(settings.DATA_DIR, name, key)
    waiting = Delivery.objects.filter(state=Delivery.State.PENDING).count()
    return Restored(manifest["made"], User.objects.count(), Ticket.objects.count(), count, waiting)


def _refuse_a_desk_in_use() -> None:
    tables = connection.introspection.table_names()
    if Heartbeat._meta.db_table in tables and Heartbeat.objects.fresh().exists():
        raise Refused("This desk is running. Stop it first (Ctrl-C, or `docker compose stop`).")
    if User._meta.db_table in tables and (User.objects.exists() or Ticket.objects.exists()):
        raise Refused("This desk has people or tickets in it. Add --force to throw them away.")


def _manifest(tar: tarfile.TarFile) -> dict[str, Any]:
    """What the backup says of itself; refuses one that a newer desk has made."""
    manifest: dict[str, Any] = json.loads(_read(tar, MANIFEST))
    known = {".".join(key) for key in MigrationLoader(None).disk_migrations or {}}
    if manifest["format"] != FORMAT or set(manifest["migrations"]) - known:
        raise Refused("A newer version of the desk made this backup. Install that version, then restore.")
    return manifest


def _refuse_other_keys(found: dict[str, str]) -> None:
    """A key in the environment wins over the stored one, and would make every stored secret unreadable."""
    if settings.ENCRYPTION_KEY_IS_GIVEN and found["encryption"] != settings.ENCRYPTION_KEY:
        raise Refused("HELPDESK_ENCRYPTION_KEY is not the key of this backup: unset it, then restore.")


def _restore_files(tar: tarfile.TarFile) -> int:
    count = 0
    for entry in tar:
        if entry.isfile() and entry.name.startswith(FILES):
            name = entry.name.removeprefix(FILES)
            if files.store(_read(tar, entry)) != name:
                raise Refused(f"The file {name} of this backup is damaged.")
            count += 1
    return count


def _copy(tar: tarfile.TarFile, name: str, target: Path) -> None:
    content = tar.extractfile(name)
    if content is None:
        raise KeyError(name)
    with target.open("wb") as file:
        shutil.copyfileobj(content, file)


def _read(tar: tarfile.TarFile, name: str | tarfile.TarInfo) -> bytes:
    content = tar.extractfile(name)
    if content is None:
        raise KeyError(name)
    return content.read()
