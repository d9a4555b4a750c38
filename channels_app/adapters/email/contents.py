"""What a mail says and what hangs on it: the leaves of its tree sorted into text, HTML and files."""

import html
import re
from dataclasses import dataclass
from mimetypes import guess_extension
from pathlib import PurePosixPath

from channels_app.adapters.email import charset, headers, mime
from channels_app.adapters.email.mime import Part
from channels_app.adapters.email.words import one_line

MAX_TEXT = 400_000
MAX_NAME = 200
SHADOWS = {"text/x-amp-html", "text/watch-html"}
"""Further renderings of the text, of use to no reader of ours."""

_UNSAFE_NAME = re.compile('[\x00-\x1f\x7f/\\\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]+')


@dataclass(frozen=True, kw_only=True)
class File:
    """A file of a mail, decoded. `name` is the sender's own, "" when it has none."""

    name: str
    content_type: str
    content: bytes
    content_id: str = ""
    disposition: str = ""


@dataclass(frozen=True)
class Piece:
    """One stretch of the letter, as text, as HTML, or as both."""

    text: str = ""
    html: str = ""


@dataclass(frozen=True)
class Contents:
    """The letter in its two renderings, as sent, and the files."""

    text: str
    html: str
    files: list[File]


def of(root: Part) -> Contents:
    """Sorts every leaf; what is no part of the letter is a file, and nothing is left out or shortened."""
    files: list[File] = []
    pieces = [piece for piece in _pieces(root, files, alone=True) if piece.text.strip() or piece.html.strip()]
    page = text = ""
    if any(piece.html for piece in pieces):
        page = "<hr>".join(piece.html or _as_html(piece.text) for piece in pieces)
    if not any(piece.html and not piece.text.strip() for piece in pieces):
        text = "\n".join(piece.text for piece in pieces)
    return Contents(text, page, files)


def _pieces(part: Part, files: list[File], *, alone: bool = False) -> list[Piece]:
    if part.content_type == "multipart/alternative" and part.is_multipart:
        return _best([_pieces(child, files) for child in part.children])
    if part.is_multipart:
        return [piece for child in part.children for piece in _pieces(child, files)]
    if part.disposition != "attachment" and (alone or not part.file_name):
        if part.content_type == "text/html":
            return [Piece(html=part.text())]
        if part.content_type == "text/plain" or part.content_type.startswith("multipart/"):
            return [Piece(text=part.text())]
    if part.content_type not in SHADOWS:
        files.append(_file(part))
    return []


def _best(choices: list[list[Piece]]) -> list[Piece]:
    """Of alternatives the first that has text and the last that has HTML: two renderings of one piece."""
    texts = [pieces for pieces in choices if any(piece.text.strip() and not piece.html for piece in pieces)]
    rich = [pieces for pieces in choices if any(piece.html.strip() for piece in pieces)]
    text = "\n".join(piece.text for piece in texts[0]) if texts else ""
    page = "<hr>".join(piece.html or _as_html(piece.text) for piece in rich[-1]) if rich else ""
    return [Piece(text, page)]


def shortened(letter: Contents) -> Contents:
    """A body too long to read or to index is shown from its start and kept whole as a file."""
    files = list(letter.files)
    text = _shown(letter.text, "message.txt", "text/plain", files)
    page = _shown(letter.html, "message.html", "text/html", files)
    return Contents(text, page, files)


def _file(part: Part) -> File:
    return File(
        name=charset.storable(one_line(part.file_name)),
        content_type=part.content_type[:127],
        content=part.content(),
        content_id=part.content_id[:255],
        disposition=part.disposition,
    )


def shown_name(file: File, number: int) -> str:
    """What the `number`th file of a mail is called on the desk; never empty, safe on every system."""
    name = file.name
    if not name and file.content_type == "message/rfc822":
        subject = headers.Headers(mime.header_block(file.content)).text("subject")
        name = f"{subject or f'message-{number}'}.eml"
    elif not name:
        name = f"file-{number}{guess_extension(file.content_type) or ''}"
    return safe_name(name) or f"file-{number}"


def safe_name(name: str) -> str:
    """A name that is one name on every system, its ending kept, without signs that turn the writing round."""
    clean = _UNSAFE_NAME.sub("_", charset.storable(one_line(name))).strip(" .")
    ending = PurePosixPath(clean).suffix[:20]
    return clean if len(clean) <= MAX_NAME else clean[: MAX_NAME - len(ending)] + ending


def _as_html(text: str) -> str:
    return f"<div>{html.escape(text).replace(chr(10), '<br>')}</div>" if text.strip() else ""


def _shown(body: str, file_name: str, content_type: str, files: list[File]) -> str:
    """A body too long to read or to index is shown from its start and kept whole as a file."""
    if len(body) > MAX_TEXT:
        files.append(File(name=file_name, content_type=content_type, content=body.encode()))
    return body[:MAX_TEXT]
