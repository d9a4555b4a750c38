"""Who is there for new tickets: available, paused for a reason, or away; and how much each can take."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone

from helpdesk.accounts import audit
from helpdesk.accounts.models import AuditEntry, Calendar, Membership, User
from helpdesk.wake import wake
from tickets import horizon, live
from tickets.models import Availability, AvailabilityChange, Competence

State = Availability.State
LONGEST_PAUSE = timedelta(hours=24)
BATCH = 100


class Talk(StrEnum):
    """What one gets breath after."""

    CALL = "call"
    CHAT = "chat"


class NotAtWork(Exception):
    """A program, or somebody who works here no more, is never available."""


class BadTime(ValueError):
    """A pause ends in the future, and within a day."""


def may_set(actor: User, user: User) -> bool:
    """One's own; a supervisor that of the members of their teams, an admin everybody's."""
    if actor.pk == user.pk or actor.is_admin:
        return True
    mates = Membership.objects.filter(user=user, team__in=horizon.team_ids(actor))
    return actor.is_supervisor and mates.exists()


def of(user: User) -> Availability:
    """A colleague's place in routing, not yet saved when they never had one."""
    return Availability.objects.filter(pk=user.pk).first() or Availability(user=user)


@transaction.atomic
def be(
    user: User,
    state: str,
    *,
    actor: User | None,
    reason: str = "",
    until: datetime | None = None,
    by_itself: bool = False,
) -> Availability:
    """From now on the colleague is available, paused or away; a pause may end by itself.

    `by_itself`: away because there was no sign of them. What they say themselves puts an end to that.
    Nothing happens when nothing changes. Raises NotAtWork and BadTime; ValueError for what is no state.
    """
    if user.is_program or not user.is_active:
        raise NotAtWork(str(user))
    now = timezone.now()
    wanted = State(state)
    pause = wanted == State.PAUSED
    if pause and until is not None and not now < until <= now + LONGEST_PAUSE:
        raise BadTime
    row = _locked(user)
    after = (wanted, Availability.Reason(reason) if pause else "", until if pause else None, by_itself)
    if (row.state, row.reason, row.until, row.by_itself) == after:
        return row
    row.state, row.reason, row.until, row.by_itself = after
    row.since = now
    row.save(update_fields=["state", "reason", "until", "by_itself", "since"])
    AvailabilityChange.objects.create(user=user, state=row.state, reason=row.reason, by=actor, at=now)
    if actor is not None and actor != user:
        told = {"table": "tickets.availability", "row": user.pk, "fields": ["state"], "state": row.state}
        audit.record(AuditEntry.Kind.SETTING_CHANGED, actor=actor, about=user, **told)
    _told(user)
    return row


@transaction.atomic
def limit(
    user: User,
    *,
    actor: User,
    capacity: int,
    per_kind: Mapping[str, int] | None = None,
    calendar: Calendar | None = None,
    newcomer_until: date | None = None,
    breath: Mapping[Talk, int] | None = None,
) -> Availability:
    """How much the colleague can take, and when they work; `breath`: how many seconds after a talk.

    Raises ValidationError.
    """
    row = _locked(user)
    given: dict[str, Any] = {
        "capacity": capacity,
        "per_kind": dict(per_kind or {}),
        "calendar": calendar,
        "newcomer_until": newcomer_until,
        **{f"{talk}_breath": seconds for talk, seconds in (breath or {}).items()},
    }
    changed = [name for name, value in given.items() if getattr(row, name) != value]
    for name, value in given.items():
        setattr(row, name, value)
    if not changed:
        return row
    row.clean_fields(exclude=["user"])
    row.save(update_fields=changed)
    told = {"table": "tickets.availability", "row": user.pk, "fields": sorted(changed)}
    audit.record(AuditEntry.Kind.SETTING_CHANGED, actor=actor, about=user, **told)
    _told(user)
    return row


@transaction.atomic
def learn(user: User, *, languages: Mapping[str, int], skills: Mapping[int, int], actor: User) -> None:
    """The colleague speaks these languages and has these skills, each with its level, and no others."""
    after: dict[tuple[str, int | None], int] = {(code, None): level for code, level in languages.items()}
    after |= {("", pk): level for pk, level in skills.items()}
    _locked(user)
    rows = Competence.objects.filter(user=user)
    before = {(row.language, row.skill_id): row.level for row in rows}
    if before == after:
        return
    rows.delete()
    Competence.objects.bulk_create(
        Competence(user=user, language=code, skill_id=skill, level=level)
        for (code, skill), level in after.items()
    )
    told = {"table": "tickets.competence", "row": user.pk, "fields": ["languages", "skills"]}
    audit.record(AuditEntry.Kind.SETTING_CHANGED, actor=actor, about=user, **told)
    _told(user)


@transaction.atomic
def breathe(user: User, *, after: Talk, now: datetime) -> datetime | None:
    """A talk of theirs is over: nothing is given to them for as long as is set; until when.

    To be called by whatever ends one. Who is given nothing anyway needs no breath, and a longer one that
    they have is not cut short: None, or the longer.
    """
    row = Availability.objects.select_for_update().filter(pk=user.pk).first()
    seconds = getattr(row, f"{after}_breath") if row else 0
    if row is None or not seconds:
        return row.breath(now) if row else None
    row.breathes_until = max(now + timedelta(seconds=seconds), row.breathes_until or now)
    row.save(update_fields=["breathes_until"])
    _told(user)
    return row.breathes_until


@transaction.atomic
def stop_breathing(user: User) -> None:
    """They are ready for what waits before their breath is over."""
    if Availability.objects.filter(pk=user.pk, breathes_until__isnull=False).update(breathes_until=None):
        _told(user)


def end_pauses(now: datetime) -> int:
    """Whose pause is over is available again; how many."""
    over = Availability.objects.filter(state=State.PAUSED, until__lte=now).select_related("user")
    return sum(_end(row.user, now) for row in over.order_by("until")[:BATCH])


@transaction.atomic
def _end(user: User, now: datetime) -> bool:
    row = _locked(user)
    if row.state != State.PAUSED or row.until is None or row.until > now or not user.is_active:
        return False
    be(user, State.AVAILABLE, actor=None)
    return True


def _locked(user: User) -> Availability:
    Availability.objects.get_or_create(user=user)
    return Availability.objects.select_for_update(of=("self",)).select_related("user").get(pk=user.pk)


def _told(user: User) -> None:
    """The pages of those who work with them show it; what waits may find them now."""
    teams = Membership.objects.filter(user=user).values_list("team", flat=True)
    live.publish("desk", *(f"team-{team}" for team in teams), by=user.pk)
    wake("routing")
