"""The triggers there are. One whose events nobody tells is not offered."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from tickets.models import Event

Kind = Event.Kind


@dataclass(frozen=True, kw_only=True)
class Trigger:
    name: str
    label: str | Promise
    kinds: tuple[str, ...]
    holds: Callable[[Event], bool]

    def fits(self, event: Event) -> bool:
        """Whether this event sets it off."""
        return event.kind in self.kinds and self.holds(event)


TRIGGERS: dict[str, Trigger] = {}


def register(
    name: str,
    label: str | Promise,
    *,
    kinds: Iterable[str],
    holds: Callable[[Event], bool] = lambda event: True,
) -> None:
    """From now on rules may be set off by events of these kinds for which `holds`."""
    TRIGGERS[name] = Trigger(name=name, label=label, kinds=tuple(kinds), holds=holds)


def offered() -> list[Trigger]:
    """Those that can happen at this desk, in the order of their registering."""
    told = set(Kind.values)
    return [each for each in TRIGGERS.values() if told.intersection(each.kinds)]
