"""The list of files of a 7z archive, read from its header alone: nothing in it is unpacked.

After "7zFormat.txt" of the 7-Zip project: numbers of one to nine bytes, properties each with its size. The
header itself is mostly packed, by LZMA or LZMA2.
"""

import lzma
from collections.abc import Iterator
from dataclasses import dataclass, field

from tickets.inspection.archives.contents import Contents, Entry

MOST_HEADER = 8 * 1024 * 1024  # bytes of an unpacked header: some 100,000 names
MOST_WINDOW = 64 * 1024 * 1024  # memory that a packed header may ask for
MOST_FOLDERS = 100_000

_END, _HEADER, _ARCHIVE, _EXTRA, _STREAMS, _FILES = 0, 1, 2, 3, 4, 5
_PACKS, _FOLDERS, _PARTS, _SIZE, _CRC, _FOLDER, _UNPACKED, _COUNTS = 6, 7, 8, 9, 10, 11, 12, 13
_EMPTY_STREAM, _EMPTY_FILE, _NAMES, _PACKED_HEADER = 14, 15, 17, 23
_COPY, _LZMA, _LZMA2, _AES = b"\0", b"\x03\x01\x01", b"\x21", b"\x06\xf1\x07\x01"


class _Broken(Exception):
    """It is not written as 7z archives are."""


@dataclass
class _Folder:
    """Coders behind each other: (id, properties), and the sizes of what they give out."""

    coders: list[tuple[bytes, bytes]] = field(default_factory=list)
    outputs: int = 0
    bound: set[int] = field(default_factory=set)
    sizes: list[int] = field(default_factory=list)
    has_digest: bool = False

    @property
    def size(self) -> int:
        return next((size for n, size in enumerate(self.sizes) if n not in self.bound), 0)


@dataclass
class _Streams:
    start: int = 0
    packed: list[int] = field(default_factory=list)
    folders: list[_Folder] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    """Sizes of the files in all folders, in order."""

    @property
    def is_locked(self) -> bool:
        return any(coder == _AES for folder in self.folders for coder, _properties in folder.coders)


class _Reader:
    """A place in the header that moves on; beyond the end is an error."""

    def __init__(self, content: bytes) -> None:
        self.content, self.at = content, 0

    def take(self, size: int) -> bytes:
        if size > len(self.content) - self.at:
            raise _Broken
        self.at += size
        return self.content[self.at - size : self.at]

    def byte(self) -> int:
        return self.take(1)[0]

    def number(self) -> int:
        first, value = self.byte(), 0
        for place in range(8):
            mask = 0x80 >> place
            if not first & mask:
                return value | (first & (mask - 1)) << 8 * place
            value |= self.byte() << 8 * place
        return value

    def count(self, most: int) -> int:
        """A number of things of which each takes a place in the header."""
        found = self.number()
        if found > most:
            raise _Broken
        return found

    def bits(self, count: int) -> list[bool]:
        packed = self.take((count + 7) // 8)
        return [bool(packed[n // 8] & 0x80 >> n % 8) for n in range(count)]

    def some(self, count: int) -> list[bool]:
        return [True] * count if self.byte() else self.bits(count)

    def expect(self, wanted: int) -> None:
        if self.number() != wanted:
            raise _Broken

    def digests(self, count: int) -> list[bool]:
        """Checksums are not looked at; which of the things have one."""
        known = self.some(count)
        self.take(4 * sum(known))
        return known


def entries(content: bytes, found: Contents) -> Iterator[Entry]:
    """The names and sizes in an archive. Raises _Broken and LZMAError on a damaged one."""
    header = content[32 + int.from_bytes(content[12:20], "little") :]
    header = header[: int.from_bytes(content[20:28], "little")]
    if not header and len(content) > 32:
        raise _Broken
    for _layer in range(4):
        reader = _Reader(header)
        kind = reader.byte() if header else _HEADER
        if kind != _PACKED_HEADER:
            break
        streams = _streams(reader)
        if streams.is_locked:
            found.encrypted = True  # even the names
            return
        header = _unpacked(content, streams)
    if kind != _HEADER:
        raise _Broken
    if header:
        yield from _listed(reader, found)


def _listed(reader: _Reader, found: Contents) -> Iterator[Entry]:
    streams = _Streams()
    while (kind := reader.number()) != _END:
        if kind == _FILES:
            yield from _files(reader, streams)
            return
        streams = _before_the_files(kind, reader, streams)
        found.encrypted |= streams.is_locked


def _before_the_files(kind: int, reader: _Reader, streams: _Streams) -> _Streams:
    """Read what else a header has; the streams of the files, if it was they."""
    if kind == _STREAMS:
        return _streams(reader)
    if kind == _EXTRA:
        _streams(reader)
    elif kind == _ARCHIVE:
        while reader.number() != _END:
            reader.take(reader.number())
    else:
        raise _Broken
    return streams


def _files(reader: _Reader, streams: _Streams) -> Iterator[Entry]:
    count = reader.count(len(reader.content))
    names: list[str] = []
    without, files = [False] * count, []
    while (kind := reader.number()) != _END:
        rest = _Reader(reader.take(reader.number()))
        if kind == _EMPTY_STREAM:
            without = rest.bits(count)
        elif kind == _EMPTY_FILE:
            files = rest.bits(sum(without))
        elif kind == _NAMES:
            rest.expect(0)  # the names are here, and not in a stream
            names = rest.take(len(rest.content) - rest.at).decode("utf-16-le", "replace").split("\0")
    if len(names) <= count - 1:
        raise _Broken
    sizes, empty = iter(streams.parts), iter(files)
    for number in range(count):
        if not without[number]:
            yield Entry(names[number], next(sizes, 0))
        elif next(empty, False):
            yield Entry(names[number], 0)


def _streams(reader: _Reader) -> _Streams:
    found = _Streams()
    while (kind := reader.number()) != _END:
        if kind not in _OF_STREAMS:
            raise _Broken
        _OF_STREAMS[kind](reader, found)
    found.parts = found.parts or [folder.size for folder in found.folders]
    return found


def _packs(reader: _Reader, found: _Streams) -> None:
    found.start = reader.number()
    count = reader.count(len(reader.content))
    while (kind := reader.number()) != _END:
        if kind == _SIZE:
            found.packed = [reader.number() for _each in range(count)]
        elif kind == _CRC:
            reader.digests(count)
        else:
            raise _Broken


def _folders(reader: _Reader, found: _Streams) -> None:
    reader.expect(_FOLDER)
    count = reader.count(min(MOST_FOLDERS, len(reader.content)))
    if reader.byte():
        raise _Broken  # described in a stream of their own, which nothing writes
    found.folders = [_folder(reader) for _each in range(count)]
    reader.expect(_UNPACKED)
    for folder in found.folders:
        folder.sizes = [reader.number() for _each in range(folder.outputs)]
    while (kind := reader.number()) != _END:
        if kind != _CRC:
            raise _Broken
        for folder, known in zip(found.folders, reader.digests(count), strict=True):
            folder.has_digest = known


def _folder(reader: _Reader) -> _Folder:
    folder, inputs = _Folder(), 0
    for _each in range(reader.count(32)):
        flags = reader.byte()
        coder = reader.take(flags & 15)
        takes, gives = (reader.count(32), reader.count(32)) if flags & 16 else (1, 1)
        folder.coders.append((coder, reader.take(reader.number()) if flags & 32 else b""))
        inputs, folder.outputs = inputs + takes, folder.outputs + gives
    for _pair in range(folder.outputs - 1):
        reader.number()
        folder.bound.add(reader.number())
    streams = inputs - (folder.outputs - 1)
    for _stream in range(streams if streams > 1 else 0):
        reader.number()
    return folder


def _parts(reader: _Reader, found: _Streams) -> None:
    """How the unpacked streams are cut into files: the size of the last in each is what is left."""
    counts = [1] * len(found.folders)
    kind = reader.number()
    if kind == _COUNTS:
        counts = [reader.count(len(reader.content) * 8) for _each in found.folders]
        kind = reader.number()
    if sum(counts) > len(reader.content) * 8:
        raise _Broken
    listed = kind == _SIZE
    for count, folder in zip(counts, found.folders, strict=True):
        sizes = [reader.number() if listed else 0 for _each in range(count - 1)]
        found.parts += [*sizes, max(folder.size - sum(sizes), 0)] if count else []
    kind = reader.number() if listed else kind
    while kind != _END:
        if kind != _CRC:
            raise _Broken
        pairs = zip(counts, found.folders, strict=True)
        reader.digests(sum(0 if count == 1 and folder.has_digest else count for count, folder in pairs))
        kind = reader.number()


_OF_STREAMS = {_PACKS: _packs, _FOLDERS: _folders, _PARTS: _parts}


def _unpacked(content: bytes, streams: _Streams) -> bytes:
    """The header that these streams hold, by the one coder that programs use for it."""
    if len(streams.folders) != 1 or len(streams.folders[0].coders) != 1 or not streams.packed:
        raise _Broken
    folder = streams.folders[0]
    packed = content[32 + streams.start :][: streams.packed[0]]
    (coder, properties), size = folder.coders[0], folder.size
    if size > MOST_HEADER:
        raise _Broken
    if coder == _COPY:
        return packed
    reader = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[_filter(coder, properties)])
    return reader.decompress(packed, size)


def _filter(coder: bytes, properties: bytes) -> dict[str, int]:
    """What lzma is told of a coder, from its properties ("7zFormat.txt" and LZMA's own description)."""
    if coder == _LZMA and len(properties) == 5:
        first, window = properties[0], int.from_bytes(properties[1:], "little")
        told = {"id": lzma.FILTER_LZMA1, "lc": first % 9, "lp": first // 9 % 5, "pb": first // 45}
    elif coder == _LZMA2 and len(properties) == 1 and properties[0] <= 40:
        window = (2 | properties[0] & 1) << (properties[0] // 2 + 11)
        told = {"id": lzma.FILTER_LZMA2}
    else:
        raise _Broken
    if window > MOST_WINDOW:
        raise _Broken
    return {**told, "dict_size": max(window, 4096)}
