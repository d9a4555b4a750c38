"""The views of the desk: which tickets they hold, page by page, and how many there are."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime

from helpdesk.accounts.models import Team, User
from helpdesk.prepared import capped_counts
from tickets import access, search
from tickets.models import Ticket
from tickets.models.ticket import TicketQuerySet
from tickets.narrowing import VIEWS, TicketFilter

Counted = Callable[[User], Mapping[str, QuerySet[Any]]]

PAGE = 50
COUNT_CAP = 1000
SHOWN = (  # what a row of the list shows; building whole models took half the time of a page
    *("number", "subject", "status", "kind", "priority", "preview", "language", "last_message_at"),
    *("waiting_since", "customer__name", "assignee__name", "assignee__email", "channel__kind"),
)


@dataclass(frozen=True)
class Page:
    tickets: list[Ticket]
    next: str
    """Cursor of the page after this one, "" on the last."""


def listed(
    user: User,
    view: str,
    *,
    team: int | None = None,
    query: str = "",
    narrow: Mapping[str, Any] | None = None,
    before: str = "",
    limit: int = PAGE,
) -> Page:
    """One page of a view, newest message first, with customer, assignee and channel at hand.

    `query` searches in all tickets the colleague may see; `narrow` are further words of `TicketFilter`, of
    which nonsense is left out; `before` is the cursor of an earlier page.
    """
    rows: list[Ticket] = []
    place = {} if query else {"view": view if view in VIEWS else "open", "team": str(team or "")}
    for found in matching(user, {**(narrow or {}), **place, "q": query}):
        if cursor := read_cursor(before):
            at, pk = cursor
            found = found.filter(last_message_at__lte=at).exclude(last_message_at=at, pk__gte=pk)
        shown = found.select_related("customer", "assignee", "channel").only(*SHOWN).newest_first()
        rows = list(shown[: limit + 1])
        if len(rows) > limit:
            return Page(tickets=rows[:limit], next=_cursor(rows[limit - 1]))
    return Page(tickets=rows, next="")


def counts(user: User, teams: list[Team], also: Counted | None = None) -> dict[str, int]:
    """How many tickets each view and each team's queue ("team-7") hold, up to 1,000; one query.

    `also(user)` names what else is to be counted with them.
    """

    def wanted() -> dict[str, QuerySet[Any]]:
        views = {name: _held(user, name) for name in ("open", "mine", "unassigned", "spam")}
        queues = {f"team-{team.pk}": _held(user, "open", team=team.pk) for team in teams}
        return {**views, **queues, **(also(user) if also else {})}

    key = (user.pk, access.horizon(user), tuple(team.pk for team in teams), also, COUNT_CAP)
    return capped_counts(key, wanted, cap=COUNT_CAP)


def read_cursor(text: str) -> tuple[datetime, int] | None:
    """The place in the list that a cursor names; None for none and for nonsense."""
    at, _sep, pk = text.rpartition("_")
    try:
        moment = parse_datetime(at)
        if not (moment and moment.tzinfo and pk.isdecimal()):
            return None
        return moment.astimezone(UTC), int(pk)  # PostgreSQL takes fewer offsets than the notation allows
    except (ValueError, OverflowError):
        return None


def matching(user: User, asked: Mapping[str, Any]) -> Iterator[TicketQuerySet]:
    """The tickets asked for in words of `TicketFilter`; of a search first the newest, more when asked again.

    Without a query and a view these are all tickets on the desk; a query looks into every folder.
    """
    given = {name: asked[name] for name in asked}
    query = str(given.get("q") or "").strip()
    if not query and not given.get("view"):
        given["view"] = "all"
    visible = TicketFilter(given, access.tickets(user), user=user).qs
    if not query:
        yield visible
        return
    for ids in search.widening(query):
        yield visible.filter(Q(pk__in=ids) | Q(number=search.number(query)))


def _held(user: User, view: str, *, team: int | None = None) -> TicketQuerySet:
    found = VIEWS.get(view, VIEWS["open"]).narrow(access.tickets(user), user)
    return found.filter(team=team) if team else found


def _cursor(ticket: Ticket) -> str:
    return f"{ticket.last_message_at.isoformat()}_{ticket.pk}"
