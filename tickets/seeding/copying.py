"""Rows in the text form of COPY (PostgreSQL, "COPY", File Formats), ready to be sent in one piece."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model


class Raw(bytes):
    """A value for a bytea column."""


def rows(values: Iterable[Iterable[Any]]) -> bytes:
    """One line for each row."""
    return "".join("\t".join(map(field, row)) + "\n" for row in values).encode()


def field(value: Any) -> str:
    """One value as COPY reads it."""
    if value is None:
        return r"\N"
    if isinstance(value, str):
        return _escaped(value)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Raw):
        return rf"\\x{value.hex()}"
    if isinstance(value, tuple):  # an array of plain words
        return "{" + ",".join(value) + "}"
    return _escaped(json.dumps(value, ensure_ascii=False))


def send(model: type[Model], columns: Iterable[str], data: bytes, *, table: str = "") -> None:
    """COPY these lines into the model's table, or into a staging `table` of the same shape."""
    names = ", ".join(columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table or model._meta.db_table} ({names}) FROM STDIN") as copy,
    ):
        copy.write(data)


def _escaped(text: str) -> str:
    if "\\" in text:
        text = text.replace("\\", r"\\")
    if "\n" in text or "\t" in text or "\r" in text:
        text = text.replace("\n", r"\n").replace("\t", r"\t").replace("\r", r"\r")
    return text
