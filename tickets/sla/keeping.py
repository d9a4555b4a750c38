"""Policies as admins keep them: made, changed, ordered, removed; versions are made at once."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from helpdesk.accounts import audit
from helpdesk.accounts.hours import Span
from helpdesk.accounts.models import AuditEntry, Calendar, Holiday, Shift, User
from tickets.models import SlaPolicy
from tickets.sla import policies

Day = tuple[date, Span | None, str]
"""A day that differs: its hours (None: nobody works) and its name."""


@transaction.atomic
def save(policy: SlaPolicy, *, place: int, actor: User) -> SlaPolicy:
    """Keep a policy, new or changed, at this place in the order (1 is the first)."""
    _arrange(policy, place)
    is_new = policy.pk is None
    policy.save()
    _tell(actor, SlaPolicy, policy.pk, new=is_new)
    policies.notice(timezone.now(), actor=actor)
    return policy


@transaction.atomic
def remove(policy: SlaPolicy, *, actor: User) -> None:
    """It holds no longer; its versions stay, for the tickets that were reckoned by them."""
    pk = policy.pk
    policy.delete()
    _tell(actor, SlaPolicy, pk, deleted=True)
    policies.notice(timezone.now(), actor=actor)


@transaction.atomic
def save_hours(
    calendar: Calendar, *, week: Sequence[Sequence[Span]], days: Iterable[Day], actor: User
) -> Calendar:
    """Keep working hours: the spans of each weekday from Monday on, and the days that differ."""
    is_new = calendar.pk is None
    calendar.save()
    calendar.shifts.all().delete()
    calendar.holidays.all().delete()
    Shift.objects.bulk_create(
        Shift(calendar=calendar, weekday=weekday, starts=starts, ends=ends)
        for weekday, spans in enumerate(week)
        for starts, ends in spans
    )
    Holiday.objects.bulk_create(_holiday(calendar, *each) for each in days)
    _tell(actor, Calendar, calendar.pk, new=is_new)
    policies.notice(timezone.now(), actor=actor)
    return calendar


def _holiday(calendar: Calendar, day: date, span: Span | None, name: str) -> Holiday:
    starts, ends = span or (None, None)
    return Holiday(calendar=calendar, day=day, name=name, starts=starts, ends=ends)


def _arrange(policy: SlaPolicy, place: int) -> None:
    """Number all policies anew, with this one at its place."""
    others = list(SlaPolicy.objects.exclude(pk=policy.pk))
    others.insert(max(place - 1, 0), policy)
    for position, each in enumerate(others, 1):
        if each is policy:
            policy.position = position
        elif each.position != position:
            SlaPolicy.objects.filter(pk=each.pk).update(position=position)


def _tell(actor: User, model: type[SlaPolicy] | type[Calendar], pk: int, **more: Any) -> None:
    audit.record(AuditEntry.Kind.SETTING_CHANGED, actor=actor, table=model._meta.label_lower, row=pk, **more)
