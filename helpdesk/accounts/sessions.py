"""Where somebody is signed in: which browsers, since when, and an end to them."""

import re
import time
from collections import OrderedDict
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from helpdesk.accounts import audit
from helpdesk.accounts.models import AuditEntry, User

NOTED_EVERY = 60  # seconds
_REMEMBERED = 10_000
_noted: OrderedDict[str, float] = OrderedDict()  # of this process: when a session was last written down

BROWSERS = (  # in this order: most call themselves by the names of others too
    *(("Edge", "Edg"), ("Opera", "OPR"), ("Yandex", "YaBrowser"), ("Firefox", "Firefox")),
    *(("Samsung Internet", "SamsungBrowser"), ("Chrome", "Chrome"), ("Chromium", "Chromium")),
    ("Safari", "Safari"),
)
SYSTEMS = (
    *(("iPad", "iPad"), ("iPhone", "iPhone"), ("Android", "Android"), ("Windows", "Windows")),
    *(("macOS", "Mac OS X"), ("ChromeOS", "CrOS"), ("Linux", "Linux")),
)


def of(user: User) -> QuerySet[UserSession]:
    """The sessions in which the user is signed in, the one seen last first; one query."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return UserSession.objects.filter(user=user, session_key__in=alive).order_by("-last_seen_at", "-id")


@transaction.atomic
def end(sessions: QuerySet[UserSession], *, about: User, actor: User | None) -> int:
    """Sign out there, at once; tells how many sessions it were."""
    keys = list(sessions.values_list("session_key", flat=True))
    if keys:
        Session.objects.filter(session_key__in=keys).delete()
        UserSession.objects.filter(session_key__in=keys).delete()
        audit.record(AuditEntry.Kind.SESSIONS_ENDED, actor=actor, about=about, sessions=len(keys))
    return len(keys)


def end_others(user: User, *, keep: str | None, actor: User | None) -> int:
    """Sign the user out everywhere but in the session with the key `keep`."""
    return end(of(user).exclude(session_key=keep or ""), about=user, actor=actor)


def seen(request: HttpRequest) -> None:
    """Note that the session is in use: at most once a minute in each process, not at its first request."""
    key = request.session.session_key
    if not key:
        return
    now = time.monotonic()
    before = _noted.setdefault(key, now)
    if now - before < NOTED_EVERY:
        return
    _noted[key] = now
    _noted.move_to_end(key)
    while len(_noted) > _REMEMBERED:
        _noted.popitem(last=False)
    UserSession.objects.create_from_request(request)


def prune() -> None:
    """Erase sessions that have run out, and what was noted of them."""
    yesterday = timezone.now() - timedelta(days=1)
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    alive = Session.objects.values("session_key")
    UserSession.objects.filter(last_seen_at__lt=yesterday).exclude(session_key__in=alive).delete()


def device(user_agent: str) -> tuple[str, str]:
    """The browser and the system a browser says it is; "" for what is not known."""
    browser = next((name for name, sign in BROWSERS if re.search(rf"\b{sign}/", user_agent)), "")
    system = next((name for name, sign in SYSTEMS if sign in user_agent), "")
    return browser, system
