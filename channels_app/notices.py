"""The desk's own mail to colleagues: sign-in links, alarms, digests. Queued, never lost, never in sight.

Whatever Django or allauth sends goes through `Queue`, so that a mail server that is away only delays it. A
notice may hold a link that lets somebody in: it is encrypted while it waits and forgotten once it went.
"""

import base64
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import Message as Mail
from email.utils import formataddr, formatdate, make_msgid, parseaddr
from typing import Any, cast

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _

from channels_app.adapters.email import addresses, outbox, relays
from channels_app.adapters.email.compose import Letter
from channels_app.messages import DeliveryFailed, Receipt
from channels_app.models import Channel, Incident
from helpdesk.accounts.models import Company
from helpdesk.secrets import Unreadable, decrypt, encrypt
from tickets import carriers, deliveries
from tickets.carriers import Carrier
from tickets.models import Delivery


class Queue(BaseEmailBackend):
    """Django's e-mail backend: every mail becomes a notice, within the caller's transaction."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue them; how many there were."""
        for message in email_messages:
            if message.recipients():
                is_bulk = message.extra_headers.get("Precedence") == "bulk"
                queue(message, urgency=Delivery.Urgency.BULK if is_bulk else Delivery.Urgency.NOW)
        return len(email_messages)


def queue(
    message: EmailMessage, *, urgency: Delivery.Urgency = Delivery.Urgency.NOW, avoid: int | None = None
) -> Delivery:
    """Queue one mail; what it says is readable to nobody while it waits.

    `avoid` is a mailbox in trouble: what tells of it goes through another one if there is any.
    """
    raw = cast(Any, message.message()).as_bytes(linesep="\r\n")
    return deliveries.queue(
        Delivery.Kind.NOTICE,
        recipients={"to": [parseaddr(address)[1] for address in message.recipients()]},
        lane=f"avoiding-{avoid}" if avoid else "",
        payload={"mail": encrypt(base64.b64encode(raw).decode()), "avoid": avoid},
        external_id=make_msgid(domain="desk").strip("<>"),
        urgency=urgency,
    )


class NoticeCarrier(Carrier):
    """Notices go out by the system's own server, else through a mailbox."""

    def send(self, delivery: Delivery) -> Receipt:
        channel = _way_out(delivery.payload.get("avoid"))
        try:
            mail = message_from_bytes(base64.b64decode(decrypt(delivery.payload["mail"])), policy=policy.SMTP)
        except Unreadable as error:
            told = _("It was kept under another encryption key. Ask for it once more.")
            raise DeliveryFailed(told, permanent=True) from error
        ours = _address(mail, delivery, channel)
        raw = mail.as_bytes()
        try:
            envelope = {addresses.on_wire(one): one for one in delivery.unsettled()}
        except addresses.NotAnAddress as error:
            told = _("This is not an address: %(address)s") % {"address": error}
            raise DeliveryFailed(told, permanent=True) from error
        letter = Letter(
            sender=ours,
            envelope=envelope,
            size=len(raw),
            chunks=iter([raw if raw.endswith(b"\r\n") else raw + b"\r\n"]),
            key=delivery.external_id,
        )
        return outbox.send(channel, letter)

    def repeats_safely(self, delivery: Delivery) -> bool:
        return True

    def sent(self, delivery: Delivery, receipt: Receipt) -> None:
        Delivery.objects.filter(pk=delivery.pk).update(payload={})


carriers.register(Delivery.Kind.NOTICE, NoticeCarrier())


def _way_out(avoid: int | None = None) -> Channel:
    """Where the desk's own mail goes out: an unsaved channel for the system's server, else a mailbox."""
    given: dict[str, Any] = settings.SYSTEM_MAIL
    if given["smtp_host"]:
        address = settings.SYSTEM_MAIL_FROM or given["smtp_user"]
        own = Channel(kind=Channel.Kind.EMAIL, address=parseaddr(address)[1], config=dict(given))
        own.secrets = {"smtp_password": settings.SYSTEM_MAIL_PASSWORD}
        return own
    chosen = _chosen_mailbox(avoid)
    if chosen is None:
        told = _(
            "The desk's own mail has no way out: choose a mailbox for it, or set HELPDESK_SYSTEM_MAIL_HOST."
        )
        raise DeliveryFailed(told, permanent=False)
    return chosen


def _chosen_mailbox(avoid: int | None = None) -> Channel | None:
    """The mailbox an admin chose; for want of one, any that can send, rather one that is in no trouble."""
    mailboxes = Channel.objects.active().filter(kind=Channel.Kind.EMAIL).order_by("pk")
    able = [one for one in mailboxes if one.config.get("smtp_host") or _has_relay(one)]
    troubled = set(Incident.objects.open().values_list("channel", flat=True)) if avoid else set()
    return min(
        able,
        key=lambda one: (one.pk == avoid, one.pk in troubled, not one.config.get("system_mail")),
        default=None,
    )


def _has_relay(channel: Channel) -> bool:
    return channel.config.get("outgoing") in relays.RELAYS


def _address(mail: Mail, delivery: Delivery, channel: Channel) -> str:
    """Give the mail its sender, date and marks; the address it comes from."""
    name = parseaddr(settings.SYSTEM_MAIL_FROM)[0] or Company.load().name
    ours = addresses.on_wire(channel.address)
    for field in ("From", "Date", "Message-ID", "Auto-Submitted", "Bcc"):
        del mail[field]
    mail["From"] = formataddr((name, ours))
    mail["Date"] = formatdate(delivery.created_at.timestamp())
    mail["Message-ID"] = f"<{delivery.external_id}>"
    mail["Auto-Submitted"] = "auto-generated"
    return ours
