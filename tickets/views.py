"""Saving views: named lists by filters, in an order, for oneself, a team, or everybody."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from helpdesk.accounts.models import Team, User
from tickets import access, narrowing, orders
from tickets.models import View

MOST = 50  # of one colleague, of one team, and of everybody: more are no help, and each is counted


class NotYours(Exception):
    """This colleague may not make or change such a view."""


class TooManyViews(Exception):
    """There are MOST of this kind already."""


class Nonsense(ValueError):
    """A filter that cannot be: field → what is wrong with it."""

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        super().__init__("; ".join(f"{name}: {' '.join(texts)}" for name, texts in errors.items()))
        self.errors = errors


@transaction.atomic
def make(
    title: str,
    *,
    actor: User,
    owner: User | None = None,
    team: Team | None = None,
    filters: Mapping[str, str],
    order: str = orders.USUAL,
    columns: Iterable[str] = View.USUAL,
) -> View:
    """A new view, the last of its kind. Raises NotYours, TooManyViews and Nonsense."""
    _insist(actor, owner, team)
    kin = View.objects.select_for_update().filter(owner=owner, team=team).values_list("position", flat=True)
    if len(kin) >= MOST:
        raise TooManyViews
    return View.objects.create(
        title=title,
        owner=owner,
        team=team,
        filters=sound(filters, actor),
        order=order,
        columns=list(columns),
        position=max(kin, default=0) + 1,
    )


@transaction.atomic
def change(view: View, *, actor: User, **given: Any) -> View:
    """Give the view these values (title, owner, team, filters, order, columns, position).

    Raises NotYours, also where it would go where the colleague may not put it, and Nonsense.
    """
    view = View.objects.select_for_update().get(pk=view.pk)
    _insist(actor, view.owner, view.team)
    _insist(actor, given.get("owner", view.owner), given.get("team", view.team))
    if "filters" in given:
        given["filters"] = sound(given["filters"], actor)
    for name, value in given.items():
        setattr(view, name, value)
    view.save()
    return view


@transaction.atomic
def remove(view: View, *, actor: User) -> None:
    """Forget the view; the tickets in it stay. Raises NotYours."""
    _insist(actor, view.owner, view.team)
    View.objects.filter(pk=view.pk).delete()


def sound(filters: Mapping[str, str], user: User) -> dict[str, str]:
    """The filters of a view as they are kept: without what is empty. Raises Nonsense.

    A view stands on a standard one, never on another that somebody may change or remove, and keeps no words
    to search for: what it holds is counted beside every page.
    """
    given = {name: str(value).strip() for name, value in filters.items() if str(value).strip()}
    checked = narrowing.TicketFilter(given, access.tickets(user), user=user)
    errors = {name: [str(text) for text in texts] for name, texts in checked.errors.items()}
    for name in sorted(set(given) - set(checked.base_filters) | set(given) & {"q"}):
        errors[name] = ["A view has no such filter."]
    if given.get("view", "open") not in narrowing.VIEWS:
        errors["view"] = [f"Choose from: {', '.join(narrowing.VIEWS)}."]
    if errors:
        raise Nonsense(errors)
    return given


def _insist(actor: User, owner: User | None, team: Team | None) -> None:
    if not access.may_shape(
        actor, owner_id=owner.pk if owner else None, team_id=team.pk if team else None
    ) or (owner and team):
        raise NotYours
