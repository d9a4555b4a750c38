"""What the docs say of the source is so: paths are there, and floors are those that the imports keep."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import APPS, ROOT
from tests.architecture.test_imports import floor

HOUSE = ROOT / "docs" / "developers" / "house.md"
# Decisions tell of their day.
PAGES = [page for page in sorted((ROOT / "docs").rglob("*.md")) if "decisions" not in page.parts]
PATH = re.compile(rf"`((?:{'|'.join(APPS)}|docs|tests|templates|static)/[\w./-]+)`")


def missing(page: Path) -> list[str]:
    return [path for path in PATH.findall(page.read_text()) if not (ROOT / path).exists()]


def test_every_path_is_there(tmp_path):
    wrong = tmp_path / "wrong.md"
    wrong.write_text("In `tickets/intake.py`, not in `tickets/nowhere.py`.")
    assert missing(wrong) == ["tickets/nowhere.py"]
    assert not {str(page): found for page in PAGES if (found := missing(page))}


def test_the_floors_are_those_of_the_imports():
    told = list(floors(HOUSE.read_text()))
    assert {level for level, _name in told} == {0, 1, 2, 4, 5}
    assert not [(level, name, floor(name)) for level, name in told if floor(name) != level]


def floors(page: str) -> Iterator[tuple[int, str]]:
    """The modules that a line names: "tickets.models, events" are tickets.models and tickets.events."""
    for level, names in re.findall(r"^    ([0-7])   (.+)$", page, re.M):
        for app, first, further in re.findall(r"([a-z_]+)\.([a-z]+)((?:, [a-z]+)*)", names):
            yield from ((int(level), f"{app}.{name}") for name in [first, *further.split(", ")[1:]])
