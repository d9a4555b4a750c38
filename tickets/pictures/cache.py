"""Remote pictures as they were fetched, for a week, in a folder of this machine that may be emptied."""

import hashlib
import json
import os
import secrets
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

KEPT_SECONDS = 7 * 24 * 3600
FAILED_SECONDS = 600
MOST_BYTES = 512 * 1024 * 1024
SWEPT_EVERY = 3600  # seconds, at the earliest: whoever keeps a picture sweeps, on each machine its own


@dataclass(frozen=True, kw_only=True)
class Picture:
    content_type: str = ""
    trouble: str = ""
    """Why there is none: a code, "" when there is one."""
    content: bytes = b""


def find(url: str) -> Picture | None:
    """The picture of this address, None when it was not fetched lately."""
    path = _path(url)
    try:
        told, _line, content = path.read_bytes().partition(b"\n")
        picture = Picture(**json.loads(told), content=content)
        age = time.time() - path.stat().st_mtime
    except (OSError, ValueError, TypeError):
        return None
    return picture if age < (FAILED_SECONDS if picture.trouble else KEPT_SECONDS) else None


def keep(url: str, picture: Picture) -> Picture:
    """Keep what came from an address; nothing happens when the disk is full."""
    path = _path(url)
    told = {name: value for name, value in asdict(picture).items() if name != "content"}
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        fresh.write_bytes(json.dumps(told).encode() + b"\n" + picture.content)
        fresh.rename(path)
        _sweep_now_and_then()
    except OSError:
        return picture
    return picture


def sweep(now: float) -> None:
    """Throw away what is too old, and the oldest when all together is too much."""
    known = sorted(((stat.st_mtime, stat.st_size, path) for path, stat in _kept()), reverse=True)
    total = 0
    for modified, size, path in known:
        total += size
        if total > MOST_BYTES or now - modified > KEPT_SECONDS:
            path.unlink(missing_ok=True)


def folder() -> Path:
    """Where pictures from elsewhere are kept for a while."""
    return Path(settings.DATA_DIR) / "cache" / "pictures"


def _kept() -> Iterator[tuple[Path, os.stat_result]]:
    for path in folder().glob("??/*"):
        try:
            yield path, path.stat()
        except FileNotFoundError:
            continue


def _sweep_now_and_then() -> None:
    mark = folder() / "swept"
    now = time.time()
    if not mark.exists() or now - mark.stat().st_mtime > SWEPT_EVERY:
        mark.touch()
        sweep(now)


def _path(url: str) -> Path:
    digest = hashlib.sha256(url.encode()).hexdigest()
    return folder() / digest[:2] / digest
