"""What is inside an archive: names and sizes, within limits, and never unpacked to disk."""

from collections.abc import Callable, Iterator

from tickets.inspection.archives import cabinet, packed, rar, sevenzip, zipped
from tickets.inspection.archives.contents import Budget, Contents, Entry, TooMuch, is_archive

__all__ = ["CLOSED", "DEEPEST", "OPENED", "Contents", "Entry", "look_into"]

MOST_ENTRIES = 5000
DEEPEST = 3  # archives in archives

_UNPACKED: dict[str, Callable[[bytes, Contents, Budget], Iterator[Entry]]] = {
    "application/zip": zipped.entries,
    "application/java-archive": zipped.entries,
    "application/x-tar": packed.tar,
    "application/gzip": packed.gzipped,
    "application/x-bzip2": packed.bzipped,
    "application/x-xz": packed.xzipped,
    "application/zstd": packed.zstandardised,
}
_LISTED: dict[str, Callable[[bytes, Contents], Iterator[Entry]]] = {
    "application/vnd.rar": rar.entries,
    "application/x-7z-compressed": sevenzip.entries,
    "application/vnd.ms-cab-compressed": cabinet.entries,
}
OPENED = {*_UNPACKED, *_LISTED}
CLOSED = {"application/x-arj", "application/x-lzh", "application/x-ace-compressed"}
"""Archives whose contents we cannot list."""


def look_into(content: bytes, content_type: str) -> Contents:
    """The files in an archive of this type. Never raises: what cannot be read is marked as damaged."""
    found = Contents()
    try:
        for entry in _entries(content, content_type, found):
            if len(found.entries) == MOST_ENTRIES:
                found.cut = True
                break
            found.entries.append(entry)
            # An archive in it that we do not have stays unknown.
            found.cut |= bool(entry.size) and not entry.head and is_archive(entry.name)
    except TooMuch:
        found.cut = found.bomb = True
    except Exception:  # readers of other people's formats raise whatever they like on damaged bytes
        found.damaged = True
    return found


def _entries(content: bytes, content_type: str, found: Contents) -> Iterator[Entry]:
    if unpack := _UNPACKED.get(content_type):
        yield from unpack(content, found, Budget())
    elif listed := _LISTED.get(content_type):
        yield from listed(content, found)
