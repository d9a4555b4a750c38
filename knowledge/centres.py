"""Which help centre: of a host name, of a ticket's channel; where it is found, and whose tickets it shows.

What every request and every mail asks is kept in the process for moments; a page reads its rows anew.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import get_script_prefix, reverse

from knowledge.models import Article, Category, CentreChannel, HelpCentre
from tickets.models import Ticket

SECONDS = 2.0
"""How long a process may not know of a change."""
MISSED_SECONDS = 0.1
"""The same where a host name is nobody's; so often at most it costs a query."""
SHOWN_SECONDS = 60.0
"""The same for what is only shown to colleagues, on pages that may not cost a query for it."""
MOUNTED = "/brands/"
"""Below it each help centre is found at the desk's own address, by its name in addresses."""


@dataclass
class Kept:
    """The help centres as this process knows them, by what they are asked for."""

    centres: list[HelpCentre] = field(default_factory=list)
    by_host: dict[str, HelpCentre] = field(default_factory=dict)
    by_slug: dict[str, HelpCentre] = field(default_factory=dict)
    by_channel: dict[int, HelpCentre] = field(default_factory=dict)
    read_at: float = -SHOWN_SECONDS


_kept = Kept()


def every() -> list[HelpCentre]:
    """All of them, the first first; before one is saved, one with the defaults. One query."""
    found = list(HelpCentre.objects.with_hosts()) or [HelpCentre(pk=1)]
    for place, each in enumerate(found):
        each.is_first = place == 0
    return found


def kept(*, seconds: float = SECONDS) -> Kept:
    """What this process knows, at most so old."""
    if time.monotonic() >= _kept.read_at + seconds:
        _read()
    return _kept


def forget() -> None:
    """They were changed: what is kept here is read anew."""
    _kept.read_at = -SHOWN_SECONDS


def at_host(name: str) -> HelpCentre | None:
    """Whose domain that is; one that does not point here yet answers as well, so that it can be tried.

    One that was added a moment ago is asked for at once, by whoever added it.
    """
    return kept().by_host.get(name) or kept(seconds=MISSED_SECONDS).by_host.get(name)


def of_channel(channel_id: int | None) -> HelpCentre:
    """Whose tickets come by this channel: the first one's where it is nobody's, or there is none."""
    known = kept()
    return known.by_channel.get(channel_id or 0, known.centres[0])


def several() -> bool:
    """Whether it needs to be said which one."""
    return len(kept().centres) > 1


def shown(channel_id: int | None) -> HelpCentre | None:
    """The channel's help centre for colleagues to see; None where there is only one."""
    known = kept(seconds=SHOWN_SECONDS)
    if len(known.centres) == 1:
        return None
    return known.by_channel.get(channel_id or 0, known.centres[0])


def of_the_desk() -> set[str]:
    """Host names that are the desk's own: staff sign in there, so that none of them is a help centre's."""
    return {name.lower() for name in settings.ALLOWED_HOSTS} | {urlsplit(settings.BASE_URL).hostname or ""}


def origin(centre: HelpCentre) -> str:
    """Where its pages are: its domain once that points here, else a place at the desk's own address."""
    if centre.hosts:
        return at_domain(centre.hosts[0])
    return str(settings.BASE_URL) if centre.is_first else f"{settings.BASE_URL}{MOUNTED}{centre.slug}"


def at_domain(name: str) -> str:
    """Where a help centre is found under this domain: scheme and port are the desk's."""
    base = urlsplit(settings.BASE_URL)
    return f"{base.scheme}://{name}:{base.port}" if base.port else f"{base.scheme}://{name}"


def absolute(centre: HelpCentre, path: str) -> str:
    """The whole address of a path of the help centre, whatever the present request was asked by."""
    prefix = get_script_prefix().rstrip("/")
    return f"{origin(centre)}{path.removeprefix(prefix)}"


def address(centre: HelpCentre, name: str, *args: object) -> str:
    """The whole address of one of its pages, such as "help-request", for mails and programs."""
    return absolute(centre, reverse(f"knowledge:{name}", args=args))


def tickets(centre: HelpCentre, rows: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """Those of these tickets that came by the help centre's channels: each ticket is one centre's."""
    claimed = CentreChannel.objects.exclude(centre=centre.pk) if centre.is_first else centre.channels.all()
    inside = Q(channel__in=claimed.values("channel"))
    return rows.filter(Q(channel=None) | ~inside) if centre.is_first else rows.filter(inside)


def channels(centre: HelpCentre, rows: Iterable[Any]) -> list[Any]:
    """Those of these channels that are the help centre's."""
    owners = dict(CentreChannel.objects.values_list("channel", "centre"))
    return [each for each in rows if owners.get(each.pk, centre.pk if centre.is_first else 0) == centre.pk]


def hidden(centre: HelpCentre) -> set[int]:
    """Ids of the articles that it does not show, whatever their language; few where there is one brand."""
    shelves = (
        Category.objects.filter(everywhere=False).exclude(centres=centre.pk).values_list("pk", flat=True)
    )
    apart = Article.objects.filter(everywhere=False).exclude(centres=centre.pk).values_list("pk", flat=True)
    closed = list(shelves)
    shelved = Article.objects.filter(category__in=closed).values_list("pk", flat=True) if closed else []
    return {*apart, *shelved}


def _read() -> None:
    found = every()
    _kept.centres = found
    _kept.by_slug = {each.slug: each for each in found}
    _kept.by_channel = {channel: each for each in found for channel in each.own_channels}
    _kept.by_host = {name: each for each in found for name in each.names}
    _kept.read_at = time.monotonic()
