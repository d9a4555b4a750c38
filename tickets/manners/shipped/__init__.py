"""The notes that come with the desk. They are read from files, so that a newer desk brings newer ones."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from tickets.manners.places import LANGUAGES, Place, Words

FOLDER = Path(__file__).parent


@cache
def places() -> dict[str, Place]:
    """By code; read once."""
    words = {language: _words(language) for language in LANGUAGES}
    facts = tomllib.loads((FOLDER / "facts.toml").read_text())
    return {code: _place(code, dict(each), words) for code, each in facts.items()}


@cache
def day_names() -> dict[str, dict[str, str]]:
    """Public holidays by their English names: language → what they are called in it."""
    return {name: {"ru": russian, "hu": hungarian} for name, russian, hungarian in _rows("days")}


def _place(code: str, facts: dict[str, Any], words: dict[str, dict[str, Words]]) -> Place:
    phone = tuple(facts.pop("phone", "").split())
    said = {language: by_code[code] for language, by_code in words.items()}
    return Place(code=code, phone=phone, words=said, **facts)


def _words(language: str) -> dict[str, Words]:
    return {code: Words(address, care) for code, address, care in _rows(language)}


def _rows(name: str) -> list[list[str]]:
    lines = (FOLDER / f"{name}.txt").read_text().splitlines()
    return [[each.strip() for each in line.split("=>")] for line in lines if line and line[0] != "#"]
