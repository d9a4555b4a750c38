"""Alarms: what is wrong now, told once by another way than the failing one, and again when it is over."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Count, F, Func, IntegerField, Min, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app import notices, proof
from channels_app.models import Channel, Grant, Hook, InboundRecord, Incident, Reconciliation
from helpdesk.accounts.models import User
from tickets.models import Delivery

log = structlog.get_logger(__name__)

SILENT_MINUTES = 15  # unless the mailbox says otherwise (config["alarm_minutes"])
STUCK = timedelta(minutes=15)
MANY = 10  # new mails in quarantine, or failed deliveries, within LATELY
MANY_REFUSED = 5
LATELY = timedelta(hours=1)
MISSED = timedelta(days=7)
CALM = timedelta(minutes=5)  # trouble that has been away so long is over; shorter breaks are the same trouble
Kind = Incident.Kind

Found = tuple[str, int | None, dict[str, Any]]


def watch(now: datetime) -> None:
    """Look at everything that can be wrong, and tell what has begun and what is over. Once a minute."""
    found = {(kind, channel): facts for kind, channel, facts in troubles(now)}
    for incident in _settled(found, now):
        _tell(incident, now)


def troubles(now: datetime) -> Iterator[Found]:
    """(kind, mailbox or None, facts) of everything that is wrong now; half a dozen queries."""
    yield from _fetching(now)
    yield from _consents(now)
    yield from _inbound(now)
    yield from _sending(now)
    yield from _missing(now)
    yield from _refused(now)


def sentence(incident: Incident) -> str:
    """What is wrong, in the reader's language."""
    facts, count = incident.facts, int(incident.facts.get("count", 0))
    match incident.kind:
        case Kind.FETCHING:
            text = _("Mail has not been fetched for %(minutes)d minutes. %(reason)s")
        case Kind.CONSENT:
            text = _("The provider's consent fails: %(reason)s Connect the mailbox again.")
        case Kind.WAITING:
            text = ngettext(
                "%(count)d mail waits to be read, the oldest for %(minutes)d minutes.",
                "%(count)d mails wait to be read, the oldest for %(minutes)d minutes.",
                count,
            )
        case Kind.QUARANTINE:
            text = ngettext(
                "%(count)d mail went into quarantine within an hour.",
                "%(count)d mails went into quarantine within an hour.",
                count,
            )
        case Kind.SENDING:
            text = ngettext(
                "%(count)d answer does not go out. %(reason)s",
                "%(count)d answers do not go out. %(reason)s",
                count,
            )
        case Kind.MISSING:
            text = ngettext(
                "%(count)d mail lies on the server and is not in the desk.",
                "%(count)d mails lie on the server and are not in the desk.",
                count,
            )
        case _other:
            text = _("%(count)d requests that prove nothing were refused.")
    return (text % {"minutes": 0, "reason": "", **facts, "count": count}).strip()


def current() -> list[Incident]:
    """What is wrong now, the oldest first."""
    return list(Incident.objects.open().select_related("channel").order_by("began_at"))


@transaction.atomic
def _settled(found: dict[tuple[str, int | None], dict[str, Any]], now: datetime) -> list[Incident]:
    """The incidents that begin or end with this look."""
    changed = []
    known = Incident.objects.open().select_for_update(of=("self",)).order_by("pk")
    for incident in known:
        facts = found.pop((incident.kind, incident.channel_id), None)
        if facts is not None:
            incident.facts, incident.seen_at = facts, now
        elif incident.seen_at < now - CALM:
            incident.ended_at = now
            changed.append(incident)
        incident.save(update_fields=["facts", "seen_at", "ended_at"])
    known_channels: dict[int | None, Channel] = dict(Channel.objects.in_bulk())
    for (kind, channel), facts in found.items():
        fields = {"facts": facts, "began_at": now, "seen_at": now}
        incident, is_new = Incident.objects.get_or_create(
            kind=kind, channel=known_channels.get(channel), ended_at=None, defaults=fields
        )
        changed += [incident] if is_new else []
    return changed


def _tell(incident: Incident, now: datetime) -> None:
    """A mail to everybody in charge, through another mailbox than the failing one."""
    log.warning("alarm", kind=incident.kind, channel=incident.channel_id, over=bool(incident.ended_at))
    failing = incident.channel.addresses if incident.channel else []
    people = User.objects.people().at_work().filter(role__in=[User.Role.ADMIN, User.Role.SUPERVISOR])
    addresses = [user.email for user in people if user.email not in failing]
    if not addresses:
        return
    where = incident.channel.name if incident.channel else _("Help desk")
    label = incident.get_kind_display()
    subject = _("Over: %(what)s (%(where)s)") if incident.ended_at else _("Alarm: %(what)s (%(where)s)")
    text = _("It is over.") if incident.ended_at else sentence(incident)
    link = f"{settings.BASE_URL}{reverse('channels:health')}"
    told = EmailMessage(subject % {"what": label, "where": where}, f"{text}\n\n{link}\n", to=addresses)
    notices.queue(told, avoid=incident.channel_id)


def _fetching(now: datetime) -> Iterator[Found]:
    for mailbox in Channel.objects.active().filter(config__has_key="imap_host").exclude(config__imap_host=""):
        limit = int(mailbox.config.get("alarm_minutes") or SILENT_MINUTES)
        silent = now - max(mailbox.last_good_at or mailbox.connected_at, mailbox.connected_at)
        if silent > timedelta(minutes=limit):
            minutes = int(silent.total_seconds() // 60)
            yield Kind.FETCHING, mailbox.pk, {"minutes": minutes, "reason": mailbox.last_error}


def _consents(now: datetime) -> Iterator[Found]:
    failing = Q(revoked_at__isnull=False) | Q(failed_at__lt=now - STUCK)
    for grant in Grant.objects.filter(failing, channel__is_active=True):
        yield Kind.CONSENT, grant.channel_id, {"reason": f"{grant.error}."}


def _inbound(now: datetime) -> Iterator[Found]:
    waiting = InboundRecord.objects.pending().filter(is_bulk=False, received_at__lt=now - STUCK)
    told = waiting.aggregate(count=Count("pk"), oldest=Min("received_at"))
    if told["count"]:
        minutes = int((now - told["oldest"]).total_seconds() // 60)
        yield Kind.WAITING, None, {"count": told["count"], "minutes": minutes}
    aside = InboundRecord.objects.quarantined().filter(received_at__gte=now - LATELY).order_by()
    for row in aside.values("channel").annotate(count=Count("pk")).filter(count__gte=MANY):
        yield Kind.QUARANTINE, row["channel"], {"count": row["count"]}


def _sending(now: datetime) -> Iterator[Found]:
    """What waits too long although it has been tried, and what has failed lately."""
    stuck = Q(state__in=["pending", "sending"], created_at__lt=now - STUCK, attempts__gt=0)
    stuck |= Q(state="pending", due_at__lt=now - STUCK)
    failed = Q(state="failed", created_at__gte=now - LATELY)
    rows = Delivery.objects.filter(stuck | failed, kind=Delivery.Kind.MESSAGE).order_by().values("channel")
    counted = rows.annotate(stuck=Count("pk", filter=stuck), failed=Count("pk", filter=failed))
    for row in counted.filter(Q(stuck__gt=0) | Q(failed__gte=MANY)):
        newest = Delivery.objects.filter(stuck | failed, channel=row["channel"]).exclude(error="")
        reason = newest.order_by("-pk").values_list("error", flat=True).first() or ""
        yield Kind.SENDING, row["channel"], {"count": row["stuck"] + row["failed"], "reason": reason[:300]}


def _missing(now: datetime) -> Iterator[Found]:
    lacking = Func(F("missing"), function="cardinality", output_field=IntegerField())
    since = proof.day_of(now - MISSED)
    fetched = Reconciliation.objects.filter(use=Reconciliation.Use.FETCHED, day__gte=since)
    active = fetched.filter(channel__is_active=True, channel__backlog_left=0).exclude(missing=[])
    for row in active.order_by().values("channel").annotate(count=Sum(lacking)):
        yield Kind.MISSING, row["channel"], {"count": row["count"]}


def _refused(now: datetime) -> Iterator[Found]:
    """A provider with a wrong secret, whose mail we refuse; or somebody who tries."""
    lately = Hook.objects.filter(
        refused__gte=MANY_REFUSED, refused_at__gte=now - LATELY, channel__is_active=True
    )
    for row in lately.order_by().values("channel").annotate(count=Sum("refused")):
        yield Kind.HOOKS, row["channel"], {"count": row["count"]}
