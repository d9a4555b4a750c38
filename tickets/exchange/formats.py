"""Tables as CSV (RFC 4180) and JSON, written row by row and read back. Pure."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

Row = dict[str, str]

DELIMITERS = ",;\t|"
SAMPLE = 64 * 1024
CODE_PAGES = ["cp1250", "cp1251", "cp1252"]  # what Excel writes on machines that do not speak UTF-8
LONGEST_CELL = 10_000_000
# A spreadsheet runs what begins like this (CWE-1236); the apostrophe makes it text again.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Unreadable(Exception):
    """The file is no table; the text says why."""


def write_csv(columns: list[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """The table with a first line of names, in UTF-8 with the mark that spreadsheets look for."""
    line = io.StringIO()
    writer = csv.writer(line)

    def written(cells: list[str]) -> bytes:
        writer.writerow(cells)
        text = line.getvalue()
        line.seek(0)
        line.truncate()
        return text.encode()

    yield b"\xef\xbb\xbf" + written(columns)
    for row in rows:
        yield written([harmless(str(row.get(name, ""))) for name in columns])


def write_json(columns: list[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """An array of objects, one a line."""
    before = b"[\n"
    for row in rows:
        kept = {name: row.get(name, "") for name in columns}
        yield before + json.dumps(kept, ensure_ascii=False, default=str).encode()
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith((*FORMULA, "'")) else cell


def as_written(cell: str) -> str:
    """What `harmless` was given."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in (*FORMULA, "'") else cell


def read(file: IO[bytes]) -> Iterator[Row]:
    """The rows of a CSV, a JSON array or JSON lines, by the names of their columns. Raises Unreadable."""
    head = file.read(SAMPLE)
    file.seek(0)
    if not head.strip():
        raise Unreadable(_("The file is empty."))
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    yield from _json_rows(file, is_array=start == b"[") if start in (b"[", b"{") else _csv_rows(file, head)


def _csv_rows(file: IO[bytes], head: bytes) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL)
    text = io.TextIOWrapper(file, encoding=_charset(file, head), newline="")
    first = text.readline()
    text.seek(0)
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(text, delimiter=delimiter)
    try:
        columns = [name.strip().lower() for name in next(reader)]
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield {
                    name: as_written(cell).strip() for name, cell in zip(columns, cells, strict=False) if name
                }
    except (csv.Error, UnicodeDecodeError, StopIteration) as error:
        raise Unreadable(_("Line %(line)d is no CSV: %(error)s") % _place(reader.line_num, error)) from error


def _charset(file: IO[bytes], head: bytes) -> str:
    """UTF-8 where the whole file is that, else what the beginning looks like."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        for line in file:
            line.decode()
    except UnicodeDecodeError:
        best = from_bytes(head, cp_isolation=CODE_PAGES).best()
        return best.encoding if best else "cp1252"
    finally:
        file.seek(0)
    return "utf-8-sig"


def _json_rows(file: IO[bytes], *, is_array: bool) -> Iterator[Row]:
    try:
        found: Iterable[Any] = (
            json.load(file) if is_array else (json.loads(line) for line in file if line.strip())
        )
        for number, row in enumerate(found, 1):
            if not isinstance(row, dict):
                raise Unreadable(_("Entry %(line)d is not an object with named values.") % {"line": number})
            yield {str(name).strip().lower(): _cell(value) for name, value in row.items()}
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise Unreadable(_("Line %(line)d is no JSON: %(error)s") % _place(line, error)) from error


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(_cell(each) for each in value)
    return value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _place(line: int, error: Exception) -> dict[str, Any]:
    return {"line": line, "error": error}
