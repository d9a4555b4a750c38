"""Whether a file may be opened by a plain click, and if not, why. Pure: name and bytes in, verdict out."""

import re
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from tickets.inspection import archives, endings, kinds


class Danger(StrEnum):
    PROGRAM = "program"
    SCRIPT = "script"
    SHORTCUT = "shortcut"
    DISK_IMAGE = "disk_image"
    MACROS = "macros"
    ACTIVE_PAGE = "active_page"
    """HTML or SVG: opened from disk, it runs scripts in the reader's browser."""
    INSIDE = "inside"
    """An archive that holds one of the above."""
    ENCRYPTED = "encrypted"
    CLOSED = "closed"
    """An archive that we cannot look into."""
    BOMB = "bomb"
    OTHER_THAN_NAMED = "other_than_named"
    """Its bytes are another kind of file than its name says."""
    UNREADABLE = "unreadable"
    """Looking into it failed, three times."""
    NOT_SCANNED = "not_scanned"
    """Too large for the virus scanner."""


HOLDING = set(Danger) - {Danger.OTHER_THAN_NAMED}
"""What keeps a file from being opened; a mere wrong name is only marked."""

_BY_NAME = {
    Danger.PROGRAM: endings.PROGRAMS,
    Danger.SCRIPT: endings.SCRIPTS,
    Danger.SHORTCUT: endings.SHORTCUTS,
    Danger.DISK_IMAGE: endings.DISK_IMAGES,
    Danger.MACROS: endings.WITH_MACROS,
    Danger.ACTIVE_PAGE: endings.PAGES,
    Danger.CLOSED: endings.CLOSED,
}
_BY_ENDING = {ending: danger for danger, known in _BY_NAME.items() for ending in known}
_BY_TYPE: dict[str, Danger] = {
    kinds.PROGRAM: Danger.PROGRAM,
    kinds.SHORTCUT: Danger.SHORTCUT,
    kinds.DISK_IMAGE: Danger.DISK_IMAGE,
    kinds.SCRIPT: Danger.SCRIPT,
    "application/java-archive": Danger.PROGRAM,
    "application/vnd.ms-htmlhelp": Danger.PROGRAM,
    "application/onenote": Danger.MACROS,
    "text/html": Danger.ACTIVE_PAGE,
    "image/svg+xml": Danger.ACTIVE_PAGE,
    **dict.fromkeys(archives.CLOSED, Danger.CLOSED),
}
_MACRO = re.compile(r"vbaproject\.bin$|/macrosheets/|/activex/|^(?:basic|scripts)/")
TEXTS = {kinds.SCRIPT, "text/html", "image/svg+xml"}


@dataclass(frozen=True)
class Verdict:
    content_type: str
    """What it is, by its bytes."""
    dangers: tuple[Danger, ...] = ()
    entries: tuple[tuple[str, int], ...] = ()
    """The first names inside and their sizes."""
    count: int = 0
    """How many there are inside."""

    @property
    def holds(self) -> bool:
        return any(danger in HOLDING for danger in self.dangers)


LISTED = 100


def judge(name: str, content: bytes, *, depth: int = 0) -> Verdict:
    """What a file is and what is dangerous about it, with what is inside when it is an archive."""
    content_type = kinds.of(content)
    dangers = {danger for danger in (_by_name(name), _by_type(name, content_type)) if danger}
    if _has_macros(content, content_type):
        dangers.add(Danger.MACROS)
    if content and not endings.is_honest(name, content_type):
        dangers.add(Danger.OTHER_THAN_NAMED)
    inside = archives.Contents()
    if content_type in archives.OPENED and Danger.PROGRAM not in dangers:
        inside = archives.look_into(content, content_type)
        dangers |= _inside(inside, depth)
    return Verdict(
        content_type,
        tuple(danger for danger in Danger if danger in dangers),
        tuple((entry.name[:300], entry.size) for entry in inside.entries[:LISTED]),
        len(inside.entries),
    )


def _by_name(name: str) -> Danger | None:
    return _BY_ENDING.get(endings.ending(name))


def _by_type(name: str, content_type: str) -> Danger | None:
    """A text is dangerous only where something opens it that runs it."""
    if content_type in TEXTS and endings.ending(name) in endings.READ_AS_TEXT:
        return None
    return _BY_TYPE.get(content_type)


def _has_macros(content: bytes, content_type: str) -> bool:
    """A VBA project, a macro sheet of Excel 4, or an object that RTF opens by itself."""
    if content_type == kinds.OLD_OFFICE:
        marks = (b"_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T", b"M\0a\0c\0r\0o\0s\0", b"_VBA_PROJECT")
        return any(mark in content for mark in marks)
    if content_type == "application/rtf":
        return b"\\objdata" in content or b"\\objupdate" in content
    if not content_type.startswith(("application/vnd.openxml", "application/vnd.oasis")):
        return False
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = [entry.lower() for entry in archive.namelist()]
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    return any(_MACRO.search(name) for name in names)


def _inside(inside: archives.Contents, depth: int) -> set[Danger]:
    found: set[Danger] = set()
    if inside.encrypted:
        found.add(Danger.ENCRYPTED)
    if inside.bomb:
        found.add(Danger.BOMB)
    if inside.damaged or inside.cut:
        found.add(Danger.CLOSED)
    if any(_is_dangerous(entry, depth + 1) for entry in inside.entries):
        found.add(Danger.INSIDE)
    return found


def _is_dangerous(entry: archives.Entry, depth: int) -> bool:
    if _by_name(entry.name):
        return True
    if not entry.head:
        return False
    if depth >= archives.DEEPEST:
        return kinds.of(entry.head) in {*_BY_TYPE, *archives.OPENED}
    return judge(entry.name, entry.head, depth=depth).holds
