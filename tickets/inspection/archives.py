"""What is inside an archive: names and sizes, within limits, and never unpacked to disk."""

import bz2
import gzip
import lzma
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO, Any

MOST_ENTRIES = 5000
MOST_UNPACKED = 64 * 1024 * 1024  # bytes that we unpack of one archive, all told
MOST_OF_ONE = 16 * 1024 * 1024  # bytes of an archive in an archive that we look into
DEEPEST = 3  # archives in archives
BOMB_RATIO, BOMB_SIZE = 200, 256 * 1024 * 1024
HEAD = 64 * 1024

OPENED = {
    *("application/zip", "application/java-archive", "application/x-tar", "application/gzip"),
    *("application/x-bzip2", "application/x-xz", "application/vnd.rar"),
}
CLOSED = {
    *(
        "application/x-7z-compressed",
        "application/vnd.ms-cab-compressed",
        "application/x-arj",
        "application/zstd",
    ),
    *("application/x-lzh", "application/x-ace-compressed"),
}
"""Archives whose contents we cannot list."""


@dataclass(frozen=True)
class Entry:
    name: str
    size: int
    head: bytes = b""
    """Its beginning, or the whole of a small archive; b"" when it could not be read."""


@dataclass
class Contents:
    entries: list[Entry] = field(default_factory=list)
    encrypted: bool = False
    cut: bool = False
    """There is more than we listed: too many, too deep, or too large to unpack."""
    bomb: bool = False
    damaged: bool = False


class _TooMuch(Exception):
    """The archive unpacks to more than we are ready to unpack."""


class _Budget:
    """Bytes that may still be unpacked."""

    def __init__(self, size: int) -> None:
        self.left = size

    def take(self, stream: IO[bytes], most: int) -> bytes:
        content = stream.read(min(most, self.left + 1))
        self.left -= len(content)
        if self.left < 0:
            raise _TooMuch
        return content


class _Metered:
    """A stream that stops tarfile from unpacking without end."""

    def __init__(self, stream: IO[bytes], budget: _Budget) -> None:
        self._stream, self._budget = stream, budget

    def read(self, size: int = -1) -> bytes:
        return self._budget.take(self._stream, size if size >= 0 else self._budget.left + 1)


def look_into(content: bytes, content_type: str) -> Contents:
    """The files in an archive of this type. Never raises: what cannot be read is marked as damaged."""
    found = Contents()
    reader = _READERS.get(content_type)
    if reader is None:
        return found
    try:
        for entry in reader(content, found, _Budget(MOST_UNPACKED)):
            if len(found.entries) == MOST_ENTRIES:
                found.cut = True
                break
            found.entries.append(entry)
    except _TooMuch:
        found.cut = found.bomb = True
    except Exception:  # readers of other people's formats raise whatever they like on damaged bytes
        found.damaged = True
    return found


def _zip(content: bytes, found: Contents, budget: _Budget) -> Iterator[Entry]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        entries = archive.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > BOMB_SIZE and unpacked > BOMB_RATIO * len(content):
            found.bomb = found.cut = True
        for entry in entries:
            if entry.is_dir():
                continue
            is_locked = bool(entry.flag_bits & 1)
            found.encrypted |= is_locked
            head = b"" if is_locked or found.bomb else _head(archive, entry, budget)
            yield Entry(entry.filename, entry.file_size, head)


def _head(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: _Budget) -> bytes:
    wanted = MOST_OF_ONE if entry.file_size <= MOST_OF_ONE and _is_archive(entry.filename) else HEAD
    try:
        with archive.open(entry) as stream:
            return budget.take(stream, wanted)
    except _TooMuch:
        raise
    except Exception:  # one damaged file does not hide the names of the others
        return b""


def _tar(content: bytes, found: Contents, budget: _Budget) -> Iterator[Entry]:
    yield from _members(BytesIO(content), budget)


def _packed_tar(stream: Any, name: str, found: Contents, budget: _Budget) -> Iterator[Entry]:
    """A tar in a packed stream, or else the one file that was packed."""
    start = budget.take(stream, 1024)
    stream.seek(0)
    if start[257:262] == b"ustar":
        yield from _members(_Metered(stream, budget), budget)
    else:
        yield Entry(name, 0, budget.take(stream, MOST_OF_ONE))


def _members(stream: Any, budget: _Budget) -> Iterator[Entry]:
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for member in archive:
            if member.isfile():
                opened = archive.extractfile(member)
                most = MOST_OF_ONE if _is_archive(member.name) else HEAD
                yield Entry(member.name, member.size, budget.take(opened, most) if opened else b"")
            elif not member.isdir():
                yield Entry(member.name, 0)


def _gzip(content: bytes, found: Contents, budget: _Budget) -> Iterator[Entry]:
    with gzip.GzipFile(fileobj=BytesIO(content)) as stream:
        yield from _packed_tar(stream, _gzip_name(content), found, budget)


def _bzip2(content: bytes, found: Contents, budget: _Budget) -> Iterator[Entry]:
    with bz2.BZ2File(BytesIO(content)) as stream:
        yield from _packed_tar(stream, "", found, budget)


def _xz(content: bytes, found: Contents, budget: _Budget) -> Iterator[Entry]:
    with lzma.LZMAFile(BytesIO(content)) as stream:
        yield from _packed_tar(stream, "", found, budget)


def _gzip_name(content: bytes) -> str:
    """The name in the header (RFC 1952 2.3), "" when there is none."""
    if len(content) < 12 or not content[3] & 8 or content[3] & 4:
        return ""
    return content[10:].split(b"\0", 1)[0][:255].decode("latin-1")


def _rar(content: bytes, found: Contents, budget: _Budget) -> Iterator[Entry]:
    yield from (_rar5 if content[6:7] == b"\x01" else _rar4)(content, found)


def _rar4(content: bytes, found: Contents) -> Iterator[Entry]:
    """Blocks of RAR 1.5 to 4: type 0x74 is a file, 0x73 the archive; flags tell of a password."""
    place = 7
    while place + 7 <= len(content):
        kind, flags = content[place + 2], int.from_bytes(content[place + 3 : place + 5], "little")
        size = int.from_bytes(content[place + 5 : place + 7], "little")
        if size < 7 or (kind == 0x73 and flags & 0x80):
            found.encrypted |= size >= 7
            found.damaged |= size < 7
            return
        block = content[place : place + size]
        more = int.from_bytes(block[7:11], "little") if flags & 0x8000 or kind == 0x74 else 0
        if kind == 0x74:
            found.encrypted |= bool(flags & 4)
            length = int.from_bytes(block[26:28], "little")
            start = 40 if flags & 0x100 else 32
            name = block[start : start + length].split(b"\0")[0].decode("utf-8", "replace")
            yield Entry(name.replace("\\", "/"), int.from_bytes(block[11:15], "little"))
        if kind == 0x7B:
            return
        place += size + more


def _rar5(content: bytes, found: Contents) -> Iterator[Entry]:
    """Headers of RAR 5: numbers of seven bits a byte; type 2 is a file, 4 means that all is encrypted."""
    place = 8
    while place + 7 <= len(content):
        size, body = _number(content, place + 4)
        end = body + size
        kind, at = _number(content, body)
        flags, at = _number(content, at)
        extra, at = _number(content, at) if flags & 1 else (0, at)
        more, at = _number(content, at) if flags & 2 else (0, at)
        if kind in (4, 5) or end > len(content):
            found.encrypted |= kind == 4
            return
        if kind == 2:
            entry, is_locked = _rar5_file(content, at, end - extra, end)
            found.encrypted |= is_locked
            yield entry
        place = end + more


def _rar5_file(content: bytes, at: int, extra: int, end: int) -> tuple[Entry, bool]:
    flags, at = _number(content, at)
    size, at = _number(content, at)
    _attributes, at = _number(content, at)
    at += 4 * bool(flags & 2) + 4 * bool(flags & 4)
    for _field in ("compression", "system"):
        _value, at = _number(content, at)
    length, at = _number(content, at)
    is_locked = False
    while extra < end:
        record, start = _number(content, extra)
        kind, _rest = _number(content, start)
        is_locked |= kind == 1
        extra = start + max(record, 1)
    return Entry(content[at : at + length].decode("utf-8", "replace"), size), is_locked


def _number(content: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = content[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if not byte & 0x80:
            return value, at
        if shift > 63:
            raise ValueError("no number")


def _is_archive(name: str) -> bool:
    ending = PurePosixPath(name.lower()).suffix
    return ending in {
        ".zip",
        ".jar",
        ".tar",
        ".gz",
        ".tgz",
        ".bz2",
        ".xz",
        ".rar",
        ".docx",
        ".xlsx",
        ".docm",
        ".xlsm",
    }


_READERS = {
    "application/zip": _zip,
    "application/java-archive": _zip,
    "application/x-tar": _tar,
    "application/gzip": _gzip,
    "application/x-bzip2": _bzip2,
    "application/x-xz": _xz,
    "application/vnd.rar": _rar,
}
