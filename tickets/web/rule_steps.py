"""What rules did to a ticket, and what one would have done: line by line, before and after."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tickets.models import Rule, Ticket
from tickets.narrowing import NOBODY
from tickets.rules import rehearsing
from tickets.rules.actions import ACTIONS
from tickets.rules.rehearsing import Would
from tickets.web import rule_words
from tickets.web.rule_names import Names


@dataclass(frozen=True)
class Step:
    """One thing that a rule did, or would do."""

    icon: str
    label: str
    before: str
    after: str
    is_idle: bool = False
    """It is so already."""
    stays: bool = False
    """It cannot be taken back."""


@dataclass(frozen=True)
class Line:
    """One time that a rule would have run."""

    ticket: Ticket
    at: datetime
    steps: list[Step]


def label(name: str) -> str:
    return str(ACTIONS[name].label) if name in ACTIONS else name


def step(done: Sequence[Any], names: Names) -> Step:
    """What was done, with what was before and after as far as that says something."""
    name, before, after = done
    known = ACTIONS.get(name)
    if known is None or known.back is None or name not in _READ:
        stays = known is None or known.back is None
        return Step(known.icon if known else "check", label(name), "", "", stays=stays)
    return Step(known.icon, label(name), _READ[name](before, names), _READ[name](after, names))


def would(found: Would, rule: Rule, names: Names) -> Line:
    """Each action as it would have been on the ticket as it was."""
    steps = []
    for given in rule.actions:
        icon, title, after = rule_words.action(given, names)
        before = _now(given["do"], found.ticket, names)
        steps.append(Step(icon, title, before, after, is_idle=rehearsing.is_idle(given, found.ticket)))
    return Line(ticket=found.ticket, at=found.at, steps=steps)


def outside(rule: Rule) -> int:
    """How many of its actions reach somebody outside."""
    return sum(1 for each in rule.actions if each["do"] in ACTIONS and ACTIONS[each["do"]].reaches_out)


def _now(name: str, ticket: Ticket, names: Names) -> str:
    """What the ticket had there, where that can be compared."""
    shown = {
        "team": lambda: names.label("team", ticket.team_id or NOBODY),
        "assignee": lambda: names.label("assignee", ticket.assignee_id or NOBODY),
        "priority": lambda: str(ticket.get_priority_display()),
        "kind": lambda: str(ticket.get_kind_display()),
        "topic": lambda: names.label("topic", ticket.topic) if ticket.topic else "",
        "status": lambda: str(ticket.get_status_display()),
    }
    return shown[name]() if name in shown else ""


_READ: dict[str, Callable[[Any, Names], str]] = {
    "team": lambda read, names: names.label("team", read["team"] or NOBODY),
    "assignee": lambda read, names: names.label("assignee", read or NOBODY),
    "priority": lambda read, names: str(Ticket.Priority(read).label),
    "kind": lambda read, names: str(Ticket.Kind(read).label),
    "topic": lambda read, names: names.label("topic", read) if read else "–",
    "status": lambda read, names: str(Ticket.Status(read["status"]).label),
    "folder": lambda read, names: str(Ticket.Folder(read).label),
    "tag_add": lambda read, names: ", ".join(read) or "–",
    "tag_remove": lambda read, names: ", ".join(read) or "–",
}
