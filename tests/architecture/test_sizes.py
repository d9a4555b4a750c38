"""Sizes: small enough to be read in one go."""

import ast
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from statistics import median

import pytest

from tests.architecture.source import ROOT, Function, modules

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
DEEPEST = 3
MEDIAN_FILE = 75  # 60 is the aim; beyond this something has gone wrong
LONGEST_ELEMENT = 80  # a custom element, one a file

BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def written() -> Iterator[Path]:
    """What people write and read: code, its tests, templates, styles and scripts."""
    own = (module.path for module in modules().values())
    beside = (
        "tests/**/*.py",
        "bench/**/*.py",
        "templates/**/*.html",
        "static/css/**/*.css",
        "static/js/**/*.js",
    )
    return chain(own, *(ROOT.glob(pattern) for pattern in beside))


def test_no_file_is_too_long():
    wrong = {str(path.relative_to(ROOT)): lines(path) for path in written() if lines(path) > LONGEST_FILE}
    assert not wrong, wrong


def test_the_usual_file_is_short():
    counted = [lines(module.path) for module in modules().values() if module.tree.body]
    assert median(counted) <= MEDIAN_FILE


def test_no_function_is_too_long():
    wrong = {
        f"{module.name}.{function.name}": length(function)
        for module in modules().values()
        for function in module.functions()
        if length(function) > LONGEST_FUNCTION
    }
    assert not wrong, wrong


def test_no_function_is_nested_too_deep():
    wrong = {
        f"{module.name}.{function.name}": depth(function.body)
        for module in modules().values()
        for function in module.functions()
        if depth(function.body) > DEEPEST
    }
    assert not wrong, wrong


def test_a_custom_element_fits_on_a_screen():
    elements = ROOT.glob("static/js/elements/*.js")
    wrong = {path.name: lines(path) for path in elements if lines(path) > LONGEST_ELEMENT}
    assert not wrong, wrong


@pytest.mark.parametrize(
    ("code", "deep"),
    [
        ("x = 1", 0),
        ("if a:\n b\nelif c:\n d\nelse:\n e", 1),
        ("for a in b:\n with c:\n  if d:\n   e", 3),
        ("try:\n a\nexcept E:\n if b:\n  while c:\n   d", 3),
        ("match a:\n case 1:\n  if b:\n   c", 2),
        ("def inner():\n if a:\n  b", 0),
    ],
)
def test_depth_counts_blocks_within_blocks(code, deep):
    assert depth(ast.parse(code).body) == deep


def length(function: Function) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


def depth(body: list[ast.stmt]) -> int:
    """How many blocks stand inside one another; `elif` is no deeper, an inner function counts for itself."""
    return max((_depth(statement) for statement in body), default=0)


def _depth(statement: ast.stmt) -> int:
    if not isinstance(statement, BLOCKS):
        return 0
    below = [depth(body) for body in _bodies(statement)]
    if (
        isinstance(statement, ast.If)
        and len(statement.orelse) == 1
        and isinstance(statement.orelse[0], ast.If)
    ):
        return max(1 + below[0], _depth(statement.orelse[0]))
    return 1 + max(below)


def _bodies(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    for field in ("body", "orelse", "finalbody"):
        yield getattr(statement, field, [])
    for part in (*getattr(statement, "handlers", []), *getattr(statement, "cases", [])):
        yield part.body
