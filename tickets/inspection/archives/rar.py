"""The list of files of a RAR archive, from its headers: nothing in it is unpacked."""

from collections.abc import Iterator

from tickets.inspection.archives.contents import Contents, Entry


def entries(content: bytes, found: Contents) -> Iterator[Entry]:
    """The names and sizes in an archive. Raises IndexError and ValueError on a damaged one."""
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
