"""`manage.py backup`: from a desk, running or not, to one file."""

import hashlib
import io
import json
import os
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from helpdesk.backup import postgres
from helpdesk.backup.trouble import Refused

FORMAT = 1
MANIFEST, DATABASE, FILES, KEYS = "manifest.json", "database.dump", "files/", "keys/"


def write(target: Path) -> dict[str, int]:
    """Writes the backup and returns how many files, keys and bytes it holds; refuses to overwrite.

    The database comes first: every file that it names was stored before and is copied after.
    """
    if target.exists():
        raise Refused(f"{target} exists already: name another file.")
    with tempfile.TemporaryDirectory(dir=target.absolute().parent) as room:
        dumped, part = Path(room) / DATABASE, Path(room) / "part.tar"
        postgres.dump(dumped)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as tar:
                _add(tar, MANIFEST, json.dumps(_manifest(dumped), indent=1).encode())
                tar.add(dumped, DATABASE)
                keys = _add_keys(tar)
                files = _add_files(tar)
            raw.flush()
            os.fsync(raw.fileno())
        part.rename(target)
    return {"files": files, "keys": keys, "bytes": target.stat().st_size}


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _manifest(dumped: Path) -> dict[str, object]:
    applied = sorted(".".join(name) for name in MigrationRecorder(connection).applied_migrations())
    return {
        "format": FORMAT,
        "made": time.strftime("%FT%TZ", time.gmtime()),
        "migrations": applied,
        "database": digest(dumped),
        "files": "with the bucket" if settings.S3_BUCKET else "inside",
    }


def _add_keys(tar: tarfile.TarFile) -> int:
    keys = {"secret": settings.SECRET_KEY, "encryption": settings.ENCRYPTION_KEY}
    for name, key in keys.items():
        _add(tar, KEYS + name, key.encode())
    return len(keys)


def _add_files(tar: tarfile.TarFile) -> int:
    count = 0
    for path in [] if settings.S3_BUCKET else _stored():
        tar.add(path, FILES + path.name)
        count += 1
    return count


def _stored() -> Iterator[Path]:
    """The stored files, without those that are being written at this moment."""
    for path in sorted(settings.FILES_DIR.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            yield path


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = len(content), 0o600, time.time()
    tar.addfile(entry, io.BytesIO(content))
