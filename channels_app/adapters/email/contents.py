"""What a mail says and what hangs on it: the leaves of its tree sorted into text, HTML and files."""

import html
import re
from dataclasses import dataclass
from mimetypes import guess_extension, guess_type
from pathlib import PurePosixPath
from urllib.parse import unquote

from django.utils.translation import gettext as _

from channels_app.adapters.email import (
    armour,
    charset,
    enclosed,
    headers,
    invitation,
    mime,
    richtext,
    sealed,
    tnef,
)
from channels_app.adapters.email.mime import Part
from channels_app.adapters.email.words import one_line

MAX_TEXT = 400_000
MAX_NAME = 200
MOST_WRAPPINGS = 5
PLAIN = {"text/plain", "text/markdown", "text/x-markdown"}
SHADOWS = {"text/x-amp-html", "text/watch-html", "application/applefile"}
"""Further renderings of what is there already, of use to no reader of ours."""

LONGEST_BEGINNING = 400
MANY_TAGS = 4
_DOCUMENT = {"!doctype", "html", "body", "head"}
_PAGE = re.compile(
    r"<(!doctype(?= html)|html|body|head|table|div|p|b|strong|h[1-6]|center|font)\b", re.IGNORECASE
)
_TAGS = re.compile(r"<(?:br|/p|/td|/tr|/li|/b|/strong|/div|/h[1-6])\b", re.IGNORECASE)
_UNSEEN = re.compile("[\u200b\u2060\ufeff]")  # no sign of any language: two names that look the same
_PATH = re.compile(r"(?:[a-zA-Z]:|\.{0,2})[/\\].*[/\\]|(?:[a-zA-Z]:|\.{0,2})[/\\]", re.DOTALL)
_PERCENT = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f]){2}")
_UNSAFE_NAME = re.compile('[\x00-\x1f\x7f/\\\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]+')


@dataclass(frozen=True, kw_only=True)
class File:
    """A file of a mail, decoded. `name` is the sender's own, "" when it has none."""

    name: str
    content_type: str
    content: bytes
    content_id: str = ""
    disposition: str = ""
    beside: bool = False
    """Nobody needs it on the desk: it is a wrapping whose contents are shown, or a further rendering."""


@dataclass(frozen=True)
class Piece:
    """One stretch of the letter, as text, as HTML, or as both."""

    text: str = ""
    html: str = ""
    part: Part | None = None


@dataclass(frozen=True)
class Contents:
    """The letter in its two renderings, as sent, and the files."""

    text: str
    html: str
    files: list[File]


def of(root: Part) -> Contents:
    """Sorts every leaf; what is no part of the letter is a file, and nothing is left out or shortened."""
    sorting = _Sorting()
    pieces = [piece for piece in sorting.pieces(root, alone=True) if piece.text.strip() or piece.html.strip()]
    pieces = pieces or sorting.instead()
    page = text = ""
    if any(piece.html for piece in pieces):
        page = "<hr>".join(piece.html or _as_html(piece.text) for piece in pieces)
    if not any(piece.html and not piece.text.strip() for piece in pieces):
        text = "\n".join(piece.text for piece in pieces)
    return Contents(text, page, sorting.files)


class _Sorting:
    """The leaves of one mail on their way to being words or files."""

    def __init__(self) -> None:
        self.files: list[File] = []
        self.packed: list[Piece] = []
        self.invitations: list[Piece] = []
        self.named: list[tuple[File, Part]] = []
        self.encrypted = False
        self.wrappings = 0

    def pieces(self, part: Part, *, alone: bool = False) -> list[Piece]:
        """The words in and below a part; its files are put aside."""
        if part.content_type == "multipart/alternative" and part.is_multipart:
            return self._best([self.pieces(child) for child in part.children])
        if part.is_multipart:
            self.encrypted |= part.content_type == "multipart/encrypted"
            return [piece for child in part.children for piece in self.pieces(child)]
        may_speak = part.disposition != "attachment" and (alone or not part.file_name)
        piece = self._words(part) if may_speak else None
        return self._file(part) if piece is None else [piece]

    def instead(self) -> list[Piece]:
        """What stands for a letter that has no words of its own."""
        for file, part in self.named[:1]:
            if file is self.files[0] and (piece := self._words(part)) is not None:
                self.files.remove(file)
                return [piece]
        if self.packed or self.invitations:
            return self.packed or self.invitations
        if self.encrypted:
            return [Piece(_("This mail is encrypted. Only the holder of its key can read it."))]
        return []

    def _words(self, part: Part) -> Piece | None:
        """A leaf as a stretch of the letter, None when it is none."""
        if part.content_type == "text/html":
            return Piece(html=part.text(), part=part)
        if part.content_type in richtext.TYPES:
            return Piece(richtext.words(part.text(), part.content_type), part=part)
        if part.content_type in PLAIN or part.content_type.startswith("multipart/"):
            content, found = enclosed.taken_out(part.content())
            self.files += [_unpacked(one) for one in found]
            words = part.read_as_text(content)
            if part.content_type == "text/plain" and _is_page(words):
                return Piece(html=words, part=part)
            return Piece(armour.taken_off(words), part=part)
        return None

    def _best(self, choices: list[list[Piece]]) -> list[Piece]:
        """Of alternatives the first that has text and the last that has HTML: two renderings of one piece.

        Other renderings become files.
        """
        texts = [one for one in choices if any(piece.text.strip() and not piece.html for piece in one)]
        rich = [one for one in choices if any(piece.html.strip() for piece in one)]
        if not texts and not rich:
            return []
        text = "\n".join(piece.text for piece in texts[0]) if texts else ""
        page = "<hr>".join(piece.html or _as_html(piece.text) for piece in rich[-1]) if rich else ""
        for one in choices:
            if one not in (texts[:1] + rich[-1:]):
                self.files += [_as_file(piece.part) for piece in one if piece.part]
        return [Piece(text, page)]

    def _file(self, part: Part) -> list[Piece]:
        """A leaf as a file, and what it holds where it is a wrapping: the words of signed data."""
        if part.content_type in sealed.TYPES and self.wrappings < MOST_WRAPPINGS:
            self.files.append(_as_file(part))
            inside = sealed.signed_content(part.content())
            self.encrypted |= inside is None and sealed.is_encrypted(part.content())
            self.wrappings += 1
            return self.pieces(mime.read(inside), alone=True) if inside else []
        if part.content_type in tnef.TYPES or part.file_name.lower() in tnef.NAMES:
            self._unpack(part)
            return []
        file = _as_file(part)
        self.files.append(file)
        if part.content_type == "text/calendar":
            self.invitations += [Piece(told) for told in [invitation.summary(part.text())] if told]
        elif part.content_type.startswith("text/") and part.disposition != "attachment":
            self.named.append((file, part))
        return []

    def _unpack(self, part: Part) -> None:
        package = tnef.opened(part.content())
        self.files.append(_as_file(part, beside=package is not None))
        if package is None:
            return
        self.files += [
            File(
                name=one_line(one.name),
                content_type=one.content_type or _type_of(one.name),
                content=one.content,
                content_id=one.content_id.strip("<> ")[:255],
            )
            for one in package.files
        ]
        if package.text.strip() or package.html.strip():
            self.packed.append(Piece(package.text, package.html))


def _is_page(words: str) -> bool:
    """Whether what calls itself plain is HTML, as forms of the web send it: it begins and ends so."""
    start = words[:LONGEST_BEGINNING].lstrip()
    if start[:1] != "<" or not words.rstrip().endswith(">") or not (begun := _PAGE.match(start)):
        return False
    return begun[1].lower() in _DOCUMENT or len(_TAGS.findall(words[:20_000])) >= MANY_TAGS


def shortened(letter: Contents) -> Contents:
    """A body too long to read or to index is shown from its start and kept whole as a file."""
    files = list(letter.files)
    text = _shown(letter.text, "message.txt", "text/plain", files)
    page = _shown(letter.html, "message.html", "text/html", files)
    return Contents(text, page, files)


def _as_file(part: Part, *, beside: bool = False) -> File:
    return File(
        name=charset.storable(one_line(part.file_name)),
        content_type=part.content_type[:127],
        content=part.content(),
        content_id=part.content_id[:255],
        disposition=part.disposition,
        beside=beside or part.content_type in SHADOWS,
    )


def _unpacked(one: enclosed.Enclosed) -> File:
    name = one_line(charset.decode(one.name))
    return File(name=name, content_type=_type_of(name), content=one.content)


def _type_of(name: str) -> str:
    return guess_type(name)[0] or "application/octet-stream"


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
    name = _UNSEEN.sub("", _without_folder(_unescaped(name)))
    clean = _UNSAFE_NAME.sub("_", charset.storable(one_line(name))).strip(" .")
    ending = PurePosixPath(clean).suffix[:20]
    return clean if len(clean) <= MAX_NAME else clean[: MAX_NAME - len(ending)] + ending


def _without_folder(name: str) -> str:
    """The last part of what is a path for certain; "AC/DC.mp3" is a name."""
    path = _PATH.match(name)
    return name[path.end() :] if path else name


def _unescaped(name: str) -> str:
    """Some programs write a name as in an address of the web: "%D1%81…"."""
    if not _PERCENT.search(name):
        return name
    try:
        return unquote(name, errors="strict")
    except UnicodeDecodeError:
        return name


def _as_html(text: str) -> str:
    return f"<div>{html.escape(text).replace(chr(10), '<br>')}</div>" if text.strip() else ""


def _shown(body: str, file_name: str, content_type: str, files: list[File]) -> str:
    """A body too long to read or to index is shown from its start and kept whole as a file."""
    if len(body) > MAX_TEXT:
        files.append(File(name=file_name, content_type=content_type, content=body.encode()))
    return body[:MAX_TEXT]
