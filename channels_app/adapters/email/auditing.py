"""The comparison of a mailbox with the journal: UIDs against source keys, and what is left over by its mark.

Only the heads of mails that the journal does not have by their place are asked for, each of them once.
"""

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from django.db import DatabaseError, InterfaceError, close_old_connections, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import activate

from channels_app import proof
from channels_app.adapters.email import check, keeping, listing, signing_in, trouble
from channels_app.adapters.email.keeping import key_prefix, since
from channels_app.adapters.email.listing import Folder, Heading
from channels_app.adapters.email.mailbox import MailBox, port_of
from channels_app.models import Audit, Channel, InboundRecord, Reconciliation, Sighting
from channels_app.models.proof import SightingQuerySet
from helpdesk.accounts.models import Company

log = structlog.get_logger(__name__)

LOOK_SECONDS = 2.0
ON_ITS_WAY = timedelta(minutes=5)  # what arrived a moment ago is being fetched by somebody else right now
MARKS_AT_ONCE = 1000
Use = Reconciliation.Use


class Auditor(threading.Thread):
    """Makes the comparisons that are due, and fetches what an admin asked for, until it is stopped."""

    def __init__(self) -> None:
        super().__init__(name="auditor", daemon=True)
        self._stopped = threading.Event()

    def run(self) -> None:
        while not self._stopped.wait(LOOK_SECONDS):
            try:
                self._look()
            except (DatabaseError, InterfaceError) as error:
                log.warning("audit.database_away", error=str(error))
            except Exception:  # one odd mailbox must not end the proof of the others
                log.exception("audit.broken")
            finally:
                close_old_connections()
        connection.close()

    def stop(self) -> None:
        self._stopped.set()

    def _look(self) -> None:
        activate(Company.load().language)
        for audit in proof.due(timezone.now()):
            if proof.begin(audit):
                run(audit)
            if self._stopped.is_set():
                return
        for channel in Channel.objects.active().filter(pk__in=Sighting.objects.wanted().values("channel")):
            fetch_wanted(channel)


def run(audit: Audit) -> None:
    """Compare one mailbox and write down the outcome, or why there is none. Raises only for the database."""
    channel = audit.channel
    try:
        with closing(MailBox(channel.config)) as box:
            box.sign_in(channel.config, signing_in.secrets(channel))
            audit.folders = [_compared(box, channel, folder) for folder in listing.folders(box)]
    except check.TROUBLE as error:
        audit.error = trouble.explain(error, channel.config.get("imap_host", ""), port_of(channel.config))
        log.warning("audit.failed", channel=channel.pk, error=audit.error)
    proof.finish(audit)


def fetch_wanted(channel: Channel) -> None:
    """Journal the mails an admin asked for, from whatever folder. Raises only for the database."""
    asked = list(Sighting.objects.wanted().filter(channel=channel))
    by_folder: dict[tuple[str, int], list[Sighting]] = defaultdict(list)
    for sighting in asked:
        by_folder[sighting.folder, sighting.uidvalidity].append(sighting)
    try:
        with closing(MailBox(channel.config)) as box:
            box.sign_in(channel.config, signing_in.secrets(channel))
            for (folder, uidvalidity), sightings in by_folder.items():
                _fetch(box, channel, folder, uidvalidity, sightings)
    except check.TROUBLE as error:
        log.warning("audit.not_fetched", channel=channel.pk, error=type(error).__name__)
    Sighting.objects.filter(pk__in=[one.pk for one in asked]).update(wanted_at=None)
    proof.ask(channel)


def _fetch(box: MailBox, channel: Channel, folder: str, uidvalidity: int, sightings: list[Sighting]) -> None:
    if box.examine(folder) != uidvalidity:  # these numbers mean other mails now
        return
    listed = list(box.listed(one.uid for one in sightings))
    for mail in box.mails(listed):
        keeping.keep(channel, folder, key_prefix(folder, uidvalidity), mail)


def _compared(box: MailBox, channel: Channel, folder: Folder) -> dict[str, object]:
    """Compare a folder if it is one to compare; what the page shows of it."""
    use = _use(channel, folder)
    if use:
        Comparison(box, channel, folder.name, use).make()
    else:
        proof.forget(channel, folder.name)
    return {"name": folder.name, "use": use, "junk": folder.is_junk}


def _use(channel: Channel, folder: Folder) -> str:
    fetched = channel.config.get("imap_folders") or ["INBOX"]
    if folder.name in fetched or (folder.name.upper() == "INBOX" and "INBOX" in fetched):
        return Use.FETCHED
    if folder.is_junk:
        return Use.JUNK
    return Use.OTHER if folder.name in channel.config.get("proof_folders", []) else ""


@dataclass
class Day:
    on_server: int = 0
    recorded: int = 0
    elsewhere: int = 0
    left: int = 0
    missing: list[int] = field(default_factory=list)


class Comparison:
    """One folder, all its days."""

    def __init__(self, box: MailBox, channel: Channel, folder: str, use: str) -> None:
        self.box, self.channel, self.folder, self.use = box, channel, folder, use
        self.zone = ZoneInfo(Company.load().time_zone)
        self.days: dict[date, Day] = defaultdict(Day)
        self.uidvalidity = 0

    def make(self) -> None:
        self.uidvalidity = self.box.examine(self.folder)
        on_server = self.box.uids_since(since(self.channel))
        prefix = key_prefix(self.folder, self.uidvalidity)
        journaled = keeping.arrivals(self.channel, prefix, on_server)
        for arrived in journaled.values():
            self._count(arrived).recorded += 1
        for sighting in self._sighted(on_server, on_server - journaled.keys()):
            self._place(sighting)
        self._write()

    def _sighted(self, on_server: set[int], lacking: set[int]) -> list[Sighting]:
        """The mails that the journal does not have by their place: looked at once, matched again "
        "each time."""
        mine = Sighting.objects.filter(channel=self.channel, folder=self.folder)
        mine.exclude(uidvalidity=self.uidvalidity).delete()
        known = set(mine.values_list("uid", flat=True))
        mine.filter(uid__in=(known & on_server) - lacking).delete()  # fetched meanwhile
        fresh = list(listing.headings(self.box, lacking - known))
        Sighting.objects.bulk_create(map(self._sighting, fresh), batch_size=1000, ignore_conflicts=True)
        self._match(mine.all())
        self._let_go(mine.filter(uid__in=known - on_server, gone_at=None))
        return list(mine.all())

    def _let_go(self, gone: SightingQuerySet) -> None:
        """What left the server: nobody misses it, unless it lay in a fetched folder and was never fetched."""
        if self.use == Use.FETCHED:
            gone.unknown().update(gone_at=timezone.now())
        gone.filter(gone_at=None).delete()

    def _sighting(self, heading: Heading) -> Sighting:
        return Sighting(
            channel=self.channel,
            folder=self.folder,
            use=self.use,
            uidvalidity=self.uidvalidity,
            uid=heading.uid,
            arrived_at=heading.arrived or timezone.now(),
            message_id=heading.message_id,
            sender=heading.sender,
            subject=heading.subject,
        )

    def _match(self, mine: QuerySet[Sighting]) -> None:
        """Mails that were fetched from another folder, or came another way."""
        lost = [one for one in mine if one.record_id is None]
        for part in _parts(lost, MARKS_AT_ONCE):
            records = InboundRecord.objects.filter(
                channel=self.channel, message_id__in=[one.message_id for one in part]
            )
            found = dict(records.values_list("message_id", "pk"))
            for one in part:
                one.record_id = found.get(one.message_id)
            Sighting.objects.bulk_update([one for one in part if one.record_id], ["record"])

    def _place(self, sighting: Sighting) -> None:
        if sighting.record_id is None and sighting.arrived_at > timezone.now() - ON_ITS_WAY:
            return
        day = self._count(sighting.arrived_at)
        day.on_server -= bool(sighting.gone_at)
        if sighting.record_id:
            day.elsewhere += 1
        elif sighting.left_at:
            day.left += 1
        else:
            day.missing.append(sighting.uid)

    def _count(self, arrived: datetime) -> Day:
        day = self.days[arrived.astimezone(self.zone).date()]
        day.on_server += 1
        return day

    @transaction.atomic
    def _write(self) -> None:
        Reconciliation.objects.filter(channel=self.channel, folder=self.folder).delete()
        Reconciliation.objects.bulk_create(
            Reconciliation(
                channel=self.channel,
                folder=self.folder,
                use=self.use,
                day=day,
                on_server=counted.on_server,
                recorded=counted.recorded,
                elsewhere=counted.elsewhere,
                left=counted.left,
                missing=sorted(counted.missing),
            )
            for day, counted in self.days.items()
        )


def _parts(items: list[Sighting], size: int) -> Iterator[list[Sighting]]:
    return (items[at : at + size] for at in range(0, len(items), size))
