"""Saving macros: for oneself, a team, or everybody."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from helpdesk.accounts.models import Team, User
from tickets import access
from tickets.macros.checking import sound
from tickets.models import Macro

MOST = 100  # of one colleague, of one team, and of everybody


class NotYours(Exception):
    """This colleague may not make or change such a macro."""


class TooManyMacros(Exception):
    """There are MOST of this kind already."""


@transaction.atomic
def make(
    title: str, *, actor: User, owner: User | None = None, team: Team | None = None, steps: Mapping[str, Any]
) -> Macro:
    """A new macro. Raises NotYours, TooManyMacros and Nonsense."""
    _insist(actor, owner, team)
    if Macro.objects.filter(owner=owner, team=team).count() >= MOST:
        raise TooManyMacros
    return Macro.objects.create(title=title, owner=owner, team=team, steps=sound(steps))


@transaction.atomic
def change(macro: Macro, *, actor: User, **given: Any) -> Macro:
    """Give it these values (title, owner, team, steps). Raises NotYours and Nonsense."""
    macro = Macro.objects.select_for_update().get(pk=macro.pk)
    _insist(actor, macro.owner, macro.team)
    _insist(actor, given.get("owner", macro.owner), given.get("team", macro.team))
    if "steps" in given:
        given["steps"] = sound(given["steps"])
    for name, value in given.items():
        setattr(macro, name, value)
    macro.save()
    return macro


@transaction.atomic
def remove(macro: Macro, *, actor: User) -> None:
    """Forget it; what it did stays. Raises NotYours."""
    _insist(actor, macro.owner, macro.team)
    Macro.objects.filter(pk=macro.pk).delete()


def _insist(actor: User, owner: User | None, team: Team | None) -> None:
    ids = {"owner_id": owner.pk if owner else None, "team_id": team.pk if team else None}
    if not access.may_shape(actor, **ids) or (owner and team):
        raise NotYours
