"""The navigation beside every page: views and queues with their counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from channels_app import access as channel_access
from channels_app.webhooks import access as webhook_access
from helpdesk.accounts.models import Team, User
from helpdesk.prepared import Lookup
from tickets import access, filters, horizon
from tickets.models import Attachment, Availability, TeamRouting, View
from tickets.sla import policies

STANDARD = ("open", "mine", "unassigned", "due", "urgent", "waiting", "snoozed", "all")

_teams = Lookup(Team.objects.all, planned=True)

PEOPLE = ("customers", "customer", "organisations", "organisation", "blocked", "customer-joining")
"""The pages that belong to the customers' book."""

ARTICLES = ("articles", "article", "article-begin", "gaps", "responses", "response", "pairs")
"""The pages where articles are written."""

PROCEDURES = ("procedures", "procedure", "begin", "writing", "compare", "reading", "readers")
"""The pages where procedures are read and written."""


@dataclass(frozen=True)
class Item:
    key: str
    title: str | Promise
    icon: str
    url: str
    count: str = ""
    here: bool = False
    loud: bool = False


def context(user: User, request: HttpRequest, *, wait: bool = False) -> dict[str, Any]:
    """What `tickets/_nav.html` shows; four queries.

    A page does not wait for the counts of saved views: those that are missing are asked for once it is there.
    """
    mine = None if horizon.sees_everything(user) else horizon.team_ids(user)
    shown_teams = [team for team in teams(request) if mine is None or team.pk in mine]
    saved = access.list_of_views(user)
    found = filters.counts(user, shown_teams, also=_own, shared=_TROUBLE, saved=saved, wait=wait)
    counts, here = found.counts, _here(request)
    people = [Item("customers", _("Customers"), "users", reverse("tickets:customers"), here=here in PEOPLE)]
    knowledge = Item("articles", _("Articles"), "book", reverse("knowledge:articles"), here=here in ARTICLES)
    guides = Item(
        "procedures", _("Procedures"), "list-checks", reverse("sop:procedures"), here=here in PROCEDURES
    )
    books = [*people, guides, knowledge]
    return {
        "views": [
            *(_view(name, counts, here) for name in STANDARD if name != "due" or policies.known()),
            *_scheduled(counts, here),
            *_promises(counts, here),
            *books,
        ],
        "queues": [_queue(team, counts, here) for team in shown_teams],
        "saved": [_saved(view, counts, here) for view in saved],
        "trouble": _trouble(counts, here),
        "away": [_view(name, counts, here) for name in ("spam", "bin")],
        "is_due": found.is_due,
        "unread": shown(counts["bell"]),
        "is_routed": bool(counts["routed"]),
        "there": _there(counts),
    }


_TROUBLE: dict[str, filters.Shared] = {
    "deliveries": lambda user: access.deliveries(user).troubled(),
    "notices": lambda user: access.notices(user).troubled(),
    "quarantine": lambda user: channel_access.records(user).quarantined(),
    "unscanned": lambda user: Attachment.objects.unscanned() if user.is_admin else Attachment.objects.none(),
    "webhooks": lambda user: webhook_access.webhooks(user).exclude(disabled_reason=""),
    "floods": lambda user: channel_access.floods(user).unsettled(),
}
"""What somebody has to look at: messages that were not sent, mail that nobody could read."""


def _own(user: User) -> dict[str, QuerySet[Any]]:
    """What the colleague has begun, promised and been told."""
    return {
        "drafts": access.drafts(user),
        "scheduled": access.queued_drafts(user),
        "promises": access.promises(user).open().of(user.pk),
        "lapsed": access.promises(user).lapsed(timezone.now()).of(user.pk),
        "bell": access.notifications(user).filter(read_at=None, is_quiet=False),
        "routed": TeamRouting.objects.exclude(mode="off").filter(team__memberships__user=user.pk),
        "available": Availability.objects.filter(pk=user.pk, state=Availability.State.AVAILABLE),
        "paused": Availability.objects.filter(pk=user.pk, state=Availability.State.PAUSED),
    }


def _there(counts: dict[str, int]) -> str | Promise:
    """Whether new tickets come to one, in a word."""
    states = Availability.State
    if counts["available"]:
        return states.AVAILABLE.label
    return states.PAUSED.label if counts["paused"] else states.AWAY.label


def _here(request: HttpRequest) -> str:
    """The key of the page one is on, such as "open", "team-7" or "quarantine"."""
    match = request.resolver_match
    if match and match.view_name == "tickets:list":
        if "q" in request.GET:
            return "search"
        view = request.GET.get("view", "open")
        return f"team-{request.GET.get('team', '')}" if view == "team" else view
    return match.url_name or "" if match else ""


def _view(name: str, counts: dict[str, int], here: str) -> Item:
    view = filters.VIEWS[name]
    url = f"{reverse('tickets:list')}?view={name}"
    return Item(name, view.title, view.icon, url, shown(counts.get(name, 0)), here == name)


def _saved(view: View, counts: dict[str, int], here: str) -> Item:
    icon = "user" if view.owner_id else "users" if view.team_id else "globe"
    url = f"{reverse('tickets:list')}?view={view.pk}"
    return Item(view.key, view.title, icon, url, shown(counts.get(view.key, 0)), here == view.key)


def _scheduled(counts: dict[str, int], here: str) -> Iterator[Item]:
    """One's own replies that wait; absent while there are none and one is elsewhere."""
    waiting = counts["scheduled"]
    if waiting or here == "scheduled":
        url = reverse("tickets:scheduled")
        yield Item("scheduled", _("Scheduled"), "calendar", url, shown(waiting), here == "scheduled")


def _promises(counts: dict[str, int], here: str) -> Iterator[Item]:
    """What one has promised; absent while there is nothing and one is elsewhere."""
    mine, late = counts["promises"], counts["lapsed"]
    if mine or here == "promises":
        url, is_here = reverse("tickets:promises"), here == "promises"
        yield Item("promises", _("Promises"), "promise", url, shown(mine), is_here, loud=bool(late))


def _queue(team: Team, counts: dict[str, int], here: str) -> Item:
    key = f"team-{team.pk}"
    url = f"{reverse('tickets:list')}?view=team&team={team.pk}"
    return Item(key, team.name, team.icon or "users", url, shown(counts.get(key, 0)), here == key)


def _trouble(counts: dict[str, int], here: str) -> list[Item]:
    """The lists of what somebody has to look at; absent while there is nothing and one is elsewhere."""
    unsent, aside = counts["deliveries"] + counts["notices"], counts["quarantine"]
    return [
        *_alarms(counts, here),
        Item(
            "drafts",
            _("Drafts"),
            "pencil",
            reverse("tickets:drafts"),
            shown(counts["drafts"]),
            here == "drafts",
        ),
        Item(
            "deliveries",
            _("Not sent"),
            "warning",
            reverse("tickets:deliveries"),
            shown(unsent),
            here == "deliveries",
            loud=bool(unsent),
        ),
        Item(
            "quarantine",
            _("Quarantine"),
            "shield",
            reverse("channels:quarantine"),
            shown(max(aside, counts["floods"])),
            here == "quarantine",
            loud=bool(counts["floods"]),
        ),
    ]


def _alarms(counts: dict[str, int], here: str) -> Iterator[Item]:
    """What admins are told of beside every page, as long as it lasts."""
    files = f"{reverse('admin:tickets_attachment_changelist')}?state__exact={Attachment.State.UNCHECKED}"
    alarms = [
        ("unscanned", _("No virus scanner"), "shield", files),
        ("webhooks", _("Webhooks"), "link", reverse("webhooks:webhooks")),
    ]
    for key, title, icon, url in alarms:
        if counts[key]:
            yield Item(key, title, icon, url, shown(counts[key]), here == key, loud=True)


def teams(request: HttpRequest) -> list[Team]:
    """All teams, asked for once a page."""
    if not hasattr(request, "teams"):
        request.teams = _teams()  # type: ignore[attr-defined]
    return request.teams  # type: ignore[attr-defined]


def shown(count: int) -> str:
    """A count as people read it: nothing for none, "1,000+" at the cap."""
    if count >= filters.COUNT_CAP:
        return f"{number_format(filters.COUNT_CAP, force_grouping=True)}+"
    return str(count) if count else ""
