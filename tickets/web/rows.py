"""A ticket as a row of the list: every value ready, so that the template only prints."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from channels_app.models import Channel
from helpdesk.accounts.models import Company, User
from tickets import naming, presence, reading
from tickets.models import Ticket, View
from tickets.web import due, standing, times

CHANNEL_ICONS: dict[str, str] = {Channel.Kind.EMAIL: "mail"}
WRITTEN_KINDS = (Ticket.Kind.COMPLAINT, Ticket.Kind.SUGGESTION)


Fact = Callable[[Ticket, datetime], list[str]]


@dataclass(frozen=True, slots=True)
class Row:
    number: str
    url: str
    who: str
    initials: str
    subject: str
    language: str
    preview: str
    signs: SafeString
    """Status, channel, priority and kind, drawn and named."""
    agent: str
    agent_initials: str
    wait: str
    waits: bool
    facts: list[str]
    """What else the view shows, each a chip."""
    is_new: bool
    state: list[str]
    """That it sleeps, or is among colleagues alone: said in any view, and never clipped."""
    promise: standing.Standing | None
    due: due.Due | None
    here: list[presence.Here]
    """Which colleagues have it before them."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What all rows of a list have in common."""

    now: datetime
    language: str
    columns: frozenset[str]
    facts: Sequence[Fact]
    new: set[int]
    here: dict[int, list[presence.Here]]
    company: Company


def needed(columns: Iterable[str]) -> list[str]:
    """The fields of a ticket, and of what it points at, that these columns of a view take."""
    return [field for column in columns for field in _FACTS.get(column, _NO_FACT)[0]]


def rows(
    tickets: Sequence[Ticket], *, user: User, place: str = "", columns: Sequence[str] = View.USUAL
) -> list[Row]:
    """The rows of a list as `user` sees it; `place` is the query string that leads back to it."""
    now, language, start = timezone.now(), get_language() or "", reverse("tickets:list")
    shown = _Shown(
        now,
        language,
        frozenset(columns),
        [_FACTS[column][1] for column in columns if column in _FACTS],
        reading.new_among(user, tickets),
        presence.of((ticket.pk for ticket in tickets), but=user.pk),
        user.company,
    )
    return [_row(ticket, f"{start}{ticket.number}/?{place}", shown) for ticket in tickets]


def _row(ticket: Ticket, url: str, shown: _Shown) -> Row:
    now = shown.now
    who = naming.of(ticket.customer, getattr(ticket, "customer_address", None))
    since = None if ticket.is_finished else ticket.waiting_since
    channel = ticket.channel.kind if ticket.channel else ""
    return Row(
        number=str(ticket.number),
        url=url,
        who=who,
        initials=initials(who),
        subject=ticket.subject or _("No subject"),
        language=ticket.language,
        preview=ticket.preview if View.Column.PREVIEW in shown.columns else "",
        signs=_signs(ticket.status, channel, ticket.priority, ticket.kind, shown.language),
        agent=str(ticket.assignee) if ticket.assignee and View.Column.ASSIGNEE in shown.columns else "",
        agent_initials=ticket.assignee.initials if ticket.assignee else "",
        wait=times.span(since, now) if since else times.day(ticket.last_message_at, now),
        waits=since is not None,
        facts=[said for fact in shown.facts for said in fact(ticket, now)],
        is_new=ticket.pk in shown.new,
        state=[*_slept(ticket, now), *([_("internal")] if ticket.is_internal else [])],
        promise=standing.of(ticket.promised_until, now, shown.company),
        due=due.of(ticket, now),
        here=shown.here.get(ticket.pk, []),
    )


@lru_cache(maxsize=2048)
def _signs(status: str, channel: str, priority: int, kind: str, language: str) -> SafeString:
    """Drawn once for each combination and language: fifty rows share a handful."""
    loud = priority >= Ticket.Priority.HIGH
    context = {
        "status": status,
        "status_word": Ticket.Status(status).label,
        "channel_icon": CHANNEL_ICONS.get(channel, ""),
        "channel_word": Channel.Kind(channel).label if channel else "",
        "priority": priority if loud else 0,
        "priority_word": Ticket.Priority(priority).label if loud else "",
        "kind": kind if kind in WRITTEN_KINDS else "",
        "kind_word": Ticket.Kind(kind).label if kind in WRITTEN_KINDS else "",
    }
    return render_to_string("tickets/_signs.html", context)


def initials(name: str) -> str:
    """One or two letters for the round picture beside a name."""
    words = [word for word in name.replace("@", " ").split() if word[0].isalnum()]
    if not words:  # a phone number is told from others by its end
        return name[-2:] if name[-2:].isdecimal() else "?"
    return (words[0][0] + words[-1][0] if len(words) > 1 else words[0][:2]).upper()


def _slept(ticket: Ticket, now: datetime) -> list[str]:
    """When a snoozed ticket is back."""
    if ticket.snoozed_until is None:
        return []
    if ticket.sleeps_until_answered:
        return [_("until an answer")]
    return [_("back %(when)s") % {"when": times.day_to_come(ticket.snoozed_until, now)}]


def _said(value: object) -> list[str]:
    return [str(value)] if value else []


_NO_FACT: tuple[tuple[str, ...], Fact] = ((), lambda ticket, now: [])
_FACTS: dict[str, tuple[tuple[str, ...], Fact]] = {
    View.Column.NUMBER: ((), lambda ticket, now: [f"#{ticket.number}"]),
    View.Column.TEAM: (("team__name",), lambda ticket, now: _said(ticket.team)),
    View.Column.TAGS: (("tags",), lambda ticket, now: ticket.tags),
    View.Column.ORGANISATION: (
        ("customer__organisation__name",),
        lambda ticket, now: _said(ticket.customer.organisation),
    ),
    View.Column.LANGUAGE: ((), lambda ticket, now: _said(ticket.language)),
    View.Column.CREATED: (("created_at",), lambda ticket, now: [times.day(ticket.created_at, now)]),
}
