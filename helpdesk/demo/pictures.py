"""Files that customers and agents attach: small pictures and one-page documents, drawn here."""

import io
import math
import struct
import zipfile
import zlib
from functools import cache

WIDTH, HEIGHT = 360, 240


@cache
def photo(number: int) -> bytes:
    """A PNG of planks with a crack in them; every number another wood."""
    tone = (number * 47) % 60
    palette = b"".join(
        bytes((min(255, 70 + tone + level // 2), 40 + tone // 2 + level // 3, 20 + level // 5))
        for level in range(256)
    )
    rows = (b"\0" + bytes(_grain(x, y, number) for x in range(WIDTH)) for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    parts = [
        (b"IHDR", header),
        (b"PLTE", palette),
        (b"IDAT", zlib.compress(b"".join(rows), 6)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def document(*lines: str) -> bytes:
    """A one-page PDF with these lines of Latin text, the first one large."""
    text = " ".join(f"({_escaped(line)}) Tj T*" for line in lines[1:])
    page = f"BT /F1 20 Tf 60 760 Td ({_escaped(lines[0])}) Tj /F1 11 Tf 0 -40 Td 16 TL {text} ET".encode(
        "cp1252"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(page), page),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    return _bound(objects)


def _grain(x: int, y: int, number: int) -> int:
    """The brightness of one point of the wood."""
    crack = abs(x - (WIDTH * 0.4 + 40 * math.sin(y / 37 + number) + y / 5))
    if crack < 2 + y % 3:
        return 0
    seam = 60 if y % 80 < 2 else 0
    rings = math.sin((y % 80 + 9 * math.sin((x + 31 * number) / 60)) / 3.1)
    return max(0, min(255, int(150 + 50 * rings - seam + (x * 7 + y * 13) % 11)))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _escaped(line: str) -> str:
    line = line.encode("cp1252", "replace").decode("cp1252")
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _bound(objects: list[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table) + tail


def packed(name: str, content: bytes) -> bytes:
    """An archive with one file in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name, (2026, 11, 22, 8, 0, 0)), content)
    return out.getvalue()
