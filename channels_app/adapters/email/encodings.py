"""Content-Transfer-Encoding undone (RFC 2045 6), forgiving what real mail programs do wrong."""

import binascii
import re

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]+")
_UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} [^\n]*\n", re.MULTILINE)


def decode(body: bytes, encoding: str) -> bytes:
    """The bytes a body stands for; an unknown encoding leaves them as they are."""
    match encoding.strip().strip("\"'").lower():
        case "base64":
            return from_base64(body)
        case "quoted-printable":
            return binascii.a2b_qp(body)
        case "x-uuencode" | "uuencode" | "x-uue":
            return from_uu(body)
    return body


def from_base64(text: bytes) -> bytes:
    """What base64 text holds: foreign characters skipped, padding in the middle or missing at the end."""
    text = text.translate(None, b"\r\n\t ")
    if len(text) % 4 == 0 and (b"=" not in text[:-2]):
        try:
            return binascii.a2b_base64(text, strict_mode=True)
        except binascii.Error:
            pass
    text = _NOT_BASE64.sub(b"", text)
    return b"".join(_quads(run) for run in re.split(b"=+", text) if run)


def from_uu(text: bytes) -> bytes:
    begin = _UU_BEGIN.search(text)
    lines = text[begin.end() :].splitlines() if begin else []
    content = []
    for line in lines:
        if line.strip() in {b"", b"`", b"end"}:
            break
        try:
            content.append(binascii.a2b_uu(line))
        except binascii.Error:  # some programs pad the line: take what its length byte promises
            content.append(binascii.a2b_uu(line[: (((line[0] - 32) & 63) * 4 + 5) // 3 + 1]))
    return b"".join(content) if begin else text


def _quads(run: bytes) -> bytes:
    spare = len(run) % 4
    if spare == 1:  # a single character holds no byte
        run, spare = run[:-1], 0
    return binascii.a2b_base64(run + b"=" * (-spare % 4))
