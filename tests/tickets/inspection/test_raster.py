"""Pictures by their bytes."""

import struct
import zlib

import pytest

from tickets.inspection import raster


def png(width: int, height: int) -> bytes:
    head = struct.pack(">II", width, height) + b"\x08\x02\x00\x00\x00"
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


def jpeg(width: int, height: int) -> bytes:
    segments = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + b"\xff\xdb\x00\x04\x00\x00"
    return b"\xff\xd8" + segments + b"\xff\xc2\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03"


def gif(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\x00\x00\x00"


def bmp(width: int, height: int) -> bytes:
    return b"BM" + bytes(12) + struct.pack("<Iii", 40, width, -height)


def webp(kind: bytes, rest: bytes) -> bytes:
    return b"RIFF\x00\x00\x00\x00WEBP" + kind + rest


def avif(width: int, height: int) -> bytes:
    box = b"\x00\x00\x00\x14ispe\x00\x00\x00\x00" + struct.pack(">II", width, height)
    return b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00mif1" + box


EXTENDED = webp(b"VP8X", bytes(8) + (99).to_bytes(3, "little") + (49).to_bytes(3, "little"))
LOSSLESS = webp(b"VP8L", bytes(4) + b"\x2f" + struct.pack("<I", 99 | 49 << 14))
LOSSY = webp(b"VP8 ", bytes(10) + struct.pack("<HH", 100, 50))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        *[(png(100, 50), "png"), (jpeg(100, 50), "jpeg"), (gif(100, 50), "gif"), (bmp(100, 50), "bmp")],
        *[(EXTENDED, "webp"), (LOSSLESS, "webp"), (LOSSY, "webp"), (avif(100, 50), "avif")],
    ],
)
def test_a_picture_is_told_and_measured(content, kind):
    assert raster.read(content) == raster.Raster(f"image/{kind}", 100, 50)


@pytest.mark.parametrize(
    "content",
    [
        *(
            b"",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"<html>GIF89a",
            b"%PDF-1.7",
            b"\xff\xd8\xff",
            b"BM",
        ),
        *(
            b"\x89PNG\r\n\x1a\n",
            b"\xff\xd8\xff\xe0\x00\x00",
            webp(b"XXXX", bytes(30)),
            b"\x00\x00\x00\x1cftypavif",
        ),
    ],
)
def test_what_is_none(content):
    assert raster.read(content) is None


def test_a_picture_larger_than_memory_is_unreasonable():
    assert raster.read(png(4000, 3000)).is_reasonable
    assert not raster.read(png(60_000, 60_000)).is_reasonable
    assert not raster.read(png(0, 100)).is_reasonable
