"""Tar, and one stream that is packed: a tar mostly, or a single file."""

import bz2
import gzip
import lzma
import tarfile
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import IO, Any

import zstandard

from tickets.inspection.archives.contents import HEAD, MOST_OF_ONE, Budget, Contents, Entry, is_looked_into

MOST_WINDOW = 64 * 1024 * 1024  # memory that a Zstandard stream may ask for


class _Metered:
    """A stream that stops tarfile from unpacking without end."""

    def __init__(self, stream: IO[bytes], budget: Budget) -> None:
        self._stream, self._budget = stream, budget

    def read(self, size: int = -1) -> bytes:
        return self._budget.take(self._stream, size if size >= 0 else self._budget.left + 1)


def tar(content: bytes, found: Contents, budget: Budget) -> Iterator[Entry]:
    yield from _members(BytesIO(content), budget)


def gzipped(content: bytes, found: Contents, budget: Budget) -> Iterator[Entry]:
    yield from _packed(lambda: gzip.GzipFile(fileobj=BytesIO(content)), _gzip_name(content), budget)


def bzipped(content: bytes, found: Contents, budget: Budget) -> Iterator[Entry]:
    yield from _packed(lambda: bz2.BZ2File(BytesIO(content)), "", budget)


def xzipped(content: bytes, found: Contents, budget: Budget) -> Iterator[Entry]:
    yield from _packed(lambda: lzma.open(BytesIO(content)), "", budget)  # noqa: SIM115 - closed there


def zstandardised(content: bytes, found: Contents, budget: Budget) -> Iterator[Entry]:
    """Zstandard (RFC 8878), with a bound on the memory that it may ask for."""
    packer = zstandard.ZstdDecompressor(max_window_size=MOST_WINDOW)
    yield from _packed(lambda: packer.stream_reader(BytesIO(content), read_across_frames=True), "", budget)


def _packed(opened: Callable[[], Any], name: str, budget: Budget) -> Iterator[Entry]:
    """A tar in a packed stream, or else the one file that was packed."""
    with opened() as stream:
        start = budget.take(stream, 1024)
    with opened() as stream:
        if start[257:262] == b"ustar":
            yield from _members(_Metered(stream, budget), budget)
        else:
            yield Entry(name, 0, budget.take(stream, MOST_OF_ONE))


def _members(stream: Any, budget: Budget) -> Iterator[Entry]:
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for member in archive:
            if member.isfile():
                opened = archive.extractfile(member)
                most = MOST_OF_ONE if is_looked_into(member.name) else HEAD
                yield Entry(member.name, member.size, budget.take(opened, most) if opened else b"")
            elif not member.isdir():
                yield Entry(member.name, 0)


def _gzip_name(content: bytes) -> str:
    """The name in the header (RFC 1952 2.3), "" when there is none."""
    if len(content) < 12 or not content[3] & 8 or content[3] & 4:
        return ""
    return content[10:].split(b"\0", 1)[0][:255].decode("latin-1")
