"""Raw mail to a tree of parts (RFC 2045, 2046). Never raises: what cannot be split stays a whole part."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from channels_app.adapters.email import charset, encodings, headers

MAX_DEPTH = 20
MAX_PARTS = 500

_MBOX_LINE = re.compile(rb">?From [^\n]*\n")
_HEADER_LINE = re.compile(rb"[!-9;-~]+[ \t]*:")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_NEWLINE = re.compile(rb"\r?\n")
_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
_FIRST_DELIMITER = re.compile(rb"^--([^\r\n]{1,70}?)[ \t]*\r?$", re.MULTILINE)
_DELIMITER_END = re.compile(rb"(--)?[ \t]*(?:\r?\n|\Z)")


@dataclass
class Part:
    """One part: its headers, its body as it stands, and its children when it is a multipart."""

    headers: headers.Headers
    body: bytes
    default_type: str = "text/plain"
    children: list["Part"] = field(default_factory=list)

    @cached_property
    def _typed(self) -> tuple[str, dict[str, str]]:
        value, parameters = headers.parameters(self.headers.raw("content-type"))
        return value if _TYPE.fullmatch(value) else self.default_type, parameters

    @cached_property
    def _disposed(self) -> tuple[str, dict[str, str]]:
        return headers.parameters(self.headers.raw("content-disposition"))

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
        return self._disposed[1].get("filename") or self.parameters.get("name", "")

    @property
    def content_id(self) -> str:
        return charset.decode(self.headers.raw("content-id")).strip(" <>")

    @property
    def is_multipart(self) -> bool:
        return bool(self.children)

    def walk(self) -> Iterator["Part"]:
        """This part and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def content(self) -> bytes:
        """The bytes this part stands for."""
        return encodings.decode(self.body, self.headers.plain("content-transfer-encoding"))

    def text(self) -> str:
        return charset.decode(self.content(), self.parameters.get("charset", "")).replace("\r\n", "\n")


def read(raw: bytes) -> Part:
    """The tree of a raw mail."""
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    mbox = _MBOX_LINE.match(raw)
    return _read(raw[mbox.end() :] if mbox else raw, "text/plain", 0, [MAX_PARTS])


def header_block(raw: bytes) -> bytes:
    """The header lines of a mail or part, without the blank line; b"" when it has none."""
    if not _HEADER_LINE.match(raw):
        return b""
    blank = _BLANK_LINE.search(raw)
    return raw[: blank.start()] if blank else raw


def _read(raw: bytes, default_type: str, depth: int, left: list[int]) -> Part:
    block = header_block(raw)
    gap = (_BLANK_LINE if block else _NEWLINE).match(raw, len(block))
    part = Part(headers.Headers(block), raw[gap.end() if gap else len(block) :], default_type)
    if part.content_type.startswith("multipart/") and depth < MAX_DEPTH:
        below = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
        for piece in _split(part.body, part.parameters.get("boundary", "").encode("latin-1", "replace")):
            left[0] -= 1
            if left[0] < 0:  # too many parts to be a letter: kept as one file
                return Part(part.headers, part.body, default_type)
            part.children.append(_read(piece, below, depth + 1, left))
    return part


def _split(body: bytes, boundary: bytes) -> list[bytes]:
    """The pieces between the delimiter lines; the last one may lack its end."""
    if not boundary:
        guess = _FIRST_DELIMITER.search(body)
        if guess is None:
            return []
        boundary = guess[1]
    pieces, begun, at = [], -1, 0
    delimiter = b"--" + boundary
    while (at := body.find(delimiter, at)) >= 0:
        end = _DELIMITER_END.match(body, at + len(delimiter))
        if end is None or (at and body[at - 1] != 10):
            at += len(delimiter)
            continue
        if begun >= 0:
            pieces.append(_without_newline(body[begun:at]))
        begun, at = end.end(), end.end()
        if end[1]:
            return pieces
    return [*pieces, body[begun:]] if begun >= 0 else pieces


def _without_newline(piece: bytes) -> bytes:
    """The newline before a delimiter belongs to the delimiter."""
    return piece[:-2] if piece.endswith(b"\r\n") else piece.removesuffix(b"\n")
