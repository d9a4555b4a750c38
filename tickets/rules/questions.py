"""Rows of conditions made into one question, which asks no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tickets.models import CustomField
from tickets.rules import matching
from tickets.rules.conditions import ALL, ANY, Nonsense, Row, trait
from tickets.rules.facts import Facts, Question


@dataclass(frozen=True, kw_only=True)
class Compiled:
    holds: Question
    needs: frozenset[str]


def compiled(given: Mapping[str, Sequence[Row]], fields: Mapping[str, CustomField]) -> Compiled:
    """All of `all` hold, and one of `any` if there are any. A row that is nonsense by now never holds."""
    every = [_question(row, fields) for row in given.get(ALL, ())]
    some = [_question(row, fields) for row in given.get(ANY, ())]
    needs = frozenset(each.needs for each in (*every, *some)) - {""}
    all_of, any_of = tuple(each.holds for each in every), tuple(each.holds for each in some)

    def holds(facts: Facts) -> bool:
        for question in all_of:
            if not question(facts):
                return False
        return not any_of or any(question(facts) for question in any_of)

    return Compiled(holds=holds, needs=needs)


@dataclass(frozen=True)
class _Asked:
    holds: Question
    needs: str


def _question(row: Row, fields: Mapping[str, CustomField]) -> _Asked:
    try:
        asked = trait(str(row.get("field", "")), fields)
        return _Asked(matching.question(asked.sort, str(row["op"]), asked.read, row["value"]), asked.needs)
    except (Nonsense, KeyError, ValueError, TypeError):  # a field that was taken away
        return _Asked(lambda facts: False, "")
