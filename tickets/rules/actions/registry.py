"""The actions there are: each with its check, its verb and its way back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tickets.events import Actor
from tickets.models import Event, Ticket
from tickets.rules.conditions import Nonsense, each_sound

MOST = 20
STOP = "stop"


class Left(Exception):
    """An action was left out; the code says why: "gone", "cannot_take", "nowhere", "guarded" …"""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Doing:
    """One run of a rule on a (locked) ticket."""

    ticket: Ticket
    key: UUID
    at: int
    """Which of the rule's actions it is."""
    event: Event | None = None

    @property
    def own_key(self) -> UUID:
        """The same each time that this very action is done."""
        return uuid5(self.key, str(self.at))


@dataclass(frozen=True, kw_only=True)
class Action:
    """`sound` gives the value as it is kept, or raises Nonsense; `do` tells what was before and after.

    `do` may raise Left. Without `back` it cannot be undone.
    """

    name: str
    label: str | Promise
    icon: str
    sound: Callable[[Any], Any]
    do: Callable[[Doing, Any], tuple[Any, Any]]
    back: Callable[[Ticket, Any, Any, Actor], bool] | None = None
    choices: Callable[[], list[tuple[str, str]]] | None = None
    """What there is to choose from, of an action that an app above registers: value and name."""
    is_so: Callable[[Ticket, Any], bool] | None = None
    """Whether the ticket is already as the action wants it, where that can be seen without asking."""
    is_plain: bool = False
    """It changes fields of the ticket through the very object it is given, and refuses before it does."""
    reaches_out: bool = False
    """Whether somebody outside gets something."""


ACTIONS: dict[str, Action] = {}


def register(action: Action) -> None:
    """From now on rules can do this, too."""
    ACTIONS[action.name] = action


def sound(given: Any) -> list[dict[str, Any]]:
    """The actions as they are kept. Raises Nonsense."""
    if not isinstance(given, list) or not given:
        raise Nonsense(_("A rule does at least one thing."))
    if len(given) > MOST:
        raise Nonsense(_("At most %(most)d actions.") % {"most": MOST})
    return each_sound(given, sound_one)


def sound_one(given: Any) -> dict[str, Any]:
    """One action as it is kept. Raises Nonsense."""
    name = given.get("do") if isinstance(given, Mapping) else None
    if name == STOP:
        return {"do": STOP, "value": True}
    if name not in ACTIONS:
        raise Nonsense(_("There is no “%(name)s”.") % {"name": str(name)[:40]})
    return {"do": name, "value": ACTIONS[name].sound(given.get("value"))}
