"""Files by content: stored once under their sha256, on disk or in S3, before any row names them."""

import hashlib
import os
import secrets
from pathlib import Path
from typing import IO

from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Model


class Missing(Exception):
    """No stored file has this digest."""


def store(content: bytes) -> str:
    """Keep `content` for good and give its sha256 in hex; safe to call twice, durable when it returns."""
    digest = hashlib.sha256(content).hexdigest()
    if settings.S3_BUCKET:
        if not default_storage.exists(_name(digest)):
            default_storage.save(_name(digest), ContentFile(content))
        return digest
    path = Path(settings.FILES_DIR, _name(digest))
    if not path.exists():
        _write_durably(path, content)
    return digest


def open_stored(digest: str) -> IO[bytes]:
    """The stored file for reading; raises Missing."""
    try:
        return default_storage.open(_name(digest), "rb")
    except FileNotFoundError as error:
        raise Missing(digest) from error


def read(digest: str) -> bytes:
    """The bytes stored under `digest`; raises Missing."""
    with open_stored(digest) as file:
        return file.read()


def erase(digest: str) -> None:
    """Throw the file away; nothing happens when there is none. The caller knows that no row names it."""
    default_storage.delete(_name(digest))


def holders() -> list[tuple[type[Model], str]]:
    """Every column of the desk that names a stored file: those called `sha256`, or something before it."""
    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.name.endswith("sha256")
    ]


def _name(digest: str) -> str:
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def _write_durably(path: Path, content: bytes) -> None:
    """Write beside, fsync, rename, fsync the folder: after a crash the file is whole or not there."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
