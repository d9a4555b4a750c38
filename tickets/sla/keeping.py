"""Policies as admins keep them: made, changed, ordered, removed; versions are made at once."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helpdesk import versions
from helpdesk.accounts import audit
from helpdesk.accounts.hours import Hours, Span
from helpdesk.accounts.models import AuditEntry, Calendar, Holiday, Shift, User
from tickets.models import SlaPolicy
from tickets.sla import policies

Day = tuple[date, Span | None, str]
"""A day that differs: its hours (None: nobody works) and its name."""


class InUse(Exception):
    """Policies, teams or colleagues go by these working hours."""


def place_of(policy: SlaPolicy) -> int:
    """Where it is in the order, 1 being the first; the last place for one that is not kept yet."""
    order = list(SlaPolicy.objects.values_list("pk", flat=True))
    return order.index(policy.pk) + 1 if policy.pk in order else len(order) + 1


def with_values(policy: SlaPolicy, given: Mapping[str, Any]) -> SlaPolicy:
    """The policy as it would be, not kept yet. Raises ValidationError."""
    for name, value in given.items():
        setattr(policy, name, value)
    policy.full_clean(exclude=["position"])
    return policy


@transaction.atomic
def change(
    policy: SlaPolicy, given: Mapping[str, Any], *, place: int | None, actor: User, expected: str = ""
) -> SlaPolicy:
    """Give a kept policy these values, and this place unless None.

    Raises ValidationError, and versions.Stale unless it is in the state `expected` ("" for any).
    """
    policy = SlaPolicy.objects.select_for_update(of=("self",)).get(pk=policy.pk)
    versions.check(policy, expected)
    before, at = versions.of(policy), place_of(policy)
    place = place or at
    if versions.of(with_values(policy, given)) == before and place == at:
        return policy
    return save(policy, place=place, actor=actor)


@transaction.atomic
def save(policy: SlaPolicy, *, place: int, actor: User, expected: str = "") -> SlaPolicy:
    """Keep a policy, new or changed, at this place in the order (1 is the first).

    Raises versions.Stale unless what is kept of it is in the state `expected` ("" for any).
    """
    if expected and policy.pk:
        versions.check(SlaPolicy.objects.select_for_update(of=("self",)).get(pk=policy.pk), expected)
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
    calendar: Calendar,
    *,
    week: Sequence[Sequence[Span]],
    days: Sequence[Day],
    actor: User,
    expected: str = "",
) -> Calendar:
    """Keep working hours: the spans of each weekday from Monday on, and the days that differ.

    Raises ValidationError when nobody would ever be at work, and versions.Stale as `save` does.
    """
    if not any(week) and not any(span for _day, span, _name in days):
        nobody = _("Nobody would ever be at work. Give one day its hours at least.")
        raise ValidationError({NON_FIELD_ERRORS: [nobody]})
    if expected and calendar.pk:
        versions.check(Calendar.objects.select_for_update().get(pk=calendar.pk), expected)
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


@transaction.atomic
def change_hours(
    calendar: Calendar, given: Mapping[str, Any], *, actor: User, expected: str = ""
) -> Calendar:
    """Give working hours, new or kept, these values.

    `given` may have name, time_zone, week (day of the week → spans), days (day → one span or none) and
    day_names. Raises ValidationError, and versions.Stale as `change` does.
    """
    if calendar.pk:
        calendar = Calendar.objects.select_for_update().get(pk=calendar.pk)
        versions.check(calendar, expected)
    hours = hours_with(calendar, given)
    names = dict(calendar.holidays.values_list("day", "name")) if calendar.pk else {}
    names |= given.get("day_names", {})
    calendar.name, calendar.time_zone = given.get("name", calendar.name), hours.zone
    calendar.full_clean()
    week = [hours.week.get(day, ()) for day in range(7)]
    days = [(day, next(iter(spans), None), names.get(day, "")) for day, spans in hours.days.items()]
    return save_hours(calendar, week=week, days=days, actor=actor)


def hours_with(calendar: Calendar, given: Mapping[str, Any]) -> Hours:
    """The hours as they would be with what is given: see `change_hours`."""
    now = calendar.hours() if calendar.pk else Hours()
    week, days = given.get("week", now.week), given.get("days", now.days)
    return Hours(
        zone=given.get("time_zone", calendar.time_zone),
        week={day: tuple(spans) for day, spans in week.items() if spans},
        days={day: tuple(spans) for day, spans in days.items()},
    )


@transaction.atomic
def remove_hours(calendar: Calendar, *, actor: User) -> None:
    """Forget working hours. Raises InUse: whoever went by them would be at work round the clock."""
    pk = Calendar.objects.select_for_update().get(pk=calendar.pk).pk
    own = (Shift, Holiday)
    for relation in Calendar._meta.get_fields(include_hidden=True):
        model: Any = relation.related_model
        if not relation.one_to_many or model in own:
            continue
        if model._base_manager.filter(**{relation.field.name: pk}).exists():  # type: ignore[union-attr]
            raise InUse(str(calendar))
    calendar.delete()
    _tell(actor, Calendar, pk, deleted=True)


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
