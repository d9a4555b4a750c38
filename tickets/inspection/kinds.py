"""What the bytes of a file are: told by their signatures, and for texts by what stands in them."""

import re
import zipfile
from io import BytesIO

import filetype

from tickets.inspection import raster

LOOKED_AT = 64 * 1024  # bytes from the start that decide
PLAIN, UNKNOWN = "text/plain", "application/octet-stream"

PROGRAM = "application/x-executable"
SHORTCUT = "application/x-ms-shortcut"
DISK_IMAGE = "application/x-iso9660-image"
OLD_OFFICE = "application/x-ole-storage"
SCRIPT = "text/x-script"
_SIGNATURES: list[tuple[int, bytes, str]] = [
    (0, b"MZ", PROGRAM),
    (0, b"\x7fELF", PROGRAM),
    *(
        (0, magic, PROGRAM)
        for magic in (b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe")
    ),
    (0, b"\xca\xfe\xba\xbe", PROGRAM),
    (0, b"dex\n", PROGRAM),
    (0, b"\x4c\x00\x00\x00\x01\x14\x02\x00", SHORTCUT),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (0, b"ITSF", "application/vnd.ms-htmlhelp"),
    (0, b"conectix", DISK_IMAGE),
    (0, b"vhdxfile", DISK_IMAGE),
    (0, b"QFI\xfb", DISK_IMAGE),
    (32769, b"CD001", DISK_IMAGE),
    (0, b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", "application/onenote"),
    (0, b"%!PS", "application/postscript"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"MSCF", "application/vnd.ms-cab-compressed"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\x00", "application/x-xz"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (0, b"\x60\xea", "application/x-arj"),
    (2, b"-lh", "application/x-lzh"),
    (7, b"**ACE**", "application/x-ace-compressed"),
    (257, b"ustar", "application/x-tar"),
]
_OFFICE = {
    "word": "wordprocessingml.document",
    "xl": "spreadsheetml.sheet",
    "ppt": "presentationml.presentation",
}
_MARKUP = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|script|iframe|meta|form|table|object|embed)\b", re.IGNORECASE
)
_SVG = re.compile(rb"<\s*(?:[\w-]+:)?svg\b", re.IGNORECASE)
_CONTROL = bytes({*range(32)} - {9, 10, 11, 12, 13, 27})  # what no text is full of
_SHEBANG = re.compile(rb"#!\s*/")
_SCRIPTED = re.compile(
    rb"(?:WScript\.|CreateObject\s*\(|ActiveXObject|Shell\.Application|powershell(?:\.exe)?\s+-|Invoke-Expression|"
    rb"\bIEX\s*\(|DownloadString|FromBase64String\(|^@?echo off\b|^Set\s+\w+\s*=\s*CreateObject)",
    re.IGNORECASE | re.MULTILINE,
)


def of(content: bytes) -> str:
    """The content type of a file by its bytes alone; PLAIN for other texts, UNKNOWN for other bytes."""
    if picture := raster.read(content):
        return picture.content_type
    for offset, magic, content_type in _SIGNATURES:
        if content.startswith(magic, offset):
            return _program(content) if magic == b"MZ" else content_type
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(content)
    head = content[:LOOKED_AT]
    if _is_text(head):
        return _text(head)
    guessed = filetype.guess(head)
    return guessed.mime if guessed else UNKNOWN


def _program(content: bytes) -> str:
    """Two letters are few: a text may begin with MZ, a program has a header behind it."""
    return PLAIN if _is_text(content[:LOOKED_AT]) else PROGRAM


def _zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()[:2000]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "application/zip"
    if "[Content_Types].xml" in names:
        for folder, kind in _OFFICE.items():
            if any(name.startswith(f"{folder}/") for name in names):
                return f"application/vnd.openxmlformats-officedocument.{kind}"
    if "mimetype" in names and "META-INF/manifest.xml" in names:
        return "application/vnd.oasis.opendocument"
    if "AndroidManifest.xml" in names or "META-INF/MANIFEST.MF" in names:
        return "application/java-archive"
    return "application/zip"


def _text(head: bytes) -> str:
    plain = _narrow(head)
    if _SVG.search(plain):
        return "image/svg+xml"
    if _MARKUP.search(plain):
        return "text/html"
    if _SHEBANG.match(plain) or _SCRIPTED.search(plain):
        return SCRIPT
    if plain.lstrip().startswith(b"<?xml"):
        return "application/xml"
    if plain.startswith(b"BEGIN:VCALENDAR"):
        return "text/calendar"
    return "message/rfc822" if re.match(rb"(?:[A-Za-z-]+: [^\n]*\n(?:[ \t][^\n]*\n)*){3}", plain) else PLAIN


def _narrow(head: bytes) -> bytes:
    """UTF-16 and byte order marks off, so that one pattern reads every text."""
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8")):
        if head.startswith(mark):
            return head[len(mark) :].decode(codec, "ignore").encode()
    return head.lstrip(b"\x00 \t\r\n")


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    control = len(head) - len(head.translate(None, _CONTROL))
    return control * 100 <= len(head)
