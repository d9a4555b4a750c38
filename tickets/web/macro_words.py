"""What a macro will do, line by line, as it is read before it is run."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from helpdesk.accounts.models import User
from tickets import fields, macros
from tickets.macros.steps import ME, NAMES, WORDS, resolved
from tickets.macros.wording import LABELS, SNOOZES
from tickets.models import CustomField, Macro, Ticket
from tickets.web import values

ICONS = {
    "team": "users",
    "assignee": "user",
    "kind": "flag",
    "priority": "flag",
    "tag_add": "tag",
    "tag_remove": "tag",
    "custom": "pencil",
    "status": "check",
    "snooze": "moon",
    "reply": "reply",
    "note": "note",
}


@dataclass(frozen=True)
class Line:
    name: str
    label: str | Promise
    icon: str
    before: str
    """What is there now, on one ticket; "" for many."""
    after: str
    text: str
    """Words that are written, placeholders filled in where one ticket is meant."""
    is_lost: bool
    """Whom it names is gone: the macro cannot be run."""
    is_idle: bool
    """It is so already."""


def lines(macro: Macro, actor: User, ticket: Ticket | None = None) -> list[Line]:
    """Each step of the macro, for this ticket or for any."""
    found, lost = resolved(macro.steps, actor)
    return [
        _line(macro, name, found.get(name), name in lost, actor, ticket)
        for name in NAMES
        if name in macro.steps
    ]


def _line(macro: Macro, name: str, value: Any, is_lost: bool, actor: User, ticket: Ticket | None) -> Line:
    text = macro.steps[name] if name in WORDS else ""
    after = "" if name in WORDS else _("no longer here") if is_lost else _shown(name, value, macro.steps)
    before = _now(name, ticket, macro.steps) if ticket else ""
    return Line(
        name=name,
        label=LABELS[name],
        icon=ICONS[name],
        before=before,
        after=after,
        text=macros.words(text, ticket, actor) if text and ticket else text,
        is_lost=is_lost,
        is_idle=bool(before) and before == after,
    )


def _shown(name: str, value: Any, steps: Mapping[str, Any]) -> str:
    """The value of a step in words."""
    if name in ("team", "assignee"):
        if value is None:
            return _("No team") if name == "team" else _("Nobody")
        return _("Me") if steps[name] == ME else str(value)
    if name in ("tag_add", "tag_remove"):
        return ", ".join(value)
    if name == "custom":
        return _own(value)
    if name == "snooze":
        return str(SNOOZES[value])
    if name == "priority":
        return str(Ticket.Priority(value).label)
    return str((Ticket.Status if name == "status" else Ticket.Kind)(value).label)


def _now(name: str, ticket: Ticket, steps: Mapping[str, Any]) -> str:
    """What the ticket has there now, where that can be compared."""
    if name == "team":
        return str(ticket.team or _("No team"))
    if name == "assignee":
        mine = ticket.assignee_id is not None and steps[name] == ME
        return str(ticket.assignee or _("Nobody")) if not mine else str(ticket.assignee)
    if name == "priority":
        return str(ticket.get_priority_display())
    if name == "kind":
        return str(ticket.get_kind_display())
    return str(ticket.get_status_display()) if name == "status" else ""


def _own(given: Mapping[str, Any]) -> str:
    known = {field.key: field for field in fields.of(CustomField.Of.TICKET)}
    told = []
    for key, value in given.items():
        field = known.get(key)
        shown = "–" if value is None else values.shown(field, value) if field else str(value)
        told.append(f"{field.title if field else key}: {shown}")
    return ", ".join(told)


def summary(macro: Macro) -> str:
    """What it does in a few words, for a list: the names of its steps."""
    return ", ".join(str(LABELS[name]) for name in NAMES if name in macro.steps)


def refusal(lost: macros.Lost) -> str:
    """Why it was not run."""
    names = ", ".join(str(LABELS[name]) for name in lost.steps)
    return _("This macro names somebody or a team that is gone: %(steps)s. Change it first.") % {
        "steps": names
    }
