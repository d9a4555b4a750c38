"""Raw mail to a tree of parts (RFC 2045, 2046). Never raises: what cannot be split stays a whole part."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from channels_app.adapters.email import charset, encodings, flowed, headers, heads

MAX_DEPTH = 50
MAX_PARTS = 5000

ODD_TYPES = {
    "text": "text/plain",
    "plain": "text/plain",
    "plain/text": "text/plain",
    "html": "text/html",
    "html/text": "text/html",
    "multipart": "multipart/mixed",
    "message": "message/rfc822",
}

_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
_GUESSED_DELIMITER = re.compile(rb"^--(?=\S)([^\r\n]{1,200}?)[ \t]*\r?\n(?=[Cc]ontent-|\r?\n)", re.MULTILINE)
_ANY_DELIMITER = re.compile(rb"^--(?=[^\s-]|-+=?_)([^\r\n]{1,200}?)[ \t]*\r?$", re.MULTILINE)
_DELIMITER_END = re.compile(rb"(--)?[ \t]*(?:\r?\n|\Z)")
_META = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_CHARSET = re.compile(
    rb"=\?([\w.:-]{2,40})(?:\*[\w-]{0,20})?\?[BbQq]\?|charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE
)
_SAY_NOTHING = {"", "ascii", "utf-8", "iso8859-1"}
_TRANSFORMED = {"base64", "quotedprintable"}
_UNSAID = {"", "7bit", "8bit"}
_READ = {"text/plain", "text/html"}


@dataclass
class Part:
    """One part: its headers, its body as it stands, and its children when it is a multipart."""

    headers: headers.Headers
    body: bytes
    default_type: str = "text/plain"
    children: list["Part"] = field(default_factory=list)

    @cached_property
    def _typed(self) -> tuple[str, dict[str, str]]:
        value, parameters = headers.parameters(self.headers.raw("content-type"), self.headers.hint)
        value = value.rstrip(";, ").replace(" ", "")
        value = ODD_TYPES.get(value, value)
        return value if _TYPE.fullmatch(value) else self.default_type, parameters

    @cached_property
    def _disposed(self) -> tuple[str, dict[str, str]]:
        return headers.parameters(self.headers.raw("content-disposition"), self.headers.hint)

    @property
    def content_type(self) -> str:
        return self._typed[0]

    @property
    def parameters(self) -> dict[str, str]:
        return self._typed[1]

    @property
    def disposition(self) -> str:
        return self._disposed[0]

    @property
    def file_name(self) -> str:
        """The name its sender gave it as a file, "" when none."""
        named = self._disposed[1]
        return named.get("filename") or self.parameters.get("name") or named.get("name") or ""

    @property
    def content_id(self) -> str:
        return charset.decode(self.headers.raw("content-id")).strip(" <>")

    @property
    def encoding(self) -> str:
        return encodings.named(self.headers.plain("content-transfer-encoding"))

    @property
    def is_multipart(self) -> bool:
        return bool(self.children)

    def walk(self) -> Iterator["Part"]:
        """This part and all below it."""
        waiting = [self]
        while waiting:
            part = waiting.pop()
            yield part
            waiting += reversed(part.children)

    @cached_property
    def _content(self) -> bytes:
        encoding = self.headers.plain("content-transfer-encoding")
        if b"=" in self.body and self.content_type in _READ and encodings.named(encoding) in _UNSAID:
            return _unsaid(self.body)
        return encodings.decode(self.body, encoding)

    def content(self) -> bytes:
        """The bytes this part stands for."""
        return self._content

    def text(self) -> str:
        """The words of this part, its lines as their writer made them (RFC 3676)."""
        return self.read_as_text(self.content())

    def read_as_text(self, content: bytes) -> str:
        """`content`, read as this part is labelled."""
        label, hint = self.parameters.get("charset", ""), self.headers.hint
        if self.content_type == "text/html" and (told := _META.search(content, 0, 4096)):
            hint = told[1].decode("ascii")
            label = label if charset.codec(label) not in {"", "ascii", "iso8859-1"} else hint
        text = charset.decode(content, label, hint).replace("\r\n", "\n").replace("\r", "\n")
        if self.parameters.get("format", "").lower() == "flowed" and self.content_type == "text/plain":
            return flowed.unfolded(text, self.parameters.get("delsp", "").lower() == "yes")
        return text


def read(raw: bytes) -> Part:
    """The tree of a raw mail."""
    raw = heads.without_junk(raw)
    hint = "" if raw.isascii() else _hint(raw)
    return _read(raw, "text/plain", 0, [MAX_PARTS], hint)


def header_block(raw: bytes) -> bytes:
    """The header lines of a mail or part, without the blank line; b"" when it has none."""
    return heads.split(raw)[0]


def _hint(raw: bytes) -> str:
    """The first charset that a mail names and that means something, for its bytes without a label."""
    for encoded, plain in _CHARSET.findall(raw[: 64 * 1024]):
        label = (encoded or plain).decode("ascii")
        if charset.codec(label) not in _SAY_NOTHING:
            return label
    return ""


def _read(raw: bytes, default_type: str, depth: int, left: list[int], hint: str) -> Part:
    block, body = heads.split(raw)
    part = Part(headers.Headers(block, hint), body, default_type)
    if part.content_type.startswith("multipart/") and depth < MAX_DEPTH:
        below = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
        for piece in _pieces(part):
            left[0] -= 1
            if left[0] < 0:  # too many parts to be a letter: kept as one file
                return Part(part.headers, part.body, default_type)
            part.children.append(_read(piece, below, depth + 1, left, hint))
    return part


def _unsaid(body: bytes) -> bytes:
    """A body that says nothing of its encoding, decoded where it can only be quoted-printable."""
    return encodings.from_quoted_printable(body) if encodings.is_quoted_unsaid(body) else body


def _pieces(part: Part) -> list[bytes]:
    """The raw parts: by the boundary, else by the one that is really used, else encoded as a whole."""
    boundary = part.parameters.get("boundary", "").strip().encode("latin-1", "replace")
    if found := _split(part.body, boundary):
        return found
    if part.encoding in _TRANSFORMED and (
        found := _split(part.content(), boundary)
    ):  # RFC 2045 6.4 forbids it
        return found
    guess = _GUESSED_DELIMITER.search(part.body) or (None if boundary else _ANY_DELIMITER.search(part.body))
    return _split(part.body, guess[1]) if guess else []


def _split(body: bytes, boundary: bytes) -> list[bytes]:
    """The pieces between the delimiter lines; the last may lack its end, others may follow an end."""
    if not boundary:
        return []
    pieces, begun, at = [], -1, 0
    delimiter = b"--" + boundary
    while (at := body.find(delimiter, at)) >= 0:
        end = _DELIMITER_END.match(body, at + len(delimiter))
        if end is None or (at and body[at - 1] != 10):
            at += len(delimiter)
            continue
        if begun >= 0:
            pieces.append(_without_newline(body[begun:at]))
        begun = -1 if end[1] else end.end()
        at = end.end()
    return [*pieces, body[begun:]] if begun >= 0 else pieces


def _without_newline(piece: bytes) -> bytes:
    """The newline before a delimiter belongs to the delimiter."""
    return piece[:-2] if piece.endswith(b"\r\n") else piece.removesuffix(b"\n")
