"""What somebody typed into the search, understood: words, phrases, and operators with their values. Pure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tickets.search import operators, vocabulary
from tickets.search.trouble import Trouble

LONGEST = 400
MOST_WORDS = 24
_QUOTES = str.maketrans(dict.fromkeys("“”„«»″", '"'))
_PART = re.compile(
    r'(?P<minus>-)?(?:(?P<name>[^\W\d][\w-]*):)?(?:"(?P<quoted>[^"]*)(?P<end>"?)|(?P<plain>[^\s"]+))?'
)
WEIGHTS = {"to": "B", "file": "C"}
"""Operators that ask the index: recipients and names of files have a weight of their own there."""


@dataclass(frozen=True)
class Piece:
    """A word or a phrase to be found, perhaps only by its beginning, or only in one part of a message."""

    text: str
    prefix: bool = False
    weight: str = ""


@dataclass(frozen=True)
class Term:
    """An operator with its value."""

    name: str
    value: str
    negated: bool
    typed: str


@dataclass(frozen=True)
class Query:
    groups: tuple[tuple[Piece, ...], ...] = ()
    """All of these are wanted, of each any."""
    without: tuple[Piece, ...] = ()
    terms: tuple[Term, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    parts: tuple[str, ...] = ()
    """As typed, piece by piece; an operator with its value is one."""
    marked: frozenset[int] = frozenset()
    """Which of the parts are operators."""

    @property
    def words(self) -> list[str]:
        """The single words wanted anywhere, in order: what a correction may change."""
        plain = (piece for group in self.groups for piece in group if not piece.weight)
        return [piece.text for piece in plain if " " not in piece.text]

    @property
    def is_empty(self) -> bool:
        return not (self.groups or self.without or self.terms)

    def but(self, place: int) -> str:
        """The query without one of its parts."""
        return " ".join(part for at, part in enumerate(self.parts) if at != place)


def read(text: str, fields: Collection[str] = ()) -> Query:
    """The query that somebody typed; `fields` are keys of custom fields, which are operators too."""
    reader = _Reader(frozenset(fields))
    for part in _parts(text.replace("\x00", " ").translate(_QUOTES)[:LONGEST]):
        reader.take(part)
    return reader.query()


def _parts(text: str) -> Iterator[re.Match[str]]:
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        found = _PART.match(text, place)
        assert found is not None  # every part of it is optional
        if found.end() == place:  # a lone quotation mark cannot be, but nothing may go round for ever
            place += 1
            continue
        place = found.end()
        yield found


class _Reader:
    def __init__(self, fields: frozenset[str]) -> None:
        self.fields = fields
        self.groups: list[tuple[Piece, ...]] = []
        self.without: list[Piece] = []
        self.terms: list[Term] = []
        self.troubles: list[Trouble] = []
        self.parts: list[str] = []
        self.marked: set[int] = set()
        self.either = False

    def query(self) -> Query:
        return Query(
            tuple(self.groups),
            tuple(self.without),
            tuple(self.terms),
            tuple(self.troubles),
            tuple(self.parts),
            frozenset(self.marked),
        )

    def take(self, part: re.Match[str]) -> None:
        typed, name = part[0], part["name"] or ""
        operator = operators.named(name) or (name.lower() if name.lower() in self.fields else "")
        self.parts.append(typed)
        if part["quoted"] is not None and not part["end"]:
            self.troubles.append(Trouble(typed, _("The quotation mark is not closed.")))
        if name and operator:
            self._operator(operator, part)
        elif typed.lower() in vocabulary.OR and self.groups:
            self.either = True
        else:
            self._hint(name, typed)
            self._words(part)

    def _operator(self, name: str, part: re.Match[str]) -> None:
        value = _value(part).strip()
        self.marked.add(len(self.parts) - 1)
        self.either = False
        if not value:
            known = operators.OPERATORS.get(name)
            hint = str(known.hint) if known else _("A value of this field")
            text = _("Something is missing after “%(operator)s”. It takes: %(hint)s.")
            hint = hint[:1].lower() + hint[1:]
            self.troubles.append(Trouble(part[0], text % {"operator": part[0], "hint": hint}))
        elif name in WEIGHTS:
            for word in value.split():
                self._piece(Piece(word, prefix=True, weight=WEIGHTS[name]), bool(part["minus"]))
        else:
            self.terms.append(Term(name, value, bool(part["minus"]), part[0]))

    def _words(self, part: re.Match[str]) -> None:
        text = _value(part)
        if part["name"]:  # no operator of ours: words like any
            text = f"{part['name']}:{text}"
        star = part["plain"] is not None and text.endswith("*")
        text = text.rstrip("*").strip()
        if text.strip("-"):
            self._piece(Piece(text, prefix=star and len(text) > 1), bool(part["minus"]))

    def _piece(self, piece: Piece, negated: bool) -> None:
        if len(self.groups) + len(self.without) >= MOST_WORDS:
            self.either = False
            return
        if negated:
            self.without.append(piece)
        elif self.either and self.groups:
            self.groups[-1] = (*self.groups[-1], piece)
        else:
            self.groups.append((piece,))
        self.either = False

    def _hint(self, name: str, typed: str) -> None:
        """A name with one letter wrong was meant as an operator; others are words with a colon."""
        near = operators.nearest(name) if name and not typed.startswith(f"{name}://") else ""
        if near:
            text = _("There is no “%(typed)s:”. Did you mean “%(near)s:”?") % {"typed": name, "near": near}
            self.troubles.append(Trouble(typed, text))


def _value(part: re.Match[str]) -> str:
    return part["quoted"] if part["quoted"] is not None else part["plain"] or ""
