"""What is found in an archive, and how much of it may be unpacked to find that."""

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import IO

MOST_UNPACKED = 64 * 1024 * 1024  # bytes that we unpack of one archive, all told
MOST_OF_ONE = 16 * 1024 * 1024  # bytes of an archive in an archive that we look into
HEAD = 64 * 1024

_ARCHIVES = {".zip", ".jar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".rar", ".7z", ".cab", ".zst", ".tzst"}
_DOCUMENTS = {".docx", ".xlsx", ".docm", ".xlsm"}


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


class TooMuch(Exception):
    """The archive unpacks to more than we are ready to unpack."""


class Budget:
    """Bytes that may still be unpacked."""

    def __init__(self, size: int = MOST_UNPACKED) -> None:
        self.left = size

    def take(self, stream: IO[bytes], most: int) -> bytes:
        content = stream.read(min(most, self.left + 1))
        self.left -= len(content)
        if self.left < 0:
            raise TooMuch
        return content


def is_archive(name: str) -> bool:
    return PurePosixPath(name.lower()).suffix in _ARCHIVES


def is_looked_into(name: str) -> bool:
    """Whether more than the beginning of such a file is wanted: archives, and documents that are."""
    return is_archive(name) or PurePosixPath(name.lower()).suffix in _DOCUMENTS
