"""The policies of the desk as versions in an order: what they say is kept for ever, what holds is the newest.

Whoever changes a policy, a calendar or the order by whatever way: `notice` finds the difference, writes the
versions that are new and an edition, which then reaches the open tickets (`sweeping`).
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from helpdesk.accounts.hours import Hours
from helpdesk.accounts.models import User
from tickets.models import SlaEdition, SlaPolicy, SlaVersion
from tickets.sla import terms
from tickets.sla.terms import Terms

SECONDS = 10.0
"""How long a worker may go by policies that were changed meanwhile."""
_LOCK = 7263  # advisory: one writes versions at a time


@dataclass
class _Kept:
    terms: Sequence[Terms] = ()
    edition: int = 0
    until: float = 0.0
    versions: dict[int, tuple[datetime, Terms]] = field(default_factory=dict)
    """Versions never change; when one was made tells it from another of a desk that was emptied."""


_kept = _Kept()


def known() -> Sequence[Terms]:
    """The policies that hold, in order; as they were up to ten seconds ago."""
    if time.monotonic() >= _kept.until:
        refresh()
    return _kept.terms


def refresh() -> Sequence[Terms]:
    """Read the tables now."""
    edition = SlaEdition.objects.order_by("-id").first()
    ids = edition.versions if edition else []
    _kept.terms = [found[pk] for pk in ids] if (found := versions(ids)) else ()
    _kept.until = time.monotonic() + SECONDS
    return _kept.terms


def versions(ids: Sequence[int]) -> dict[int, Terms]:
    """These versions, to reckon with."""
    for row in SlaVersion.objects.filter(pk__in=ids) if ids else ():
        made_at, _terms = _kept.versions.get(row.pk, (None, None))
        if made_at != row.made_at:
            _kept.versions[row.pk] = (row.made_at, terms.read(row.pk, row.number, row.terms))
    return {pk: _kept.versions[pk][1] for pk in ids}


@transaction.atomic
def notice(now: datetime, *, actor: User | None = None) -> SlaEdition | None:
    """Write down what was changed since the last edition, as a new one; None when nothing was."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    newest = SlaEdition.objects.order_by("-id").first()
    order = [_version(policy, now, actor) for policy in active()]
    if order == (newest.versions if newest else []):
        return None
    made = SlaEdition.objects.create(versions=order, made_at=now)
    _kept.until = 0.0
    return made


def active() -> list[SlaPolicy]:
    """The policies that are switched on, in order, with their calendars at hand."""
    rows = SlaPolicy.objects.filter(is_active=True).select_related("calendar")
    return list(rows.prefetch_related("calendar__shifts", "calendar__holidays"))


def _version(policy: SlaPolicy, now: datetime, actor: User | None) -> int:
    """The version that says what the policy says now, a new one if it says something new."""
    said = written(policy)
    newest = SlaVersion.objects.filter(policy=policy).order_by("-number").first()
    if newest and newest.terms == said:
        return newest.pk
    number = newest.number + 1 if newest else 1
    made = SlaVersion.objects.create(policy=policy, number=number, terms=said, made_at=now, made_by=actor)
    return made.pk


def written(policy: SlaPolicy, hours: Hours | None = None) -> dict[str, Any]:
    """All that a policy says, as JSON that `terms.read` reads; `hours` instead of those of its calendar."""
    conditions = {
        "kind": policy.kind,
        "priority": policy.priority,
        "importance": policy.importance,
        "channel": policy.channel_id,
        "organisation": policy.organisation_id,
        "team": policy.team_id,
    }
    allowed = {each: getattr(policy, each) for each in terms.TARGETS}
    calendar = policy.calendar
    return {
        "name": policy.name,
        "conditions": {name: value for name, value in conditions.items() if value},
        "allowed": {name: minutes for name, minutes in allowed.items() if minutes},
        "pauses_on_hold": policy.pauses_on_hold,
        "warn_share": policy.warn_share,
        "warn_minutes": policy.warn_minutes,
        "warn_tells": list(policy.warn_tells),
        "late_tells": list(policy.late_tells),
        "raises_priority": policy.raises_priority,
        "escalate_minutes": policy.escalate_minutes,
        "hands_back": policy.hands_back,
        "calendar": terms.hours_written(calendar.name, hours or calendar.hours()) if calendar else None,
    }


def terms_of(policy: SlaPolicy, hours: Hours | None = None) -> Terms:
    """What a policy would say, saved or not."""
    return terms.read(0, 0, written(policy, hours))
