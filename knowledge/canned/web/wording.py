"""What a response does and lacks, in the words of people."""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from helpdesk.accounts.models import Team, User
from knowledge.canned import keeping
from knowledge.canned.models import CannedResponse
from tickets import macros, placeholders
from tickets.macros.wording import LABELS, SNOOZES
from tickets.models import Ticket

CHOICES: dict[str, dict[Any, Any]] = {
    "kind": dict(Ticket.Kind.choices),
    "priority": dict(Ticket.Priority.choices),
    "status": dict(Ticket.Status.choices),
    "snooze": SNOOZES,
}
_MARK = re.compile(r"\{[^{}]*\}")


def acts(steps: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and value of each action, such as ("Status", "Waiting for customer")."""
    return [(str(LABELS[name]), _value(name, steps[name])) for name in LABELS if name in steps]


def snippet(body: str) -> str:
    """Its first words without greeting, for a list; what is filled in later is "…" there."""
    lines = [" ".join(_MARK.sub(_gap, line).split()) for line in body.split("\n")]
    return next((line for line in lines if len(line.replace("…", "").strip(" ,.!")) > 3), "")[:120]


def _gap(mark: re.Match[str]) -> str:
    """What a placeholder leaves: "…"; a condition leaves nothing."""
    return " " if mark[0][1:].startswith(("if ", "end", "else")) else "…"


def named(missing: list[str]) -> list[str]:
    """Placeholders by what they stand for, where they are ours."""
    return [str(placeholders.NAMES.get(name, name)) for name in missing]


def language(code: str) -> str:
    """The name of a language, in the reader's where it is one of the desk's."""
    known = dict(settings.LANGUAGES)
    return str(known.get(code, code.upper()))


def languages(response: CannedResponse) -> list[str]:
    return [each.language.upper() for each in response.wordings.all()]


def fault(name: str, code: str) -> str:
    """What is wrong with a part of a response, see `keeping.Refused`."""
    words = {
        "none": _("A response says something in at least one language."),
        "long": _("This is too long."),
        "condition": _("A condition begins with {if …} and ends with {end}."),
        "taken": _("Another response has this shortcut."),
        "size": _("A file of 1 byte to 10 MB."),
        "danger": _("This kind of file is not sent: it could do harm."),
    }
    if code.startswith("{"):
        return _("There is no such placeholder: %(name)s") % {"name": code}
    return words.get(code) or _("That is not possible.")


def lost(error: macros.Lost) -> str:
    steps = ", ".join(str(LABELS[name]) for name in error.steps)
    return _("The actions name somebody or a team that is gone: %(steps)s.") % {"steps": steps}


def too_many() -> str:
    most = {"most": keeping.MOST}
    return _("There are %(most)d such responses already: remove one first.") % most


def _value(name: str, value: Any) -> str:
    if name in CHOICES:
        return str(CHOICES[name].get(value, value))
    if name in ("tag_add", "tag_remove"):
        return ", ".join(value)
    if name == "custom":
        return ", ".join(f"{key}: {one}" for key, one in value.items())
    if value == "me":
        return _("Whoever uses it")
    rows: Any = Team.objects if name == "team" else User.objects
    return str(rows.filter(pk=value).first() or "–") if value else "–"
