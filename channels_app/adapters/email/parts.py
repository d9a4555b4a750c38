"""MIME parts on their way out, as chunks of whole lines, so that a file is never in memory as a whole."""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from typing import IO, cast
from urllib.parse import quote

from channels_app import files
from tickets.models import Attachment

FILE_CHUNK = 57 * 1024  # a base64 line carries 57 bytes, so chunks of whole lines join without a seam
LONGEST_LINE = 900  # RFC 5321 4.5.3.1.6 allows 998
LONGEST_PIECE = 200

_TYPE = re.compile(r"(application|audio|font|image|model|text|video)/[\w.+-]+", re.ASCII)
_PIECE = re.compile(r"(?:%[0-9A-F]{2}|[^%]){1,60}")
_NOT_ID = re.compile(r"[^!-;=?-~]")


def multipart(kind: str, seed: str, parts: list[Iterator[bytes]]) -> Iterator[bytes]:
    """The parts under one head. No encoded line has "=_" in it, so none can be taken for the boundary."""
    boundary = f"=_{kind}_{hashlib.sha256(f'{kind}{seed}'.encode()).hexdigest()[:24]}".encode()
    yield b'Content-Type: multipart/%b; boundary="%b"\r\n\r\n' % (kind.encode(), boundary)
    for part in parts:
        yield b"--%b\r\n" % boundary
        yield from part
    yield b"--%b--\r\n" % boundary


def text(content: str, subtype: str) -> Iterator[bytes]:
    """A text as it is where it is short-lined ASCII, else in the shorter of the two encodings."""
    raw = content.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    if raw.isascii() and all(len(line) <= LONGEST_LINE for line in raw.split(b"\r\n")):
        encoding, body = b"7bit", raw
    elif _is_mostly_ascii(raw):
        encoding, body = b"quoted-printable", binascii.b2a_qp(raw + b"\r\n")  # it breaks lines like the first
    else:
        encoding, body = b"base64", base64_lines(raw)
    yield b"Content-Type: text/%b; charset=utf-8\r\n" % subtype.encode()
    yield b"Content-Transfer-Encoding: %b\r\n\r\n" % encoding
    yield body if body.endswith(b"\r\n") else body + b"\r\n"


def file(attachment: Attachment) -> Iterator[bytes]:
    """A file, read while it is sent. Raises files.Missing."""
    content_type = attachment.content_type
    content_type = content_type if _TYPE.fullmatch(content_type) else "application/octet-stream"
    disposition = "inline" if attachment.inline else "attachment"
    head = [f"Content-Type: {content_type}", "Content-Transfer-Encoding: base64"]
    head.append(f"Content-Disposition: {disposition};{_file_name(attachment.name or 'file')}")
    if attachment.content_id:
        head.append(f"Content-ID: <{_NOT_ID.sub('', attachment.content_id)}>")
    yield "\r\n".join([*head, "", ""]).encode()
    with cast(IO[bytes], files.open_stored(attachment.sha256)) as stored:
        while block := stored.read(FILE_CHUNK):
            yield base64_lines(block)


def base64_lines(raw: bytes) -> bytes:
    return base64.encodebytes(raw).replace(b"\n", b"\r\n")


def _is_mostly_ascii(raw: bytes) -> bool:
    return len(raw.translate(None, bytes(range(128)))) * 6 < len(raw)


def _file_name(name: str) -> str:
    """The file's name as a parameter: in quotes, or where that cannot hold it in pieces (RFC 2231)."""
    if name.isascii() and name.isprintable() and len(name) <= LONGEST_PIECE:
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'\r\n filename="{escaped}"'
    pieces = _PIECE.findall(quote(name, safe=""))
    if len(pieces) == 1:
        return f"\r\n filename*=utf-8''{pieces[0]}"
    pieces[0] = f"utf-8''{pieces[0]}"
    return ";".join(f"\r\n filename*{number}*={piece}" for number, piece in enumerate(pieces))
