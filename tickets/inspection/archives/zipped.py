"""Zip, and what is a zip under another name."""

import zipfile
from collections.abc import Iterator
from io import BytesIO

from tickets.inspection.archives.contents import (
    HEAD,
    MOST_OF_ONE,
    Budget,
    Contents,
    Entry,
    TooMuch,
    is_looked_into,
)

BOMB_RATIO, BOMB_SIZE = 200, 256 * 1024 * 1024


def entries(content: bytes, found: Contents, budget: Budget) -> Iterator[Entry]:
    """The files, each with its beginning."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        listed = archive.infolist()
        unpacked = sum(entry.file_size for entry in listed)
        if unpacked > BOMB_SIZE and unpacked > BOMB_RATIO * len(content):
            found.bomb = found.cut = True
        for entry in listed:
            if entry.is_dir():
                continue
            is_locked = bool(entry.flag_bits & 1)
            found.encrypted |= is_locked
            head = b"" if is_locked or found.bomb else _head(archive, entry, budget)
            yield Entry(entry.filename, entry.file_size, head)


def _head(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> bytes:
    wanted = MOST_OF_ONE if entry.file_size <= MOST_OF_ONE and is_looked_into(entry.filename) else HEAD
    try:
        with archive.open(entry) as stream:
            return budget.take(stream, wanted)
    except TooMuch:
        raise
    except Exception:  # one damaged file does not hide the names of the others
        return b""
