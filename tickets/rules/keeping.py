"""Making and changing rules, switching them, ordering them; each change is a version with whoever made it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from helpdesk import versions
from helpdesk.accounts.models import User
from tickets.models import Rule, RuleVersion
from tickets.rules import compiling
from tickets.rules.checking import Wrong, sound

MOST = 300
SAID = (
    *("name", "triggers", "clock", "minutes", "statuses", "at_work", "overdue_too"),
    *("conditions", "actions", "is_active"),
)
"""What a version holds."""


class TooManyRules(Exception):
    """There are MOST already."""


class NotAllowed(Exception):
    """Only an admin sets up what happens by itself."""


@transaction.atomic
def make(given: Mapping[str, Any], *, actor: User | None, origin: str = "") -> Rule:
    """A new rule, the last one, switched off; without an actor the desk ships it.

    Raises Wrong and TooManyRules.
    """
    _insist(actor)
    kept = sound(given)
    if Rule.objects.count() >= MOST:
        raise TooManyRules
    _be_only_one(kept["name"], None)
    last = Rule.objects.order_by("-position").values_list("position", flat=True).first() or 0
    rule = Rule.objects.create(**kept, position=last + 1, origin=origin)
    _remember(rule, actor)
    return rule


@transaction.atomic
def change(rule: Rule, given: Mapping[str, Any], *, actor: User, expected: str = "") -> Rule:
    """Give it these values; nothing happens, and there is no version, when it has them.

    Raises Wrong, and versions.Stale unless it is in the state `expected` ("" for any).
    """
    _insist(actor)
    rule = _locked(rule, expected)
    kept = sound({**body(rule), **given})
    _be_only_one(kept["name"], rule.pk)
    return _set(rule, kept, actor)


@transaction.atomic
def switch(rule: Rule, *, on: bool, actor: User, overdue_too: bool | None = None, expected: str = "") -> Rule:
    """Switch it on or off, in force within ten seconds.

    Raises Wrong when it makes no sense any more, and versions.Stale as `change` does.
    """
    _insist(actor)
    rule = _locked(rule, expected)
    if on:
        sound(body(rule))
    more = {} if overdue_too is None else {"overdue_too": overdue_too}
    return _set(rule, {"is_active": on, **more}, actor)


@transaction.atomic
def order(pks: Iterable[int], *, actor: User) -> None:
    """These go in this order, the others after them as they were."""
    _insist(actor)
    rows = {row.pk: row for row in Rule.objects.select_for_update().in_order()}
    first = [pk for pk in dict.fromkeys(pks) if pk in rows]
    for position, pk in enumerate([*first, *(pk for pk in rows if pk not in first)], start=1):
        rows[pk].position = position
    Rule.objects.bulk_update(rows.values(), ["position"])
    compiling.forget()


def shift(rule: Rule, *, up: bool, actor: User) -> None:
    """One place up or down."""
    pks = list(Rule.objects.in_order().values_list("pk", flat=True))
    at = pks.index(rule.pk)
    to = max(0, min(len(pks) - 1, at - 1 if up else at + 1))
    pks.insert(to, pks.pop(at))
    order(pks, actor=actor)


@transaction.atomic
def remove(rule: Rule, *, actor: User) -> None:
    """Forget it with its versions; what it did, and its name there, stays."""
    _insist(actor)
    Rule.objects.filter(pk=rule.pk).delete()
    compiling.forget()


def restore(version: RuleVersion, *, actor: User) -> Rule:
    """The rule says again what it said then, as a new version; whether it is on stays. Raises Wrong."""
    said = {name: value for name, value in version.body.items() if name in SAID and name != "is_active"}
    return change(version.rule, said, actor=actor)


def body(rule: Rule) -> dict[str, Any]:
    """All that it says."""
    return {name: getattr(rule, name) for name in SAID}


def _locked(rule: Rule, expected: str) -> Rule:
    locked = Rule.objects.select_for_update().get(pk=rule.pk)
    versions.check(locked, expected)
    return locked


def _set(rule: Rule, given: Mapping[str, Any], actor: User) -> Rule:
    before = body(rule)
    changed = {name for name, value in given.items() if before[name] != value}
    if not changed:
        return rule
    for name, value in given.items():
        setattr(rule, name, value)
    rule.version += 1
    rule.save()
    _remember(rule, actor)
    return rule


def _remember(rule: Rule, actor: User | None) -> None:
    RuleVersion.objects.create(rule=rule, number=rule.version, body=body(rule), by=actor)
    compiling.forget()


def _be_only_one(name: str, pk: int | None) -> None:
    if Rule.objects.filter(name=name).exclude(pk=pk or 0).exists():
        raise Wrong({"name": _("Another rule has this name.")})


def _insist(actor: User | None) -> None:
    if actor is not None and not (actor.is_admin and actor.is_active):
        raise NotAllowed
