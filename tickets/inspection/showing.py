"""What of a file can be shown without saving it: the words of a text, the rows of a table. Pure."""

import csv
import io
import json
from dataclasses import dataclass
from enum import StrEnum

from tickets.inspection import kinds, opening
from tickets.models import Attachment

LIMIT = 256 * 1024  # bytes of a file that are shown
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 300, 40, 1000
TABLES = {".csv": ",;\t|", ".tsv": "\t"}
PDF = "application/pdf"
TEXTS = frozenset(
    {
        kinds.PLAIN,
        kinds.SCRIPT,
        *("application/xml", "application/json", "text/html", "text/calendar", "message/rfc822", "text/csv"),
    }
)


class Kind(StrEnum):
    NONE = ""
    PICTURE = "picture"
    TEXT = "text"
    PDF = "pdf"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A text as words, or as rows where it is a table; whether more of it is in the file."""

    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    is_cut: bool = False


def kind(file: Attachment) -> Kind:
    """How the file can be shown, by what its bytes were found to be; who may have it is `opening`'s."""
    if opening.picture_type(file):
        return Kind.PICTURE
    if file.sniffed_type == PDF:
        return Kind.PDF
    return Kind.TEXT if file.sniffed_type in TEXTS and file.size else Kind.NONE


def shown(text: str, name: str, *, is_cut: bool = False) -> Shown:
    """A text, or the beginning of one: tables by their ending in rows, JSON set out."""
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if ending in TABLES and (rows := _rows(text, TABLES[ending])):
        return Shown(rows=rows[:MOST_ROWS], is_cut=is_cut or len(rows) > MOST_ROWS)
    if not is_cut and text.lstrip()[:1] in ("{", "["):
        text = _set_out(text)
    return Shown(text=text, is_cut=is_cut)


def _rows(text: str, delimiters: str) -> tuple[tuple[str, ...], ...]:
    """One row more than is shown tells that there are more; nothing for what is no table."""
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(delimiters, key=first.count))
    rows: list[tuple[str, ...]] = []
    try:
        for cells in reader:
            rows.append(tuple(cell[:LONGEST_CELL] for cell in cells[:MOST_COLUMNS]))
            if len(rows) > MOST_ROWS:
                break
    except csv.Error:
        return ()
    return tuple(rows)


def _set_out(text: str) -> str:
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return text
