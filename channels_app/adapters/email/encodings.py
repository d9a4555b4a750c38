"""Content-Transfer-Encoding undone (RFC 2045 6), forgiving what real mail programs do wrong."""

import binascii
import re

from channels_app.adapters.email import enclosed

PLAIN_SHARE = 0.12  # more signs that base64 does not have, and it is no base64
FEW_SIGNS = 4
CODE_SHARE = 0.25  # so much at least of what is labelled base64 must be it

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]+")
_TEXT_LINE = re.compile(
    rb"^.*[A-Za-z,.:] [A-Za-z].*$|^[-_=*~]{5,}[ \t]*\r?$|^\S+@\S+\r?$|^https?:\S+\r?$", re.MULTILINE
)
_SOFT_BREAK = re.compile(rb"=[ \t]+(?=\r?\n|\Z)")
_QUOTED = re.compile(rb"=[0-9A-F]{2}=[0-9A-F]{2}")
_NOT_QUOTED = re.compile(rb"=(?![0-9A-F]{2}|[ \t]*\r?\n|\Z)")
_URL_SAFE = re.compile(rb"[A-Za-z0-9_-]+=*")
_NAME = re.compile(r"[a-z0-9]+")


def decode(body: bytes, encoding: str) -> bytes:
    """The bytes a body stands for; an unknown encoding leaves them as they are."""
    match named(encoding):
        case "base64":
            return from_base64(body) if _is_base64(body) else body
        case "quotedprintable":
            return from_quoted_printable(body)
        case "xuuencode" | "uuencode" | "xuue" | "uue":
            return from_uu(body)
        case "xyencode" | "xyenc" | "yenc":
            found = enclosed.yenc(body)
            return found[0].content if found else body
    return body


def named(encoding: str) -> str:
    """An encoding's name without what is not its name: "Base-64;" is base64."""
    bare = re.split(r"[;(,]", encoding.strip().strip("\"'").lower())[0]
    return "".join(_NAME.findall(bare))


def from_quoted_printable(text: bytes) -> bytes:
    """Also with blanks behind the sign of a soft line break."""
    return binascii.a2b_qp(_SOFT_BREAK.sub(b"=", text) if b"= " in text or b"=\t" in text else text)


def is_quoted_unsaid(body: bytes) -> bool:
    """Whether words are quoted-printable though nothing says so: every "=" is a code, and they make UTF-8."""
    if not _QUOTED.search(body) or not body.isascii() or _NOT_QUOTED.search(body):
        return False
    try:
        return not from_quoted_printable(body).decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def from_base64(text: bytes) -> bytes:
    """What base64 text holds: foreign characters skipped, padding in the middle or missing at the end."""
    packed = text.translate(None, b"\r\n\t ")
    if _URL_SAFE.fullmatch(packed) and (b"-" in packed or b"_" in packed):
        text = packed = packed.translate(bytes.maketrans(b"-_", b"+/"))  # RFC 4648 5
    if len(packed) % 4 == 0 and (b"=" not in packed[:-2]):
        try:
            return binascii.a2b_base64(packed, strict_mode=True)
        except binascii.Error:
            pass
    if b" " in text:  # what a list or a scanner wrote below, or a line of a mail program's own
        text = _TEXT_LINE.sub(b"", text)
    packed = _NOT_BASE64.sub(b"", text)
    return b"".join(_quads(run) for run in re.split(b"=+", packed) if run)


def from_uu(text: bytes) -> bytes:
    """The first uuencoded file in `text`, or `text` itself when there is none."""
    found = enclosed.uuencoded(text)
    return found[0].content if found else text


def _is_base64(body: bytes) -> bool:
    """Whether a body labelled so is: not when it is words, though words may follow it."""
    sample = body[:4096]
    if b" " in sample:
        sample = _TEXT_LINE.sub(b"", sample)
    code = len(_NOT_BASE64.sub(b"", sample))
    foreign = len(sample) - code - sum(map(sample.count, (b"\r", b"\n", b"\t", b" ")))
    return foreign <= max(FEW_SIGNS, PLAIN_SHARE * len(sample)) and code >= CODE_SHARE * min(len(body), 4096)


def _quads(run: bytes) -> bytes:
    spare = len(run) % 4
    if spare == 1:  # a single character holds no byte
        run, spare = run[:-1], 0
    return binascii.a2b_base64(run + b"=" * (-spare % 4))
