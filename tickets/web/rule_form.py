"""A rule as it is typed: fields named by the place of their row, and what the buttons do to the rows.

Every button is a submit button: the page works without scripts, and nothing typed is lost by pressing one.
"""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from tickets import fields
from tickets.models import Rule, Ticket
from tickets.narrowing import NOBODY
from tickets.rules import clocks, conditions, traits, triggers
from tickets.rules.conditions import ALL, GROUPS, OPS
from tickets.rules.traits import CHOICE, NUMBER, SPAN_OF, TAGS, YES_NO, Trait
from tickets.web.rule_names import Names
from tickets.web.rule_rows import OWN, SEVERAL, TAGGED, TEXTS, sort_of, trait

EVENT, TIME = "event", "time"
DAY = 1440  # minutes
UNITS = {"m": 1, "h": 60, "d": DAY}
SPANS = {"h", "d", "w"}


def given(rule: Rule) -> dict[str, Any]:
    """What is kept of a rule, in the words that the form and `keeping` share."""
    names = ("name", "triggers", "clock", "minutes", "statuses", "at_work", "conditions", "actions")
    return {name: getattr(rule, name) for name in names}


def posted(data: QueryDict, names: Names) -> dict[str, Any]:
    """What was typed, in the same words; what cannot be is left for `keeping.sound` to say."""
    timed = data.get("start") == TIME
    # The button was just pressed: the fields of time are not on the page yet.
    is_new = timed and "clock" not in data
    told: dict[str, Any] = {
        "name": data.get("name", ""),
        "triggers": [] if timed else data.getlist("triggers"),
        "clock": data.get("clock", next(iter(clocks.CLOCKS))) if timed else "",
        "minutes": DAY
        if is_new
        else _whole(data.get("count", "")) * UNITS.get(data.get("unit", ""), 1440)
        if timed
        else 0,
        "statuses": [Ticket.Status.WAITING] if is_new else data.getlist("statuses") if timed else [],
        "at_work": timed and "at_work" in data,
    }
    rows = [_condition(data, f"r{place}-", names) for place in range(_count(data, "rows"))]
    told["conditions"] = {group: [row for where, row in rows if where == group] for group in GROUPS}
    told["actions"] = [_action(data, f"a{place}-", names) for place in range(_count(data, "acts"))]
    return told


def moved(told: dict[str, Any], act: str) -> dict[str, Any]:
    """What a button does: "add:all", "remove:any:2", "do:add", "do:remove:1", "do:up:1"."""
    what, _colon, where = act.partition(":")
    if what == "add" and where in GROUPS:
        told["conditions"].setdefault(where, []).append({"field": "status", "op": "is", "value": []})
    elif what == "remove":
        group, _colon, place = where.partition(":")
        _take(told["conditions"].get(group, []), _whole(place))
    elif what == "do":
        how, _colon, place = where.partition(":")
        _reorder(told["actions"], how, _whole(place))
    return told


def start(told: Mapping[str, Any]) -> dict[str, Any]:
    """What sets it off, for the form."""
    minutes = told.get("minutes") or 1440
    unit = next(unit for unit in ("d", "h", "m") if minutes % UNITS[unit] == 0)
    return {
        "is_timed": bool(told.get("clock")),
        "triggers": [(each.name, each.label, each.name in told["triggers"]) for each in triggers.offered()],
        "clocks": [(name, each.label, name == told.get("clock")) for name, each in clocks.CLOCKS.items()],
        "count": minutes // UNITS[unit],
        "unit": unit,
        "statuses": [(value, label, value in told["statuses"]) for value, label in Ticket.Status.choices],
        "at_work": told.get("at_work"),
    }


def _count(data: QueryDict, name: str) -> int:
    return min(_whole(data.get(name, "")), conditions.MOST_ROWS + 1)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 0


def _take(rows: list[Any], place: int) -> None:
    if 0 <= place < len(rows):
        rows.pop(place)


def _reorder(rows: list[Any], how: str, place: int) -> None:
    if how == "add":
        rows.append({"do": "priority", "value": None})
    elif 0 <= place < len(rows):
        row = rows.pop(place)
        if how != "remove":
            rows.insert(max(0, place + (-1 if how == "up" else 1)), row)


def _condition(data: QueryDict, prefix: str, names: Names) -> tuple[str, dict[str, Any]]:
    asked = trait(data.get(f"{prefix}field", ""), names)
    op, group = data.get(f"{prefix}op", ""), data.get(f"{prefix}group", ALL)
    op = op if op in OPS[asked.sort] else OPS[asked.sort][0]
    # A row whose field was just changed has a value of the old one.
    is_new = data.get(f"{prefix}was", asked.name) != asked.name
    value = _empty(asked) if is_new else _value(data, prefix, asked)
    return group if group in GROUPS else ALL, {"field": asked.name, "op": op, "value": value}


def _empty(asked: Trait) -> Any:
    return {CHOICE: [], TAGS: [], YES_NO: True, SPAN_OF: "1d"}.get(asked.sort, "")


def _value(data: QueryDict, prefix: str, asked: Trait) -> Any:
    typed = data.get(f"{prefix}value", "")
    if asked.sort == CHOICE:
        return data.getlist(f"{prefix}value")
    if asked.sort == TAGS:
        return _tags(typed)
    if asked.sort == YES_NO:
        return typed != "no"
    if asked.sort == SPAN_OF:
        unit = data.get(f"{prefix}unit", "d")
        return f"{_whole(typed) or ''}{unit if unit in SPANS else 'd'}"
    return _number(typed) if asked.sort == NUMBER else typed


def _number(typed: str) -> Any:
    text = typed.replace(" ", "").replace("\u00a0", "").replace(",", ".")
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return typed


def _tags(typed: str) -> list[str]:
    return [tag.strip() for tag in typed.replace(";", ",").split(",") if tag.strip()]


def _action(data: QueryDict, prefix: str, names: Names) -> dict[str, Any]:
    name = data.get(f"{prefix}do", "")
    if data.get(f"{prefix}was", name) != name:
        return {"do": name, "value": None}
    return {"do": name, "value": _done(data, prefix, name, names)}


def _done(data: QueryDict, prefix: str, name: str, names: Names) -> Any:
    typed = data.get(f"{prefix}value", "")
    sort = sort_of(name)
    if sort == TAGGED:
        return _tags(typed)
    if sort == SEVERAL:
        return data.getlist(f"{prefix}value")
    if sort == TEXTS:
        key = f"{prefix}text-"
        typed_in = {each.removeprefix(key): data.get(each, "") for each in data if each.startswith(key)}
        return {language: text for language, text in typed_in.items() if str(text).strip()}
    if sort == OWN:
        return _own(data, prefix, names)
    if name in ("team", "assignee") and typed == NOBODY:
        return None
    if name in ("team", "assignee", "watch", "webhook", "canned"):
        return _whole(typed) or -1
    if name == "priority":
        return _whole(typed) or None
    if name == "kind":
        return "" if typed == "none" else typed
    return typed


def _own(data: QueryDict, prefix: str, names: Names) -> dict[str, Any]:
    """A custom field and its value as typed; what the field cannot hold is refused when it is saved."""
    key, typed = data.get(f"{prefix}key", ""), data.get(f"{prefix}value", "")
    own = names.own.get(f"{traits.CUSTOM}{key}")
    if own is None:
        return {}
    try:
        return {key: fields.typed(own, typed)}
    except fields.Wrong:
        return {key: typed}
