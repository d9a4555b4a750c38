"""What a trait is, and which sorts there are: how their values are compared and edited."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tickets.rules.facts import Facts

CHOICE, TAGS, WORDS, NUMBER, YES_NO, SPAN_OF, PATTERN = (
    "choice",
    "tags",
    "words",
    "number",
    "yes_no",
    "span",
    "pattern",
)


@dataclass(frozen=True, kw_only=True)
class Trait:
    """Something that can be asked of a ticket; `words` are all values there are, None: ids or free."""

    name: str
    sort: str
    read: Callable[[Facts], Any]
    words: tuple[str, ...] | None = None
    needs: str = ""
    of: str = "ticket"
    """Where it stands among the others: "ticket", "message", "customer" or "event"."""
