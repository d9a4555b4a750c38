"""Which ways a colleague wants for which kind of notification."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from helpdesk.accounts.models import User
from tickets.models import Notification, Telling

Kind = Notification.Kind
NO_MAIL, NOW, DIGEST = "", "now", "digest"
MAILS = (NO_MAIL, NOW, DIGEST)
NEWS = frozenset({Kind.WATCHED, Kind.WOKEN, Kind.ANSWERED, Kind.ASSIGNED, Kind.WROTE})
"""What leads to a ticket as it is now: of these a colleague has one line for each ticket until it is read."""
MATTERS = (
    NEWS,
    frozenset({Kind.PROMISE_DUE, Kind.PROMISE_LATE}),
    frozenset({Kind.DUE_SOON, Kind.OVERDUE, Kind.LONG_OVERDUE}),
)
"""Kinds that tell of one matter: the next takes the place of what was not read yet."""
LOUD = frozenset({Kind.MENTIONED, Kind.HELD, Kind.PROMISE_DUE, Kind.UNOWNED, Kind.DUE_SOON, Kind.OVERDUE})
SOFT = frozenset({Kind.WATCHED, Kind.READING})
"""What does not come to devices unless somebody wants it."""
FLAGS = ("page", "sound", "push")


@dataclass(frozen=True)
class Ways:
    page: bool = True
    sound: bool = False
    push: bool = False
    mail: str = NO_MAIL


def matter(kind: str) -> int | None:
    """Which of MATTERS a kind tells of; None for one that stands for itself."""
    return next((place for place, kinds in enumerate(MATTERS) if kind in kinds), None)


def usual(kind: str) -> Ways:
    """What holds until somebody chooses."""
    mails: dict[str, str] = {Kind.MENTIONED: NOW, Kind.READING: DIGEST}
    return Ways(sound=kind in LOUD, push=kind not in SOFT, mail=mails.get(kind, NO_MAIL))


def chosen(telling: Telling | None, kind: str) -> Ways:
    """The ways for this kind; what was never chosen, or makes no sense, is as usual."""
    given: Mapping[str, Any] = telling.choices.get(kind, {}) if telling else {}
    plain = usual(kind)
    flags = {name: given.get(name) for name in FLAGS}
    mail = given.get("mail", plain.mail)
    known = {name: value for name, value in flags.items() if isinstance(value, bool)}
    return Ways(**{**vars(plain), **known, "mail": mail if mail in MAILS else plain.mail})


def of(users: Iterable[int]) -> dict[int, Telling]:
    """What these colleagues chose, who chose anything; one query."""
    return Telling.objects.in_bulk(set(users))


def kept(user: User) -> Telling:
    """A colleague's choices, not yet saved when they never made any."""
    return Telling.objects.filter(user=user).first() or Telling(user=user)


def choose(user: User, choices: Mapping[str, Ways], **given: Any) -> Telling:
    """From now on the colleague is told so; `given` are the other columns of Telling."""
    given["choices"] = {kind: vars(ways) for kind, ways in choices.items()}
    return Telling.objects.update_or_create(user=user, defaults=given)[0]


def is_quiet(telling: Telling | None, now: datetime, zone: str) -> bool:
    """Whether it is one of the hours in which the colleague wants no sound and no push. Pure."""
    if telling is None or telling.quiet_from is None or telling.quiet_until is None:
        return False
    hour, start, end = now.astimezone(ZoneInfo(zone)).hour, telling.quiet_from, telling.quiet_until
    return start <= hour < end if start <= end else hour >= start or hour < end
