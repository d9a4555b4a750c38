"""Taking a line of the bell to a colleague's devices: queued with it, gone when it was read meanwhile."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from channels_app.messages import DeliveryFailed, Receipt
from helpdesk import outgoing
from helpdesk.accounts.models import Company
from helpdesk.outgoing import Limits, NotReached
from helpdesk.secrets import Unreadable
from tickets import access, carriers, deliveries
from tickets.carriers import Carrier
from tickets.models import Delivery, Device, Notification
from tickets.telling import mail, ways, wording
from tickets.telling.push import devices, encryption, vapid

LIMITS = Limits(size=4096, cut=True, connect=5, read=10, total=15, redirects=0)
SOON = timedelta(seconds=4)  # in which whoever sits before the desk has seen it there
LATEST = timedelta(hours=4)  # what is older is under the bell, and no news
GONE, BUSY = (404, 410), (429, 500, 502, 503, 504)
PAUSES = [timedelta(seconds=each) for each in (5, 30, 120, 600, 1800, 3600)]
LONGEST = 300  # characters
State = Delivery.State


def queue(lines: Iterable[Notification]) -> int:
    """Queue these lines for all devices of those whom they are for; how many. One query for no device."""
    found = defaultdict(list)
    for line in lines:
        found[line.user_id].append(line)
    pushes = 0
    for pk, user, endpoint in Device.objects.filter(user__in=found).values_list("pk", "user", "endpoint"):
        for line in found[user]:
            pushes += _queue(pk, endpoint, line=line.pk)
    return pushes


def trial(device: Device) -> None:
    """A push that says that pushes come, at once."""
    _queue(device.pk, device.endpoint, due=timedelta())


def _queue(device: int, endpoint: str, *, line: int = 0, due: timedelta = SOON) -> bool:
    """A line that changed while its push waits needs no second one."""
    known = f"push.{device}.{line}"
    if line and Delivery.objects.filter(external_id=known, state=State.PENDING).exists():
        return False
    deliveries.queue(
        Delivery.Kind.PUSH,
        lane=urlsplit(endpoint).hostname or "",
        payload={"device": device, "line": line},
        external_id=known,
        due_at=timezone.now() + due,
    )
    return True


class PushCarrier(Carrier):
    def send(self, delivery: Delivery) -> Receipt:
        """One attempt, or none where there is nothing to tell any more. Raises DeliveryFailed."""
        device = _device(delivery.payload["device"])
        if device is None or timezone.now() - delivery.created_at > LATEST:
            return Receipt()
        told = _told(device, delivery.payload["line"])
        return _send(device, *told) if told else Receipt()

    def repeats_safely(self, delivery: Delivery) -> bool:
        """One of the same topic takes the place of the first."""
        return True

    def pause(self, delivery: Delivery) -> timedelta | None:
        return PAUSES[delivery.attempts - 1] if delivery.attempts <= len(PAUSES) else None

    def sent(self, delivery: Delivery, receipt: Receipt) -> None:
        """The row was the promise; it is kept."""
        Delivery.objects.filter(pk=delivery.pk).delete()


def _device(pk: int) -> Device | None:
    """The device, if it may be told now: whoever signed out there, or works here no more, hears nothing."""
    try:
        device = Device.objects.select_related("user").filter(pk=pk).first()
    except Unreadable:  # kept with another key: it has to be named anew
        Device.objects.filter(pk=pk).delete()
        return None
    return device if device and devices.is_signed_in(device) else None


def _told(device: Device, pk: int) -> tuple[dict[str, Any], bool] | None:
    """What is shown on the device, and whether it is urgent; None for what was read or is not theirs."""
    user = device.user
    if not pk:
        with override(user.language):
            said = _("Notifications come to this device.")
        return {"title": Company.load().name, "body": said, "url": "/", "tag": "trial"}, True
    line = access.notifications(user).unread().filter(pk=pk).select_related("ticket", "by").first()
    if line is None:
        return None
    telling = ways.kept(user)
    with override(user.language):
        said = wording.sentence(line)
        subject = (line.ticket.subject or _("No subject")) if line.ticket and telling.shows_subject else ""
    shown = {
        "title": said[:LONGEST],
        "body": " ".join(subject.split())[:LONGEST],
        "url": mail.path(line),
        "tag": f"ticket-{line.ticket_id}" if line.kind in ways.NEWS else f"line-{line.pk}",
        "at": int(line.created_at.timestamp() * 1000),
    }
    return shown, line.kind in ways.LOUD


def _send(device: Device, told: dict[str, Any], is_urgent: bool) -> Receipt:
    own = vapid.keys()
    content = json.dumps(told, ensure_ascii=False).encode()
    try:
        devices.check(device.endpoint)  # the list of services may be another by now
        reply = outgoing.fetch(
            device.endpoint,
            method="POST",
            headers={
                "authorization": vapid.header(device.endpoint, own, now=timezone.now()),
                "content-encoding": "aes128gcm",
                "content-type": "application/octet-stream",
                "ttl": str(int(LATEST.total_seconds())),
                "urgency": "high" if is_urgent else "normal",
                "topic": told["tag"],  # one that was not shown yet gives way to the next of its ticket
            },
            body=encryption.encrypted(content, p256dh=device.secrets["p256dh"], auth=device.secrets["auth"]),
            allowed=settings.PUSH_HOSTS,
            limits=LIMITS,
        )
    except (devices.NotAPushService, encryption.BadKeys):
        devices.remove(device)
        return Receipt()
    except NotReached as failed:
        raise DeliveryFailed(str(failed), permanent=False, lane_down=True) from failed
    return _settled(device, reply)


def _settled(device: Device, reply: outgoing.Answer) -> Receipt:
    """RFC 8030, 7.3: what is gone for good is forgotten; what is busy is asked later."""
    if reply.is_success:
        Device.objects.filter(pk=device.pk).update(told_at=timezone.now())
        return Receipt(provider_id=str(reply.status))
    if reply.status in GONE:
        with transaction.atomic():
            devices.remove(device)
        return Receipt()
    words = reply.body.decode("utf-8", "replace").replace("\x00", "")[:LONGEST]
    raise DeliveryFailed(
        f"{reply.status} {words}".strip(), permanent=reply.status not in BUSY, lane_down=reply.status in BUSY
    )


carriers.register(Delivery.Kind.PUSH, PushCarrier())
