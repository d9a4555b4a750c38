"""Which list an address asks for: a view, a team's queue or a search, narrowed and in an order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise

from helpdesk.accounts.guard import StaffRequest
from tickets import access, filters, orders
from tickets.models import View
from tickets.narrowing import VIEWS, Standard, TicketFilter
from tickets.web import own_filters
from tickets.web.forms import ListForm

# Read apart, since they say which list it is; the rest narrows it.
APART = {"view", "team", "q"}


@dataclass(frozen=True)
class Place:
    view: str
    """A standard view's name, "team", or the id of a saved view."""
    saved: View | None
    team: int | None
    query: str
    searching: bool
    given: Mapping[str, str]
    """The filters in the address; an empty one takes a saved view's own away."""
    order: str
    before: str
    since: datetime | None
    ticket: int | None
    base: Mapping[str, str] = field(default_factory=dict)

    @property
    def standard(self) -> Standard:
        """The standard view at the bottom of it."""
        name = self.base.get("view", "open") if self.saved else self.view
        return VIEWS.get(name, VIEWS["open"])

    @property
    def title(self) -> str | Promise:
        return self.saved.title if self.saved else self.standard.title

    @property
    def narrow(self) -> dict[str, str]:
        """The filters in force besides the standard view."""
        merged = {**self.base, **self.given}
        return {name: value for name, value in merged.items() if value and name != "view"}

    @property
    def by(self) -> str:
        """The name of the order in force."""
        return self.order or (self.saved.order if self.saved else self.standard.order)

    @property
    def columns(self) -> list[str]:
        return self.saved.columns if self.saved else list(View.USUAL)

    @property
    def is_changed(self) -> bool:
        """Whether the address differs from the view it names."""
        return bool(self.given) or self.by != (self.saved.order if self.saved else self.standard.order)

    @property
    def key(self) -> str:
        """The key of this list in the navigation and the phone's tabs."""
        if self.searching:
            return "search"
        return f"team-{self.team}" if self.team else self.view

    @property
    def address(self) -> str:
        """The query string that leads here again."""
        own = {"view": self.view, "team": self.team, "q": self.query, "order": self.order}
        return urlencode({name: value for name, value in own.items() if value} | dict(self.given))

    def but(self, **changed: str) -> str:
        """The query string of this list with other filters, another query or order; "" takes one away.

        A search stays one, whatever is left of its query.
        """
        order, query = changed.pop("order", self.order), changed.pop("q", self.query)
        given = {**self.given, **changed}
        given = {name: value for name, value in given.items() if value or name in self.base}
        own = {"view": self.view, "team": self.team, "q": query, "order": order}
        kept = {name: value for name, value in own.items() if value or (name == "q" and self.searching)}
        return urlencode(kept | given)

    def page(self, user: Any, **options: Any) -> filters.Page:
        """One page of this list."""
        if self.searching and not self.query:
            return filters.Page(tickets=[], next="")
        asked = {"order": self.by, "before": self.before, **options}
        return filters.listed(
            user, self.standard.name, team=self.team, query=self.query, narrow=self.narrow, **asked
        )


def read(request: StaffRequest, within: View | None = None) -> Place:
    """The list that the address asks for, or what it adds to `within`; nonsense counts as not given."""
    form = ListForm(request.GET)
    form.is_valid()
    asked = {name: form.cleaned_data.get(name) for name in form.fields}
    view, team = within.key if within else asked["view"] or "", asked["team"]
    saved = within or (access.views(request.user).filter(pk=int(view)).first() if view.isdecimal() else None)
    if not saved and (view not in (*VIEWS, "team") or (view == "team" and not team)):
        view = "open"
    base = dict(saved.filters) if saved else {}
    return Place(
        view=view,
        saved=saved,
        team=team if view == "team" else None,
        query=asked["q"] or "",
        searching="q" in request.GET,
        given=_given(request.GET, base, in_view=view != "team"),
        order=_order(asked["order"] or "", is_search="q" in request.GET),
        before=asked["before"] or "",
        since=asked["since"],
        ticket=asked["ticket"],
        base=base,
    )


def _order(name: str, *, is_search: bool) -> str:
    known = name in orders.ORDERS or (is_search and name == filters.BEST)
    return name if known else ""


def _given(data: QueryDict, base: Mapping[str, str], *, in_view: bool) -> dict[str, str]:
    """The further filters of the address, the same as the API's; one asked for twice means either."""
    names = set(TicketFilter.base_filters) - APART | ({"team"} if in_view else set())
    given = {name: ",".join(filter(None, data.getlist(name))) for name in sorted(names) if name in data}
    own = own_filters.asked(data)
    given |= {} if own is None else {"custom": own}
    return {name: value for name, value in given.items() if value != base.get(name, "")}
