"""Reading articles from lines of JSON into a collection of their own."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from knowledge.searching.documents import Document

LONGEST_ID = 200


class BadLine(Exception):
    """A line that is no article; says which, and what is wrong."""


def read(lines: Iterable[str]) -> Iterator[Document]:
    """The articles of lines {"id", "lang", "title", "body", "topic"}; empty lines are passed over.

    Raises BadLine at the first that is none, so that a collection is replaced whole or not at all.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _document(number, line)


def _document(number: int, line: str) -> Document:
    try:
        row: Any = json.loads(line)
        key, title = str(row["id"]), str(row["title"])
    except (ValueError, KeyError, TypeError) as error:
        raise BadLine(f'Line {number} is not an object with "id" and "title".') from error
    if not key or len(key) > LONGEST_ID:
        raise BadLine(f"Line {number}: the id is empty or longer than {LONGEST_ID} characters.")
    text = {name: _clean(row.get(name)) for name in ("body", "topic")}
    lang = _clean(row.get("lang") or row.get("language"))[:2].lower()
    return Document(_clean(key), lang, _clean(title), text["body"], text["topic"])


def _clean(value: Any) -> str:
    """Without the null character, which the database cannot hold."""
    return str(value if value is not None else "").replace("\x00", " ")
