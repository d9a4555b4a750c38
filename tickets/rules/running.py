"""One rule on one ticket: each action by its own verb, told in the ticket's history with the rule's name."""

import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import transaction

from helpdesk.prepared import insert, insert_all
from tickets import events, locking
from tickets.models import Event, RuleRun, Ticket
from tickets.rules.actions import ACTIONS, STOP, Doing, Left
from tickets.rules.compiling import Ready

GONE = "no_action"


class Ran(NamedTuple):
    ticket: Ticket
    """As it is now."""
    stops: bool
    """Whether later rules are to be left out."""


def chain(event: Event | None) -> list[int]:
    """The rules that led to this event, the first one first."""
    by = event.data.get("by_rule") if event else None
    return list(by.get("chain", ())) if isinstance(by, Mapping) else []


def begins(rule: Ready, ticket: Ticket) -> int:
    """The first of the rule's actions that there is something to do for; their number if there is none."""
    for at, action in enumerate(rule.actions):
        known = ACTIONS.get(action["do"])
        if known is None or known.is_so is None or not known.is_so(ticket, action["value"]):
            return at
    return len(rule.actions)


def run(rule: Ready, ticket: Ticket, *, event: Event | None, begin: int = 0) -> Ran:
    """Do what the rule says to a locked ticket, in the caller's transaction.

    An action that cannot be done is left, and the others are done; the history tells both. Nothing is told
    of a rule that finds all as it wants it.
    """
    key = uuid.uuid4()
    mark = {"rule": rule.pk, "run": str(key), "name": rule.name, "chain": [*chain(event), rule.pk]}
    done: list[list[Any]] = []
    left: list[list[str]] = []
    stops = False
    with events.because(by_rule=mark):
        for at, action in enumerate(rule.actions[begin:], start=begin):
            if action["do"] == STOP:
                stops = True
                break
            ticket = _do(action, Doing(ticket=ticket, key=key, at=at, event=event), done, left)
        if done or left:
            _tell(rule, ticket, key, done, left)
    return Ran(ticket, stops)


def _do(action: Mapping[str, Any], doing: Doing, done: list[list[Any]], left: list[list[str]]) -> Ticket:
    """The ticket as it is afterwards."""
    name, ticket = action["do"], doing.ticket
    known = ACTIONS.get(name)
    if known is None:  # of a part of the desk that is gone
        left.append([name, GONE])
        return ticket
    try:
        with locking.kept(ticket) if known.is_plain else _apart():
            before, after = known.do(doing, action["value"])
    except Left as refusal:
        left.append([name, refusal.code])
        return ticket
    if before != after:
        done.append([name, before, after])
    return ticket if known.is_plain else locking.lock_all([ticket.pk])[ticket.pk]


@contextmanager
def _apart() -> Iterator[None]:
    """What was begun within is taken back where it cannot be done."""
    with transaction.atomic(), events.all_or_none():
        yield


def _tell(rule: Ready, ticket: Ticket, key: uuid.UUID, done: list[list[Any]], left: list[list[str]]) -> None:
    run = RuleRun(
        key=key, rule_id=rule.pk, name=rule.name, version=rule.version, ticket=ticket, done=done, left=left
    )
    _runs.write(run)
    did = [name for name, _before, _after in done]
    events.record(ticket, Event.Kind.RULE_APPLIED, actor=None, did=did, left=left, version=rule.version)


class _Runs(threading.local):
    rows: list[RuleRun] | None = None
    """Runs of this thread that are to be written together; None while each is written at once."""

    def write(self, run: RuleRun) -> None:
        if self.rows is None:
            insert(run)
        else:
            self.rows.append(run)


_runs = _Runs()


@contextmanager
def together() -> Iterator[None]:
    """Runs and events meanwhile are written with a statement for each at the end of the block."""
    _runs.rows = []
    try:
        with events.together():
            yield
        insert_all(_runs.rows)
    finally:
        _runs.rows = None
