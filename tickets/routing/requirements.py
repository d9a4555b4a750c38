"""What somebody has to have done before they are given tickets of some topics: told by upper apps."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from tickets.models import Ticket


class Requirement(NamedTuple):
    """What is missing, where it is done, and the keys of the topics whose tickets wait for it."""

    title: str
    url: str
    topics: frozenset[str]


Ask = Callable[[Iterable[int]], dict[int, list[Requirement]]]
"""User ids → what each of them still lacks; users who lack nothing are left out."""

_asked: list[Ask] = []


def register(ask: Ask) -> None:
    """From now on this is asked, too, whenever tickets are handed out."""
    if ask not in _asked:
        _asked.append(ask)


def missing(users: Iterable[int]) -> dict[int, list[Requirement]]:
    """User → what they lack, whoever tells of it."""
    people = list(users)
    found: dict[int, list[Requirement]] = {}
    for ask in _asked if people else ():
        for user, rows in ask(people).items():
            found.setdefault(user, []).extend(rows)
    return found


def kept_from(rows: dict[int, list[Requirement]], ticket: Ticket) -> set[int]:
    """Of what `missing` told: who is not given this ticket."""
    topic = topic_of(ticket)
    return {user for user, found in rows.items() if any(topic in each.topics for each in found)}


def topic_of(ticket: Ticket) -> str:
    """The key of its topic; "" where nobody knows."""
    return str(ticket.verdict.get("topic") or "") if ticket.verdict else ""
