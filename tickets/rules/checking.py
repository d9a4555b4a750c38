"""What a rule may say, each part checked before it is kept."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from tickets import fields
from tickets.models import Ticket
from tickets.models.rule import LONGEST_WAIT
from tickets.rules import actions, clocks, conditions, traits, triggers
from tickets.rules.conditions import Nonsense


class Wrong(Exception):
    """What is wrong with a rule: part of it → why. Parts are "name", "when", "conditions" and "actions"."""

    def __init__(self, errors: Mapping[str, str | Nonsense]) -> None:
        super().__init__("; ".join(f"{part}: {why}" for part, why in errors.items()))
        self.errors = {part: str(why) for part, why in errors.items()}
        self.fields = {part: why for part, why in errors.items() if isinstance(why, Nonsense)}
        """What is known of where in the part it is."""


def sound(given: Mapping[str, Any]) -> dict[str, Any]:
    """What is given of a rule, as it is kept: name, triggers or clock, conditions, actions. Raises Wrong."""
    errors: dict[str, str | Nonsense] = {
        part: _("It has characters that are none.")
        for part in ("name", "conditions", "actions")
        if not _is_text(given.get(part))
    }
    if errors:
        raise Wrong(errors)
    kept: dict[str, Any] = {"at_work": bool(given.get("at_work"))}
    kept["overdue_too"] = bool(given.get("overdue_too"))
    kept["name"] = " ".join(str(given.get("name") or "").split())[:80]
    if not kept["name"]:
        errors["name"] = _("Give it a name.")
    try:
        kept |= _when(given)
    except Nonsense as wrong:
        errors["when"] = wrong
    try:
        kept["conditions"] = conditions.sound(given.get("conditions") or {}, traits.by_name(fields.every()))
    except Nonsense as wrong:
        errors["conditions"] = wrong
    try:
        kept["actions"] = actions.sound(given.get("actions"))
    except Nonsense as wrong:
        errors["actions"] = wrong
    if errors:
        raise Wrong(errors)
    return kept


def _is_text(value: Any) -> bool:
    """Whether PostgreSQL can keep all words in it: no NUL, no half of a pair (JSON can name both)."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str) and ("\x00" in one or any("\ud800" <= each <= "\udfff" for each in one)):
            return False
        if isinstance(one, Mapping):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one
    return True


def _when(given: Mapping[str, Any]) -> dict[str, Any]:
    """Either what happens, or time that passes. Raises Nonsense."""
    clock = str(given.get("clock") or "")
    if not clock:
        named = list(dict.fromkeys(given.get("triggers") or ()))
        if not named or set(named) - set(triggers.TRIGGERS):
            raise Nonsense(_("Choose what sets it off."))
        return {"clock": "", "triggers": named, "minutes": 0, "statuses": []}
    minutes, statuses = given.get("minutes"), list(dict.fromkeys(given.get("statuses") or ()))
    if clock not in clocks.CLOCKS:
        raise Nonsense(_("Choose what sets it off."))
    if isinstance(minutes, bool) or not isinstance(minutes, int) or not 0 < minutes <= LONGEST_WAIT:
        raise Nonsense(_("Say how much time passes: a minute at least, a year at most."), at="minutes")
    if not statuses or set(statuses) - set(Ticket.Status.values):
        raise Nonsense(_("Choose the states in which it waits."), at="statuses")
    return {"clock": clock, "triggers": [], "minutes": minutes, "statuses": statuses}
