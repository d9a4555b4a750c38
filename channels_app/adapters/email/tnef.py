"""winmail.dat: the files and the text that Outlook packs for Outlook (MS-OXTNEF)."""

import logging
import re
import struct
from contextlib import suppress
from dataclasses import dataclass

from tnefparse import TNEF
from tnefparse.mapi import TNEFMAPI_Attribute

from channels_app.adapters.email import charset, rtf

logging.getLogger("tnefparse").setLevel(logging.CRITICAL)  # a broken package fills a log with warnings

TYPES = {"application/ms-tnef", "application/vnd.ms-tnef"}
NAMES = {"winmail.dat", "win.dat"}

_BAD = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    struct.error,
    LookupError,
)
_CONTENT_ID, _MIME_TAG = 0x3712, 0x370E
_NULS = re.compile(r"\x00+$")


@dataclass(frozen=True)
class Packed:
    """One file inside."""

    name: str
    content: bytes
    content_type: str = ""
    content_id: str = ""


@dataclass(frozen=True)
class Package:
    """What is inside: files, and the body as text or HTML, "" when there is none."""

    files: list[Packed]
    text: str = ""
    html: str = ""


def opened(raw: bytes) -> Package | None:
    """The contents of a package, None when it cannot be read. Never raises."""
    try:
        package = TNEF(raw, do_checksum=False)
    except Exception:  # broken packages raise anything in there: such a one stays a file as it is
        return None
    files = [packed for one in package.attachments if (packed := _file(one)) is not None]
    text, html = _words(package.body), _words(package.htmlbody)
    if not text and not html and package._rtfbody:
        html, text = rtf.opened(package._rtfbody)
    return Package(files, text, html) if files or text or html else None  # nothing read: it stays a file


def _file(attachment: object) -> Packed | None:
    data = getattr(attachment, "data", None)
    if not isinstance(data, bytes):
        return None
    name = ""
    with suppress(*_BAD):
        name = _words(attachment.long_filename()) or _words(attachment.name)  # type: ignore[attr-defined]
    found = {}
    for one in getattr(attachment, "mapi_attrs", []):
        if isinstance(one, TNEFMAPI_Attribute) and one.name in {_CONTENT_ID, _MIME_TAG}:
            found[one.name] = _words(one.data)
    return Packed(name, data, found.get(_MIME_TAG, ""), found.get(_CONTENT_ID, ""))


def _words(value: object) -> str:
    """Text of a property, whichever way the library hands it over."""
    if isinstance(value, list):
        value = value[0] if value else ""
    text = charset.decode(value) if isinstance(value, bytes) else str(value or "")
    return charset.storable(_NULS.sub("", text)).replace("\r\n", "\n").replace("\r", "\n")
