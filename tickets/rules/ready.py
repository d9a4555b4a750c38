"""A rule made ready to be asked and run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tickets import fields
from tickets.models import Event, Rule
from tickets.rules import clocks, questions, traits, triggers
from tickets.rules.facts import Question
from tickets.rules.triggers import Trigger


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A rule that can be asked and run."""

    pk: int
    name: str
    version: int
    triggers: tuple[Trigger, ...]
    clock: clocks.Clock | None
    wait: timedelta
    statuses: frozenset[str]
    at_work: bool
    holds: Question
    needs: frozenset[str]
    actions: Sequence[Mapping[str, Any]]

    def is_set_off(self, event: Event) -> bool:
        return any(each.fits(event) for each in self.triggers)


def ready(row: Rule, own: Mapping[str, Any] | None = None) -> Ready:
    """One rule, whether it is switched on or not; `own` are the custom fields (traits.by_name)."""
    asked = questions.compiled(row.conditions, traits.by_name(fields.every()) if own is None else own)
    return Ready(
        pk=row.pk or 0,
        name=row.name,
        version=row.version,
        triggers=tuple(triggers.TRIGGERS[name] for name in row.triggers if name in triggers.TRIGGERS),
        clock=clocks.CLOCKS.get(row.clock),
        wait=timedelta(minutes=row.minutes),
        statuses=frozenset(row.statuses),
        at_work=row.at_work,
        holds=asked.holds,
        needs=asked.needs,
        actions=row.actions,
    )
