"""Pictures that a browser draws without running anything, told by their first bytes."""

import struct
from collections.abc import Callable
from dataclasses import dataclass

MOST_PIXELS = 50_000_000
"""Of a picture that is shown: a small file may unpack to more than a browser has memory for."""


@dataclass(frozen=True)
class Raster:
    content_type: str
    width: int
    height: int

    @property
    def is_reasonable(self) -> bool:
        return 0 < self.width * self.height <= MOST_PIXELS


def read(content: bytes) -> Raster | None:
    """The picture in these bytes, None when they are no PNG, JPEG, GIF, WebP, AVIF or BMP."""
    for signature, offset, content_type, measure in _FORMATS:
        if content.startswith(signature, offset):
            try:
                return Raster(content_type, *measure(content))
            except (struct.error, IndexError, ValueError):
                return None
    return None


def _png(content: bytes) -> tuple[int, int]:
    return struct.unpack_from(">II", content, 16)


def _gif(content: bytes) -> tuple[int, int]:
    return struct.unpack_from("<HH", content, 6)


def _bmp(content: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<ii", content, 18)
    return abs(width), abs(height)


def _jpeg(content: bytes) -> tuple[int, int]:
    """The size stands in the first frame header (ITU T.81 B.2.2)."""
    place = 2
    while True:
        marker, length = struct.unpack_from(">HH", content, place)
        if marker >> 8 != 0xFF or length < 2:
            raise ValueError("no segment")
        if 0xC0 <= marker & 0xFF <= 0xCF and marker & 0xFF not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", content, place + 5)
            return width, height
        place += 2 + length


def _webp(content: bytes) -> tuple[int, int]:
    """RFC 9649: three kinds of first chunk, each with its own place for the size."""
    kind = content[12:16]
    if kind == b"VP8X":
        return (
            int.from_bytes(content[24:27], "little") + 1,
            int.from_bytes(content[27:30], "little") + 1,
        )
    if kind == b"VP8L":
        bits = struct.unpack_from("<I", content, 21)[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", content, 26)
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError("no picture in it")


def _avif(content: bytes) -> tuple[int, int]:
    """The size is in the property box "ispe" (ISO 23008-12)."""
    place = content.index(b"ispe", 0, 8192)
    return struct.unpack_from(">II", content, place + 8)


_FORMATS: list[tuple[bytes, int, str, Callable[[bytes], tuple[int, int]]]] = [
    (b"\x89PNG\r\n\x1a\n", 0, "image/png", _png),
    (b"\xff\xd8\xff", 0, "image/jpeg", _jpeg),
    (b"GIF87a", 0, "image/gif", _gif),
    (b"GIF89a", 0, "image/gif", _gif),
    (b"WEBP", 8, "image/webp", _webp),
    (b"ftypavif", 4, "image/avif", _avif),
    (b"ftypavis", 4, "image/avif", _avif),
    (b"BM", 0, "image/bmp", _bmp),
]
