"""What may come next in a query: operators, and their values as far as the colleague may know them."""

from dataclasses import dataclass

from django.utils.translation import get_language

from helpdesk.accounts.models import User
from tickets.search import conditions, language, offers, operators
from tickets.search.offers import Offer
from tickets.search.spelling import folded


@dataclass(frozen=True)
class Suggestion:
    text: str
    """The whole query with it."""
    caret: int
    shown: str
    hint: str


def suggest(text: str, caret: int, user: User) -> list[Suggestion]:
    """What may stand where the caret is, the piece there completed; nothing the colleague may not see."""
    text = text[: language.LONGEST]
    before, after = text[:caret], text[caret:]
    start = _start(before)
    piece, rest = before[start:], after.partition(" ")
    behind = f"{rest[1]}{rest[2]}" if not rest[0] else after
    minus, name, typed = _taken_apart(piece)
    found = offers.values(name, typed, user) if name else _beginnings(typed, user)
    made = []
    for offered, hint in found[: offers.MOST]:
        whole = f"{before[:start]}{minus}{offered}"
        gap = "" if offered.endswith(":") or behind.startswith(" ") else " "
        made.append(Suggestion(f"{whole}{gap}{behind}", len(whole) + len(gap), f"{minus}{offered}", hint))
    return made


def _start(before: str) -> int:
    """Where the piece at the end begins; one in quotation marks may hold spaces."""
    quoted = before.count('"') % 2 == 1
    if quoted:
        mark = before.rfind('"')
        return before.rfind(" ", 0, mark) + 1
    return before.rfind(" ") + 1


def _taken_apart(piece: str) -> tuple[str, str, str]:
    minus, bare = ("-", piece[1:]) if piece.startswith("-") else ("", piece)
    name, colon, value = bare.partition(":")
    return (minus, name, value.strip('"')) if colon else (minus, "", bare)


def _beginnings(typed: str, user: User) -> list[Offer]:
    """Operators that begin so in any language, and customers."""
    speaks, word = get_language() or "en", folded(typed)
    found: list[Offer] = [
        (f"{each.called(speaks)}:", str(each.hint))
        for each in operators.OPERATORS.values()
        if any(folded(name).startswith(word) for names in each.names.values() for name in names)
    ]
    own = [(f"{field.key}:", field.title) for field in conditions.searchable() if field.key.startswith(word)]
    called = operators.OPERATORS["from"].called(speaks)
    people = [(f"{called}:{value}", hint) for value, hint in offers.customers(typed, user)[:3]]
    return [*people, *found, *own] if len(typed) >= offers.SHORTEST else [*found, *own]
