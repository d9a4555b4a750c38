"""A rule as sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext

from helpdesk.rest.filters import SPAN
from tickets.models import Rule, Ticket
from tickets.narrowing import NOBODY
from tickets.rules import actions, clocks, traits, triggers
from tickets.rules.conditions import ALL, ANY
from tickets.rules.traits import CHOICE, SPAN_OF, YES_NO, Trait
from tickets.web.rule_labels import OPS, STOPS
from tickets.web.rule_names import Names


def when(rule: Rule) -> str:
    """What sets it off."""
    if not rule.clock:
        told = [str(triggers.TRIGGERS[name].label) for name in rule.triggers if name in triggers.TRIGGERS]
        return _(" or ").join(told[:1] + [each[:1].lower() + each[1:] for each in told[1:]])
    clock = clocks.CLOCKS.get(rule.clock)
    known = dict(Ticket.Status.choices)
    states = ", ".join(str(known[each]) for each in rule.statuses if each in known)
    said = {"time": duration(rule.minutes), "clock": str(clock.label) if clock else "?", "states": states}
    return _("%(time)s %(clock)s, while it is: %(states)s") % said


def duration(minutes: int) -> str:
    """The largest whole unit."""
    if minutes % 1440 == 0:
        return ngettext("%(count)d day", "%(count)d days", minutes // 1440) % {"count": minutes // 1440}
    if minutes % 60 == 0:
        return ngettext("%(count)d hour", "%(count)d hours", minutes // 60) % {"count": minutes // 60}
    return npgettext("span", "%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


def conditions(rule: Rule, names: Names, group: str) -> list[str]:
    """Each condition of "all" or "any" as a sentence."""
    return [condition(row, names) for row in rule.conditions.get(group, ())]


def condition(row: Mapping[str, Any], names: Names) -> str:
    try:
        asked = traits.TRAITS.get(row["field"]) or traits.of_field(row["field"], names.own[row["field"]])
    except KeyError:
        return _("A field that is gone: this never holds")
    if asked.sort == YES_NO:
        return f"{names.trait(asked.name)}: {value(asked, row['value'], names)}"
    op = str(OPS.get((asked.sort, row["op"]), row["op"]))
    return f"{names.trait(asked.name)} {op} {value(asked, row['value'], names)}"


def value(asked: Trait, given: Any, names: Names) -> str:
    """What a condition compares with, in words."""
    if asked.sort == CHOICE:
        return ", ".join(names.label(asked.name, each) for each in given)
    if asked.sort == YES_NO:
        return _("yes") if given else _("no")
    if asked.sort == SPAN_OF:
        return span(given)
    return ", ".join(given) if isinstance(given, list) else str(given)


def span(given: str) -> str:
    match = SPAN.fullmatch(given)
    if match is None:
        return given
    return duration(int(match[1]) * {"h": 60, "d": 1440, "w": 7 * 1440}[match[2]])


def action(given: Mapping[str, Any], names: Names) -> tuple[str, str, str]:
    """Icon, label and value of an action."""
    name, said = given["do"], given["value"]
    if name == actions.STOP:
        return "x", str(STOPS), ""
    known = actions.ACTIONS.get(name)
    if known is None:
        return "warning", _("Something that the desk cannot do any more"), ""
    return known.icon, str(known.label), _said(name, said, names)


def _said(name: str, said: Any, names: Names) -> str:
    if name in ("tag_add", "tag_remove"):
        return ", ".join(said)
    if name == "priority":
        return str(Ticket.Priority(said).label)
    if name == "kind":
        return str(Ticket.Kind(said).label)
    if name in ("team", "assignee"):
        return names.label(name, NOBODY if said is None else said)
    if name == "notify":
        return ", ".join(names.label(name, each) for each in said)
    if name == "reply":
        return next(iter(said.values()), "")
    if name == "custom":
        return ", ".join(f"{names.trait('custom.' + key)}: {value}" for key, value in said.items())
    if said is True:  # it is done, there is nothing to choose
        return ""
    return names.label(name, said) if names.of(name) else str(said)


@dataclass(frozen=True)
class Told:
    """A rule as it is read."""

    when: str
    all: list[str]
    any: list[str]
    does: list[tuple[str, str, str]]


def told(rule: Rule, names: Names) -> Told:
    return Told(
        when=when(rule),
        all=conditions(rule, names, ALL),
        any=conditions(rule, names, ANY),
        does=[action(each, names) for each in rule.actions],
    )


def parts() -> dict[str, str]:
    """What the parts of a rule are called, for its errors."""
    return {
        "name": pgettext("of a rule", "Name"),
        "when": _("When"),
        "conditions": pgettext("of a rule", "If"),
        "actions": pgettext("of a rule", "Then"),
    }
