"""What readers searched for: what was not found, and what was found but opened by nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db.models import Count, Q
from django.utils import timezone

from knowledge.models import HelpCentre, Search, Translation

KEPT_DAYS = 180
_SALT = "knowledge.search"


@dataclass(frozen=True)
class Gap:
    """Words that were searched for and led nowhere, and how often."""

    query: str
    language: str
    times: int


def remember(query: str, language: str, found: int, *, centre: HelpCentre | None = None) -> str:
    """Write down a search at a help centre (None: the first).

    Returns what goes into the addresses of its results, so that `opened` knows it.
    """
    words = " ".join(query.lower().split())[:120]
    if not words:
        return ""
    where = None if centre is None or centre.is_first else centre
    row = Search.objects.create(query=words, language=language, found=found, centre=where)
    return signing.dumps(row.pk, salt=_SALT)


def opened(mark: str, translation: Translation) -> None:
    """A result of that search was opened; a mark that is not ours is passed over."""
    try:
        pk = signing.loads(mark, salt=_SALT, max_age=timedelta(days=1)) if mark else None
    except signing.BadSignature:
        return
    if pk is not None:
        Search.objects.filter(pk=pk).update(opened=translation)


def not_found(since: datetime, *, centre: HelpCentre | None = None, limit: int = 50) -> list[Gap]:
    """What nothing was found for, the most often searched first: at one help centre, or at all."""
    return _gaps(since, centre, Q(total=0), limit)


def not_opened(since: datetime, *, centre: HelpCentre | None = None, limit: int = 50) -> list[Gap]:
    """What something was found for, of which nobody ever opened anything."""
    return _gaps(since, centre, Q(total__gt=0, clicks=0), limit)


def forget() -> None:
    """What was searched long ago."""
    Search.objects.filter(at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).delete()


def _gaps(since: datetime, centre: HelpCentre | None, which: Q, limit: int) -> list[Gap]:
    rows = (
        Search.objects.filter(_at(centre), at__gte=since)
        .values("query", "language")
        .annotate(times=Count("pk"), clicks=Count("opened"), total=Count("pk", filter=Q(found__gt=0)))
        .filter(which)
        .order_by("-times", "query")[:limit]
    )
    return [Gap(row["query"], row["language"], row["times"]) for row in rows]


def _at(centre: HelpCentre | None) -> Q:
    """The first one's are those of no other: also what was searched before there were several."""
    if centre is None:
        return Q()
    return Q(centre=None) | Q(centre=centre.pk) if centre.is_first else Q(centre=centre.pk)
