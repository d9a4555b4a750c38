"""The table in docs/developers/api-access.md: who may call which address of the API."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PAGE = Path(__file__).resolve().parents[3] / "docs" / "developers" / "api-access.md"


class Line(NamedTuple):
    method: str
    path: str
    scope: str
    elsewhere: str
    """What a colleague of another team gets: "not found", "empty" or "as anybody"."""

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def lines() -> Iterator[Line]:
    for row in PAGE.read_text().splitlines():
        parts = [part.strip().strip("`") for part in row.strip("|").split("|")] if row.startswith("|") else []
        if len(parts) == 4 and parts[0] in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            yield Line(parts[0], parts[1], "" if parts[2] == "any" else parts[2], parts[3])


LINES = list(lines())
SCOPES = sorted({line.scope for line in LINES} - {""})
