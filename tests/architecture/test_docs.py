"""What the docs say of the source is so: paths are there, and floors are those that the imports keep."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import APPS, ROOT, modules
from tests.architecture.test_imports import floor

HOUSE = ROOT / "docs" / "developers" / "house.md"
# Decisions tell of their day.
PAGES = [page for page in sorted((ROOT / "docs").rglob("*.md")) if "decisions" not in page.parts]
PATH = re.compile(rf"`((?:{'|'.join(APPS)}|docs|tests|templates|static)/[\w./-]+)`")

ROW = re.compile(r"^([a-z_]+) {2,}\S", re.M)
"""A line such as "settling   tickets → their clocks"."""
EDGES = {"web", "api", "admin", "tasks", "apps", "models", "management", "migrations", "templatetags"}


def missing(page: Path) -> list[str]:
    return [path for path in PATH.findall(page.read_text()) if not (ROOT / path).exists()]


def test_every_path_is_there(tmp_path):
    wrong = tmp_path / "wrong.md"
    wrong.write_text("In `tickets/intake.py`, not in `tickets/nowhere.py`.")
    assert missing(wrong) == ["tickets/nowhere.py"]
    assert not {str(page): found for page in PAGES if (found := missing(page))}


def test_a_package_that_lists_its_modules_lists_them_all():
    lists = {name: (told, inside(name)) for name, told in contents() if len(ROW.findall(told)) > 2}
    assert {"tickets.rules", "tickets.sla", "knowledge.canned"} <= lists.keys()
    gone = {name: set(ROW.findall(told)) - known for name, (told, known) in lists.items()}
    missing = {name: known - EDGES - set(re.findall(r"\w+", told)) for name, (told, known) in lists.items()}
    assert not {name: found for name, found in gone.items() if found}
    assert not {name: found for name, found in missing.items() if found}


def contents() -> Iterator[tuple[str, str]]:
    """Packages with what they say of themselves."""
    for module in modules().values():
        if module.path.stem == "__init__":
            yield module.name, ast.get_docstring(module.tree) or ""


def inside(package: str) -> set[str]:
    """The modules and packages right in it."""
    depth = package.count(".") + 1
    return {name.split(".")[depth] for name in modules() if name.startswith(f"{package}.")}


def test_the_floors_are_those_of_the_imports():
    told = list(floors(HOUSE.read_text()))
    assert {level for level, _name in told} == {0, 1, 2, 4, 5}
    assert not [(level, name, floor(name)) for level, name in told if floor(name) != level]


def floors(page: str) -> Iterator[tuple[int, str]]:
    """The modules that a line names: "tickets.models, events" are tickets.models and tickets.events."""
    for level, names in re.findall(r"^    ([0-7])   (.+)$", page, re.M):
        for app, first, further in re.findall(r"([a-z_]+)\.([a-z]+)((?:, [a-z]+)*)", names):
            yield from ((int(level), f"{app}.{name}") for name in [first, *further.split(", ")[1:]])
