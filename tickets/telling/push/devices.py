"""The browsers that a colleague wants to be told on: known push services alone, signed in there."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from helpdesk.accounts.models import User
from tickets.models import Device
from tickets.telling.push import encryption

MOST = 20  # of one colleague
LONGEST = 1000
# The push services of Chrome and what is made of it, of Firefox, of Safari, and of Edge.
SERVICES = ("fcm.googleapis.com", ".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com")


class NotAPushService(ValueError):
    """The address is none of a push service that this desk knows."""


def of(user: User) -> QuerySet[Device]:
    """One's own browsers; nobody sees another's. Their secrets are not asked for."""
    return Device.objects.filter(user=user.pk).defer("secrets")


def one(user: User, pk: int) -> Device:
    """One of one's own browsers; raises Http404."""
    return get_object_or_404(of(user), pk=pk)


@transaction.atomic
def keep(user: User, *, endpoint: str, p256dh: str, auth: str, session: str, name: str) -> Device:
    """From now on the colleague is told there too; what was another colleague's browser is theirs now.

    Beyond 20 the oldest goes. Raises NotAPushService and BadKeys.
    """
    check(endpoint)
    encryption.read(p256dh, auth)
    given = {
        "user": user,
        "secrets": {"p256dh": p256dh, "auth": auth},
        "session": session,
        "name": name[:80],
    }
    device, _made = Device.objects.update_or_create(endpoint=endpoint, defaults=given)
    kept = user.devices.order_by("-made_at", "-pk").values("pk")[:MOST]
    Device.objects.filter(user=user).exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    return device


def check(endpoint: str) -> None:
    """Raises NotAPushService: browsers name the address, so it could be anybody's.

    What an admin lists as `HELPDESK_PUSH_HOSTS` may be a server of one's own, in one's own network.
    """
    try:
        parts = urlsplit(endpoint)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise NotAPushService from error
    if host in settings.PUSH_HOSTS:
        known = parts.scheme in ("https", "http")
    else:
        known = parts.scheme == "https" and port in (None, 443) and _is_known(host)
    if not known or len(endpoint) > LONGEST or parts.username is not None:
        raise NotAPushService


def _is_known(host: str) -> bool:
    return any(host == each or (each[0] == "." and host.endswith(each)) for each in SERVICES)


def is_signed_in(device: Device) -> bool:
    """Whether its colleague works here, and is signed in in that browser still."""
    return device.user.is_active and device.session in alive([device])


def alive(found: Iterable[Device]) -> set[str]:
    """The sessions of these devices that have not ended; one query."""
    keys = {device.session for device in found}
    known = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    return set(known.values_list("session_key", flat=True))


def renew(user: User, *, endpoint: str, p256dh: str, auth: str, session: str, before: str = "") -> bool:
    """The colleague has signed in again in this browser, or it has another address than `before`.

    False where they took it off the list meanwhile. Raises NotAPushService and BadKeys.
    """
    check(endpoint)
    encryption.read(p256dh, auth)
    given = {"secrets": {"p256dh": p256dh, "auth": auth}, "session": session}
    mine = Device.objects.filter(user=user)
    if mine.filter(endpoint=endpoint).update(**given):
        return True
    is_free = not Device.objects.filter(endpoint=endpoint).exists()
    return is_free and bool(mine.filter(endpoint=before).update(endpoint=endpoint, **given))


def remove(device: Device) -> None:
    """Nothing more is told there."""
    device.delete()
