"""Conditions and actions as rows of the form: what stands in each, and what there is to choose from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tickets import fields
from tickets.models import Ticket
from tickets.narrowing import NOBODY
from tickets.rules import actions, traits
from tickets.rules.conditions import ALL, ANY, GROUPS, OPS
from tickets.rules.traits import CHOICE, SPAN_OF, Trait
from tickets.web import rule_labels
from tickets.web.rule_names import Choices, Names

CHOSEN = ("team", "assignee", "kind", "priority", "status", "snooze", "folder", "watch", "topic")
"""Actions whose value is one of a list."""
SEVERAL, TEXT, TEXTS, TAGGED, OWN, PLAIN = "several", "text", "texts", "tags", "own", "plain"


@dataclass
class ConditionRow:
    """A condition as it is edited."""

    place: int
    group: str
    name: str
    sort: str
    op: str
    value: Any
    ops: Choices = field(default_factory=list)
    choices: Choices = field(default_factory=list)
    hint: str = ""
    wrong: str = ""
    """Why it cannot be."""

    @property
    def id(self) -> str:
        return f"r{self.place}"

    @property
    def text(self) -> str:
        return ", ".join(self.value) if isinstance(self.value, list) else str(self.value or "")

    @property
    def count(self) -> str:
        return str(self.value)[:-1] if self.sort == SPAN_OF and self.value else ""

    @property
    def unit(self) -> str:
        return str(self.value)[-1:] if self.sort == SPAN_OF and self.value else "d"


@dataclass
class ActionRow:
    """An action as it is edited."""

    place: int
    name: str
    sort: str
    value: Any
    choices: Choices = field(default_factory=list)
    texts: list[tuple[str, str, str]] = field(default_factory=list)
    """Language, its name, the words in it."""
    fields: Choices = field(default_factory=list)
    key: str = ""
    wrong: str = ""
    """Why it cannot be; of several texts, that in the language `wrong_at`."""
    wrong_at: str = ""

    @property
    def id(self) -> str:
        return f"a{self.place}"

    @property
    def text(self) -> str:
        return ", ".join(self.value) if isinstance(self.value, list) else str(self.value or "")


def condition_rows(told: Mapping[str, Any], names: Names) -> dict[str, list[ConditionRow]]:
    """The rows of both groups, numbered through."""
    found: dict[str, list[ConditionRow]] = {ALL: [], ANY: []}
    place = 0
    for group in GROUPS:
        for row in told["conditions"].get(group, []):
            found[group].append(_condition_row(place, group, row, names))
            place += 1
    return found


def action_rows(
    told: Mapping[str, Any], names: Names, languages: Sequence[tuple[str, str]]
) -> list[ActionRow]:
    return [_action_row(place, row, names, languages) for place, row in enumerate(told["actions"])]


def fields_to_ask(names: Names) -> list[tuple[str, Choices]]:
    """What may be asked, by group."""
    found: dict[str, Choices] = {str(label): [] for label in rule_labels.GROUPS.values()}
    for name, each in traits.TRAITS.items():
        found[str(rule_labels.GROUPS[each.of])].append((name, names.trait(name)))
    for name, own in names.own.items():
        group = traits.of_field(name, own).of
        found[str(rule_labels.GROUPS[group])].append((name, own.title))
    return list(found.items())


def actions_to_do() -> Choices:
    known = [(name, str(each.label)) for name, each in actions.ACTIONS.items()]
    return [*known, (actions.STOP, str(rule_labels.STOPS))]


def _condition_row(place: int, group: str, row: Mapping[str, Any], names: Names) -> ConditionRow:
    asked = trait(row["field"], names)
    return ConditionRow(
        place=place,
        group=group,
        name=asked.name,
        sort=asked.sort,
        op=row["op"],
        value=row["value"],
        ops=[(op, str(rule_labels.OPS[asked.sort, op])) for op in OPS[asked.sort]],
        choices=names.of(asked.name) if asked.sort == CHOICE else [],
        hint=str(rule_labels.HINTS.get(asked.sort, "")),
    )


def sort_of(name: str) -> str:
    """How the value of an action is edited."""
    known = actions.ACTIONS.get(name)
    if name in CHOSEN or (known and known.choices):
        return CHOICE
    edited = {"tag_add": TAGGED, "tag_remove": TAGGED, "notify": SEVERAL, "note": TEXT, "reply": TEXTS}
    return {**edited, "custom": OWN}.get(name, PLAIN)


def _action_row(
    place: int, row: Mapping[str, Any], names: Names, languages: Sequence[tuple[str, str]]
) -> ActionRow:
    name, value, sort = row["do"], row["value"], sort_of(row["do"])
    made = ActionRow(place=place, name=name, sort=sort, value=value)
    if sort in (CHOICE, SEVERAL):
        made.choices = _choices(name, names)
        made.value = value if sort == SEVERAL else _chosen(name, value)
    elif sort == TEXTS:
        texts = value if isinstance(value, Mapping) else {}
        more = [(code, code) for code in texts if code not in dict(languages)]
        made.texts = [(code, label, texts.get(code, "")) for code, label in (*languages, *more)]
    elif sort == OWN:
        made.fields = [(each.key, each.title) for each in names.own.values() if each.of == "ticket"]
        made.key, told = next(iter((value or {}).items()), ("", ""))
        own = names.own.get(f"{traits.CUSTOM}{made.key}")
        made.value = fields.written(own, told) if own and told is not None else ""
    return made


def _choices(name: str, names: Names) -> Choices:
    if name == "priority":
        return [(str(value), str(label)) for value, label in Ticket.Priority.choices]
    return names.of(name)


def _chosen(name: str, value: Any) -> str:
    if name == "kind" and value == "":
        return "none"
    return NOBODY if value is None and name in ("team", "assignee") else str(value or "")


def trait(name: str, names: Names) -> Trait:
    """What this name asks; of a field that is gone, the status."""
    if name in names.own:
        return traits.of_field(name, names.own[name])
    return traits.TRAITS.get(name) or traits.TRAITS["status"]
