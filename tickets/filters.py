"""The views of the desk: which tickets they hold, page by page, and how many there are."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import QuerySet

from helpdesk.accounts.models import Team, User
from helpdesk.prepared import kept
from tickets import access, counting, horizon, naming, narrowing, orders, search
from tickets.models import Ticket, View
from tickets.models.ticket import TicketQuerySet
from tickets.narrowing import VIEWS, TicketFilter

Counted = Callable[[User], Mapping[str, QuerySet[Any]]]
Shared = Callable[[User], QuerySet[Any]]

PAGE = 50
BEST = "best"
"""The order of a search in which the best of its newest hits come first; else they come by time."""
COUNT_CAP = 1000
WORTH = 20  # tickets that make a correction as good as any
COUNTED = ("open", "mine", "unassigned", "due", "urgent", "snoozed", "spam")
SHOWN = (  # what a row of the list shows; building whole models took half the time of a page
    *("number", "subject", "status", "kind", "priority", "preview", "language", "last_message_at"),
    *(
        "waiting_since",
        "snoozed_until",
        "is_internal",
        "promised_until",
        "due_at",
        "due_soon_at",
        "due_target",
        "customer__name",
        "assignee__name",
        "assignee__email",
        "channel__kind",
    ),
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
    order: str = "",
    before: str = "",
    limit: int = PAGE,
    shown: Iterable[str] = (),
) -> Page:
    """One page of a view in its order or the one named, with customer, assignee and channel at hand.

    `query` searches in all tickets the colleague may see, in the order BEST if that is asked for; `narrow`
    are further words of `TicketFilter`, of which nonsense is left out; `before` is the cursor of an earlier
    page; `shown` are further columns.
    """
    view = view if view in VIEWS else "open"
    place = {"view": view} | ({"team": str(team)} if team else {})
    by = orders.named(orders.USUAL if query else order or VIEWS[view].order)
    shown = list(shown)
    further = sorted({name.rpartition("__")[0] for name in shown if "__" in name})
    related = ["customer", "assignee", "channel", *further]
    cut = partial(_cut, by, related, shown, limit)
    if not (query or narrow or before):  # what everybody looks at all day is compiled once
        key = ("first page", *_key(user, place, horizon.horizon(user)), by.name, *related, *shown, limit)
        return _page(kept(key, lambda: cut(_placed(user, place))), by, limit)
    if query and order == BEST and search.has_words(query):
        visible = _placed(user, {**(narrow or {}), "q": query})
        return _best(
            search.best(query, visible, user), lambda ids: cut(visible.filter(pk__in=ids)), before, limit
        )
    page = Page(tickets=[], next="")
    for found in matching(user, {**(narrow or {}), **({} if query else place), "q": query}):
        page = _page(list(cut(by.after(found, by.place(before)))), by, limit)
        if page.next:
            break
    return page


def _best(ids: list[int], cut: Callable[[list[int]], Iterable[Ticket]], before: str, limit: int) -> Page:
    """A page of these, in their order; the cursor is how many came before."""
    mark, _dash, typed = before.partition("-")
    start = int(typed[:6]) if mark == BEST and typed.isascii() and typed.isdecimal() else 0
    end = start + limit
    rows = {ticket.pk: ticket for ticket in cut(ids[start:end])}
    tickets = [rows[pk] for pk in ids[start:end] if pk in rows]
    return Page(tickets=tickets, next=f"{BEST}-{end}" if len(ids) > end else "")


def order_of(user: User, asked: Mapping[str, Any]) -> str:
    """The order in which the view that is asked for goes, the usual one without one or of a search."""
    name = str(asked.get("view") or "")
    if not name or asked.get("q"):
        return orders.USUAL
    if name in VIEWS:
        return VIEWS[name].order
    saved = access.views(user).filter(pk=int(name)).first() if name.isdecimal() else None
    return saved.order if saved else orders.USUAL


def counts(
    user: User,
    teams: Iterable[Team],
    also: Counted | None = None,
    *,
    shared: Mapping[str, Shared] | None = None,
    saved: Iterable[View] = (),
    wait: bool = True,
) -> counting.Found:
    """How many tickets each view, team's queue ("team-7") and saved view ("7") holds, up to 1,000.

    One query at most, which `also(user)` adds to, and what is the same for all who may see as much as they
    do, `shared`; saved views besides, each by itself, if one waits for them.
    """
    who = horizon.horizon(user)
    quick = {name: _wanted(user, {"view": name}, who) for name in COUNTED}
    for name, rows in (shared or {}).items():
        quick[name] = counting.Wanted((name, who, user.is_admin), partial(rows, user), is_told=False)
    quick |= {f"team-{team.pk}": _wanted(user, {"view": "open", "team": str(team.pk)}, who) for team in teams}
    slow = {view.key: _wanted(user, {"view": "open", **view.filters}, who) for view in saved}
    extra = [((also, user.pk, who), lambda: also(user))] if also else []
    return counting.count(user, quick, slow, cap=COUNT_CAP, wait=wait, also=extra)


def matching(user: User, asked: Mapping[str, Any]) -> Iterator[TicketQuerySet]:
    """The tickets asked for in words of `TicketFilter`; of a search first the newest, more when asked again.

    Without a query and a view these are all tickets on the desk; a query looks into every folder.
    """
    given = {name: asked[name] for name in asked}
    query = str(given.get("q") or "").strip()
    if not query and not given.get("view"):
        given["view"] = "all"
    visible = _placed(user, given)
    if not query:
        yield visible
        return
    yield from search.matching(query, visible, user)


def corrections(user: User, query: str, *, most: int = 2) -> list[str]:
    """Queries with typing errors mended, those that find the colleague the most first."""
    visible = access.tickets(user)
    found: dict[str, int] = {}
    for each in search.alternatives(query):
        shown = (len(rows.values_list("pk")[:WORTH]) for rows in search.matching(each, visible, user))
        found[each] = next(filter(None, shown), 0)
    return [each for each in sorted(found, key=lambda one: -found[one]) if found[each]][:most]


def _placed(user: User, asked: Mapping[str, Any]) -> TicketQuerySet:
    """The tickets in these words of `TicketFilter` that the colleague may see."""
    return TicketFilter(asked, access.tickets(user), user=user).qs


def _cut(
    by: orders.Order, related: Iterable[str], shown: Iterable[str], limit: int, found: TicketQuerySet
) -> TicketQuerySet:
    """The first of these, with what a row shows; one more than asked for tells whether there are more."""
    rows = by.sort(found).select_related(*related).only(*SHOWN, *shown)
    return rows.annotate(customer_address=naming.address())[: limit + 1]


def _page(rows: list[Ticket], by: orders.Order, limit: int) -> Page:
    return Page(tickets=rows[:limit], next=by.cursor(rows[limit - 1]) if len(rows) > limit else "")


def _key(user: User, asked: Mapping[str, str], who: Hashable) -> tuple[Hashable, ...]:
    """All that these tickets depend on; who sees the same shares it, unless it is about the colleague."""
    mine = {*asked.values()} & {narrowing.ME, narrowing.MINE} or asked.keys() & narrowing.PERSONAL
    return tuple(sorted(asked.items())), who, user.pk if mine else 0


def _wanted(user: User, asked: Mapping[str, str], who: Hashable) -> counting.Wanted:
    """The count of these tickets."""
    return counting.Wanted(
        _key(user, asked, who), lambda: TicketFilter(asked, access.tickets(user), user=user).qs
    )
