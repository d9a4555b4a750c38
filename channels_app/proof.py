"""The proof that nothing is lost: what the servers hold, what the desk has, and what became of it, "
"day by day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count, F, Func, IntegerField, Q, QuerySet, Sum, Value
from django.db.models.functions import TruncDate
from django.utils import timezone

from channels_app.models import Audit, Channel, InboundRecord, Reconciliation, Sighting
from helpdesk.accounts.models import Company, User

EVERY = timedelta(days=1)
AFTER_TROUBLE = timedelta(hours=1)
LONGEST = timedelta(hours=1)  # a comparison that has not ended by then never will
PATIENCE = timedelta(minutes=15)  # what waits longer than this in the journal is told
State = InboundRecord.State


@dataclass
class Day:
    """One day of one mailbox."""

    day: date
    on_server: int = 0
    fetched: int = 0
    """Of those in the folders that are fetched."""
    recorded: int = 0
    """What came into the journal that day, by whatever way."""
    outcomes: Counter[str] = field(default_factory=Counter)
    missing: int = 0
    """In a fetched folder, and nowhere in the journal."""
    unlooked: int = 0
    """In junk or a chosen folder, never fetched, and nobody has said to leave it."""
    left: int = 0
    stuck: int = 0
    """Waiting in the journal for too long."""

    @property
    def verdict(self) -> str:
        """ "lost" when a mail is nowhere, "look" when a person has to look at something, else "ok"."""
        if self.missing:
            return "lost"
        return "look" if self.unlooked or self.stuck or self.outcomes[State.QUARANTINED] else "ok"

    @property
    def is_empty(self) -> bool:
        return not (self.on_server or self.recorded)


def days(channel: Channel, *, last: date, count: int) -> list[Day]:
    """The `count` days up to `last`, the newest first; two queries."""
    return by_channel([channel], last=last, count=count)[channel.pk]


def by_channel(channels: Iterable[Channel], *, last: date, count: int) -> dict[int, list[Day]]:
    """The same for several mailboxes; two queries for all of them."""
    listed = [last - timedelta(days=back) for back in range(count)]
    found = {channel.pk: {day: Day(day) for day in listed} for channel in channels}
    zone = ZoneInfo(Company.load().time_zone)
    _add_server(found, listed[-1], last)
    _add_journal(found, listed[-1], last, zone)
    return {pk: list(named.values()) for pk, named in found.items()}


def _add_server(found: dict[int, dict[date, Day]], first: date, last: date) -> None:
    rows = Reconciliation.objects.filter(channel__in=found, day__range=(first, last))
    lacking = Func(F("missing"), function="cardinality", output_field=IntegerField())
    for row in rows.values("channel", "day", "use").annotate(
        holds=Sum("on_server"), spared=Sum("left"), lacks=Sum(lacking)
    ):
        day = found[row["channel"]][row["day"]]
        day.on_server += row["holds"]
        day.left += row["spared"]
        if row["use"] == Reconciliation.Use.FETCHED:
            day.fetched += row["holds"]
            day.missing += row["lacks"]
        else:
            day.unlooked += row["lacks"]


def _add_journal(found: dict[int, dict[date, Day]], first: date, last: date, zone: ZoneInfo) -> None:
    late = Q(state=State.PENDING, received_at__lt=timezone.now() - PATIENCE, is_bulk=False)
    rows = (
        InboundRecord.objects.filter(channel__in=found, **arrived_within(first, last, zone))
        .annotate(day=TruncDate("arrived_at", tzinfo=zone))
        .values("channel", "day", "state")
        .annotate(count=Count("pk"), stuck=Count("pk", filter=late))
    )
    for row in rows.order_by():
        day = found[row["channel"]][row["day"]]
        day.recorded += row["count"]
        day.stuck += row["stuck"]
        day.outcomes[row["state"]] += row["count"]


def arrived_within(first: date, last: date, zone: ZoneInfo) -> dict[str, datetime]:
    """What to filter records by for these whole days."""
    begin = datetime.combine(first, datetime.min.time(), zone)
    end = datetime.combine(last + timedelta(days=1), datetime.min.time(), zone)
    return {"arrived_at__gte": begin, "arrived_at__lt": end}


def today() -> date:
    """The company's day."""
    return day_of(timezone.now())


def day_of(moment: datetime) -> date:
    """The day that it then is for the company."""
    return moment.astimezone(ZoneInfo(Company.load().time_zone)).date()


def newest(channel: Channel) -> Audit | None:
    """The comparison that was asked for last."""
    return Audit.objects.filter(channel=channel).order_by("-pk").first()


def newest_by_channel() -> dict[int, Audit]:
    """The comparison of each mailbox that was asked for last."""
    newest_each = Audit.objects.order_by("channel_id", "-pk").distinct("channel_id")
    return {audit.channel_id: audit for audit in newest_each}


def ask(channel: Channel) -> Audit:
    """Ask for a comparison now; one that nobody has begun yet is as good as a new one."""
    waiting = Audit.objects.filter(channel=channel, begun_at=None, done_at=None).first()
    return waiting or Audit.objects.create(channel=channel)


def due(now: datetime) -> list[Audit]:
    """The comparisons to make now: those asked for, and the daily one of every mailbox."""
    mailboxes = [one for one in Channel.objects.active() if one.config.get("imap_host")]
    recent = newest_by_channel()
    for mailbox in mailboxes:
        if _is_due(mailbox, recent.get(mailbox.pk), now):
            ask(mailbox)
    waiting = Audit.objects.filter(begun_at=None, done_at=None, channel__in=mailboxes)
    return list(waiting.select_related("channel").order_by("pk"))


def _is_due(mailbox: Channel, audit: Audit | None, now: datetime) -> bool:
    """Once a day; not while old mail is still being taken in, and not at once after trouble."""
    if audit is None:
        return mailbox.last_good_at is not None and not mailbox.backlog_left
    if audit.done_at is None:
        return audit.begun_at is not None and audit.begun_at < now - LONGEST
    return audit.done_at < now - (AFTER_TROUBLE if audit.error else EVERY)


def begin(audit: Audit) -> bool:
    """Take a comparison up; False when another process has."""
    begun = Audit.objects.filter(pk=audit.pk, begun_at=None).update(begun_at=timezone.now())
    return bool(begun)


def finish(audit: Audit) -> None:
    """Write down that a comparison ended; those of long ago are forgotten."""
    audit.done_at = timezone.now()
    audit.save(update_fields=["done_at", "folders", "error"])
    Audit.objects.filter(
        channel=audit.channel_id, pk__lt=audit.pk, done_at__lt=audit.done_at - 30 * EVERY
    ).delete()


def forget(channel: Channel, folder: str) -> None:
    """A folder that is compared no longer proves nothing."""
    Reconciliation.objects.filter(channel=channel, folder=folder).delete()
    Sighting.objects.filter(channel=channel, folder=folder).delete()


def unknown(channel: Channel, *, day: date | None = None) -> QuerySet[Sighting]:
    """The mails on the server that the journal does not have, the newest first."""
    found = Sighting.objects.filter(channel=channel).unknown().order_by("-arrived_at", "-pk")
    zone = ZoneInfo(Company.load().time_zone)
    return found.filter(**arrived_within(day, day, zone)) if day else found


@transaction.atomic
def fetch(sightings: QuerySet[Sighting]) -> int:
    """Have these mails fetched by the mail process, within seconds; how many."""
    return sightings.filter(record=None).update(wanted_at=timezone.now(), left_at=None)


@transaction.atomic
def leave(sightings: QuerySet[Sighting], *, actor: User) -> int:
    """Nobody needs these mails in the desk; how many. They stay on the server as they are."""
    chosen = list(sightings.filter(record=None, left_at=None).select_for_update(of=("self",)))
    for sighting in chosen:
        Reconciliation.objects.filter(
            channel=sighting.channel_id, folder=sighting.folder, missing__contains=[sighting.uid]
        ).update(missing=Func(F("missing"), Value(sighting.uid), function="array_remove"), left=F("left") + 1)
    return Sighting.objects.filter(pk__in=[one.pk for one in chosen]).update(
        left_at=timezone.now(), left_by=actor, wanted_at=None
    )
