"""Files for the tests, made here: each as small as it can be and still be what it is."""

import base64
import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile

import zstandard

PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(200) + b"PE\0\0" + bytes(100)
ELF = b"\x7fELF\x02\x01\x01" + bytes(60)
SHORTCUT = b"\x4c\x00\x00\x00\x01\x14\x02\x00" + bytes(100)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"
ISO = bytes(32769) + b"CD001" + bytes(100)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
OLE_MACROS = OLE + "_VBA_PROJECT".encode("utf-16-le")
SEVEN = b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(60)
HTML = b"<!DOCTYPE html><html><script>1</script></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'


def zipped(**files: bytes) -> bytes:
    """A zip of files; in their names two underscores stand for a dot, three for a slash."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("___", "/").replace("__", "."), content)
    return out.getvalue()


def locked() -> bytes:
    """A zip whose one file has a password, told by a bit in both of its headers."""
    content = bytearray(zipped(a__txt=b"secret"))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + place] |= 1
    return bytes(content)


def bomb() -> bytes:
    """A few hundred kilobytes that unpack to 300 megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        block = bytes(30_000_000)
        for number in range(10):
            archive.writestr(f"{number}.txt", block)
    return out.getvalue()


def tarred(mode: str, **files: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            member = tarfile.TarInfo(name.replace("__", "."))
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


def office(folder: str, **more: bytes) -> bytes:
    return zipped(**{"[Content_Types]__xml": b"<Types/>", f"{folder}___document__xml": b"<a/>", **more})


def rar4(name: str, *, is_locked: bool = False) -> bytes:
    head = b"\x00\x00\x73" + struct.pack("<HH", 0, 13) + bytes(6)
    raw = name.encode()
    fields = struct.pack("<IIBIIBBHI", 5, 5, 2, 0, 0, 29, 48, len(raw), 32)
    block = b"\x00\x00\x74" + struct.pack("<HH", 0x8000 | 4 * is_locked, 7 + len(fields) + len(raw))
    return b"Rar!\x1a\x07\x00" + head + block + fields + raw + b"xxxxx"


def rar5(name: str) -> bytes:
    raw = name.encode()
    fields = bytes([2, 2, 5, 0, 5, 32, 0, 0, len(raw)]) + raw
    return b"Rar!\x1a\x07\x01\x00" + bytes(4) + bytes([len(fields)]) + fields + b"xxxxx"


RAR5_LOCKED = b"Rar!\x1a\x07\x01\x00" + bytes(4) + bytes([5, 4, 0, 0, 0, 0]) + bytes(20)
GZIP = gzip.compress(b"plain words")
BZIP2 = bz2.compress(b"plain words")
XZ = lzma.compress(PROGRAM)


def cabinet(*names: str, goes_on: bool = False) -> bytes:
    """A cabinet of files without contents (MS-CAB 2.1, 2.3)."""
    files = b"".join(struct.pack("<IIHHHH", 5, 0, 0, 0, 0, 0x80) + name.encode() + b"\0" for name in names)
    head = struct.pack(
        "<4sIIIIIBBHHHHH", b"MSCF", 0, 44 + len(files), 0, 44, 0, 3, 1, 1, len(names), int(goes_on), 1, 0
    )
    return head + bytes(8) + files


def zstandardised(content: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(content)


# Made by py7zr: "számla.exe", "docs/отчёт.txt" and an empty file; a text; one locked, one with its names.
SEVEN_PLAIN = base64.b64decode(
    "N3q8ryccAARPDPvyqQAAAAAAAAAWAAAAAAAAAEMabhbgADgADl0AJpaLlKUy9oOk4cPs4AAA4ACsAItdAACBMweuD89dLwwH"
    "sMPaKtdYZKyzeM5U3e3a1SmvDNDYnVwpAol1WmpFMj1GYF4Hcuqe70AOMs+b3yFhLwfzu4xF+mok6iIoIG5E9kFjP7DXslVN"
    "SZGQ+yLf8d6KgKVRG6DMgjFaZ4JHnR1P+niol2PJpX8dSIDxZDFUg3B/vh15goCTbKkXmjAAAAAAFwYWAQmAkwAHCwEAASEh"
    "ARgMgK0AAA=="
)
SEVEN_TEXT = base64.b64decode(
    "N3q8ryccAASAa/LXTgAAAAAAAAAUAAAAAAAAABSelhZhYmPgAEQAQ10AAIEzB64PzbkrUax5lVy5v5UYG0ZGt7mWzqACydmd"
    "hv0B4tgA7LVCjAo2vHTJ1Pe74mQgHd/noP6QPGY9G05mhgAAAAAXBgMBCUsABwsBAAEhIQEYDEUAAA=="
)
SEVEN_LOCKED = base64.b64decode(
    "N3q8ryccAARFmI7BeQAAAAAAAAAUAAAAAAAAAIHWvcrwZhVQe5Sodb53YHgHRyoQAQBkAQQGAAEJEAoBnnvpaQAHCwEAAiQG"
    "8QcBElMP2UD/8IWOvuxrUwKVU1i/XyEhARgBAAwHAwAICgHCQSQ1AAAFARENAGEALgB0AHgAdAAAABQKAQBgafKx+3zdARUG"
    "AQAggICBAAAAFwYQAQlpAAcLAQABISEBGAxlAAA="
)
SEVEN_HIDDEN = base64.b64decode(
    "N3q8ryccAARavKu7gAAAAAAAAAAoAAAAAAAAAAnl2WgBkV6TGQbgWvQyhJoOUaFIdwarQudxXITBvPj84lC7XcZamnBLi6Ln"
    "5cI/+dbUhr/9CjPm9hx2y/9O01TWMou0DV7eSWyqFYriyt7k0U0VssYkKxQQ8VhesdpcuIyRRV7CzJwgZsWkxXzapwUmLWGd"
    "UrvvYa+pGke0XvZIXC0N0xcGEAEJcAAHCwEAASQG8QcBElMP9JUTOcx7GT+2cEviCCsI+AxlAAA="
)
