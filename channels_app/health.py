"""How each mailbox does: when it was fetched, how late mail is, what waits, what failed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count, F, Max, Min, Q
from django.utils import timezone

from channels_app.models import Channel, Grant, InboundRecord, Incident
from tickets.models import Delivery

LATELY = timedelta(days=1)


@dataclass(frozen=True)
class Health:
    """One mailbox, now and over the last day."""

    channel: Channel
    grant: Grant | None
    lag: timedelta | None
    """Between the arrival at the server and the journal, on average over the last day's mail."""
    longest_lag: timedelta | None
    arrived: int
    waiting: int
    old_waiting: int
    quarantined: int
    unsent: int
    oldest_unsent: datetime | None
    failed: int
    incidents: list[Incident]
    """Open ones, and those of the last day."""

    @property
    def verdict(self) -> str:
        """ "ok", "bad" while an incident is open, "off" for a mailbox that is switched off, else "new"."""
        if not self.channel.is_active:
            return "off"
        if any(one.ended_at is None for one in self.incidents) or self.channel.last_error:
            return "bad"
        known = self.channel.last_good_at or not self.channel.config.get("imap_host")
        return "ok" if known else "new"


def of_all(channels: list[Channel]) -> list[Health]:
    """The health of these mailboxes; five queries."""
    now = timezone.now()
    lags, queues, sending = _lags(now), _queues(), _sending(now)
    grants = {grant.channel_id: grant for grant in Grant.objects.all()}
    lately = Incident.objects.filter(Q(ended_at=None) | Q(ended_at__gte=now - LATELY)).order_by("-began_at")
    incidents: dict[int | None, list[Incident]] = {}
    for incident in lately:
        incidents.setdefault(incident.channel_id, []).append(incident)
    return [
        Health(
            channel=one,
            grant=grants.get(one.pk),
            incidents=incidents.get(one.pk, []),
            **{"lag": None, "longest_lag": None, "arrived": 0, **lags.get(one.pk, {})},
            **{"waiting": 0, "old_waiting": 0, "quarantined": 0, **queues.get(one.pk, {})},
            **{"unsent": 0, "oldest_unsent": None, "failed": 0, **sending.get(one.pk, {})},
        )
        for one in channels
    ]


def _lags(now: datetime) -> dict[int, dict]:
    late = F("received_at") - F("arrived_at")
    records = InboundRecord.objects.filter(arrived_at__gte=now - LATELY, is_bulk=False)
    rows = (
        records.order_by()
        .values("channel")
        .annotate(lag=Avg(late), longest_lag=Max(late), arrived=Count("pk"))
    )
    return _by_channel(rows)


def _queues() -> dict[int, dict]:
    held = InboundRecord.objects.filter(state__in=["pending", "quarantined"]).order_by().values("channel")
    rows = held.annotate(
        waiting=Count("pk", filter=Q(state="pending", is_bulk=False)),
        old_waiting=Count("pk", filter=Q(state="pending", is_bulk=True)),
        quarantined=Count("pk", filter=Q(state="quarantined")),
    )
    return _by_channel(rows)


def _sending(now: datetime) -> dict[int, dict]:
    unsent = Q(state__in=["pending", "sending"])
    rows = (
        Delivery.objects.filter(unsent | Q(state="failed", created_at__gte=now - LATELY))
        .order_by()
        .values("channel")
        .annotate(
            unsent=Count("pk", filter=unsent),
            oldest_unsent=Min("created_at", filter=unsent),
            failed=Count("pk", filter=Q(state="failed")),
        )
    )
    return _by_channel(rows)


def _by_channel(rows: object) -> dict[int, dict]:
    return {row.pop("channel"): row for row in rows}  # type: ignore[attr-defined]
