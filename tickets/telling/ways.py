"""Which ways a colleague wants for which kind of notification."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from helpdesk.accounts.models import User
from tickets.models import Notification, Telling

Kind = Notification.Kind
NO_MAIL, NOW, DIGEST = "", "now", "digest"
MAILS = (NO_MAIL, NOW, DIGEST)
LOUD = frozenset({Kind.MENTIONED, Kind.HELD, Kind.PROMISE_DUE, Kind.UNOWNED, Kind.DUE_SOON, Kind.OVERDUE})


@dataclass(frozen=True)
class Ways:
    page: bool = True
    sound: bool = False
    mail: str = NO_MAIL


def usual(kind: str) -> Ways:
    """What holds until somebody chooses."""
    mails: dict[str, str] = {Kind.MENTIONED: NOW, Kind.READING: DIGEST}
    return Ways(sound=kind in LOUD, mail=mails.get(kind, NO_MAIL))


def chosen(telling: Telling | None, kind: str) -> Ways:
    """The ways for this kind; what was never chosen, or makes no sense, is as usual."""
    given: Mapping[str, Any] = telling.choices.get(kind, {}) if telling else {}
    plain = usual(kind)
    flags = {name: given.get(name) for name in ("page", "sound")}
    mail = given.get("mail", plain.mail)
    known = {name: value for name, value in flags.items() if isinstance(value, bool)}
    return Ways(**{**vars(plain), **known, "mail": mail if mail in MAILS else plain.mail})


def of(users: Iterable[int]) -> dict[int, Telling]:
    """What these colleagues chose, who chose anything; one query."""
    return Telling.objects.in_bulk(set(users))


def kept(user: User) -> Telling:
    """A colleague's choices, not yet saved when they never made any."""
    return Telling.objects.filter(user=user).first() or Telling(user=user)


def choose(user: User, choices: Mapping[str, Ways], *, digest: str, hour: int) -> Telling:
    """From now on the colleague is told so."""
    given = {"choices": {kind: vars(ways) for kind, ways in choices.items()}, "digest": digest, "hour": hour}
    return Telling.objects.update_or_create(user=user, defaults=given)[0]
