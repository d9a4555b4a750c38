"""What a macro can do to a ticket, each by the verb that does it alone; and how that is taken back."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from helpdesk.accounts.models import Team, User
from tickets import bulk, properties, snoozing
from tickets.bulk import Action
from tickets.events import Actor
from tickets.models import Ticket

ME = "me"
REPLY, NOTE = "reply", "note"
WORDS = (REPLY, NOTE)
SNOOZES: dict[str, timedelta | None] = {
    "3h": timedelta(hours=3),
    "1d": timedelta(days=1),
    "3d": timedelta(days=3),
    "7d": timedelta(days=7),
    "answer": None,
}
"""For how long; "answer" is until the customer writes."""
TAGS = ("tag_add", "tag_remove")


def _own(ticket: Ticket) -> dict[str, Any]:
    return dict(ticket.custom)


def _set_own(ticket: Ticket, given: Mapping[str, Any], actor: Actor) -> None:
    properties.set_custom(ticket, given, actor=actor)


def _own_back(ticket: Ticket, before: Mapping[str, Any], actor: Actor) -> None:
    gone = {key: None for key in ticket.custom if key not in before}
    properties.set_custom(ticket, {**before, **gone}, actor=actor)


def _sleep(ticket: Ticket, name: str, actor: Actor) -> None:
    span = SNOOZES[name]
    snoozing.snooze(ticket, until=timezone.now() + span if span else snoozing.UNTIL_ANSWERED, actor=actor)


# In this order: a team decides who may have the ticket, and a status is what the rest led to.
ACTIONS: dict[str, Action] = {
    **{name: bulk.ACTIONS[name] for name in ("team", "assignee", "kind", "priority")},
    "tag_add": bulk.ACTIONS["tag_add"],
    "tag_remove": bulk.ACTIONS["tag_remove"],
    "custom": Action(_own, _set_own, _own_back),
    "status": bulk.ACTIONS["status"],
    "snooze": Action(bulk.ACTIONS["snooze"].read, _sleep, bulk.ACTIONS["snooze"].back),
}
NAMES = (*ACTIONS, *WORDS)


def taken_back(name: str, ticket: Ticket, before: Any, after: Any, actor: Actor) -> bool:
    """Make the (locked) ticket as it was before this step, if it is still as the step left it.

    Of tags each counts for itself: others that came or went since keep nothing from being taken back.
    """
    if name in TAGS:
        return _tags_back(name, ticket, before, after, actor)
    if before == after or ACTIONS[name].read(ticket) != after:
        return False
    ACTIONS[name].back(ticket, before, actor)
    return True


def _tags_back(name: str, ticket: Ticket, before: list[str], after: list[str], actor: Actor) -> bool:
    now = ACTIONS[name].read(ticket)
    kept = [tag for tag in now if tag in before or tag not in after]
    kept += [tag for tag in before if tag not in after and tag not in now]
    if kept == now:
        return False
    ACTIONS[name].back(ticket, kept, actor)
    return True


def resolved(steps: Mapping[str, Any], actor: User | None) -> tuple[dict[str, Any], list[str]]:
    """The values that the actions take, in their order; and which steps name somebody who is gone.

    Without an actor, as for a rule, "me" is nobody.
    """
    values: dict[str, Any] = {}
    lost: list[str] = []
    for name in ACTIONS:
        if name not in steps:
            continue
        value = steps[name]
        if name == "team" and value is not None:
            value = Team.objects.filter(pk=value).first()
        if name == "assignee" and value is not None:
            found = User.objects.people().at_work()
            value = actor if value == ME else found.filter(pk=value).first()
        if value is None and steps[name] is not None:
            lost.append(name)
        values[name] = value
    return values, lost
