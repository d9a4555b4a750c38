"""Traces of a desk that has been looked after: trouble that is over, a test mail, what a comparison found."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from channels_app import proof
from channels_app.models import Audit, Channel, Incident, Reconciliation, RoundTrip, Sighting
from helpdesk.accounts.models import Company
from helpdesk.demo.shop import Staff
from tickets.models import Delivery

COMPARED_DAYS = 14
Letter = tuple[str, str]
# Folder, its use, how many days ago, and the mails (sender, subject) that nobody fetched. What is missing for
# longer than a week raises no alarm any more.
LOST: tuple[tuple[str, str, int, tuple[Letter, ...]], ...] = (
    (
        "INBOX",
        Reconciliation.Use.FETCHED,
        8,
        (("w.lindholm@mail.example", "The oak table for our café: when could you deliver?"),),
    ),
    (
        "Junk",
        Reconciliation.Use.JUNK,
        3,
        (
            ("prizes@lucky-winner.example", "You have been selected!!!"),
            ("ilona.nagy@level.example", "Rendelés TP-27811: rossz szín érkezett"),
        ),
    ),
)


def leave_traces(staff: Staff, now: datetime) -> None:
    """What the health of the orders mailbox tells of its last days."""
    mailbox = staff.mailboxes["orders"]
    began = now - timedelta(hours=9)
    Incident.objects.get_or_create(
        kind=Incident.Kind.FETCHING,
        channel=mailbox,
        facts={"minutes": 24, "reason": "mx.tallowpine.example does not answer on port 993."},
        defaults={"began_at": began, "seen_at": began, "ended_at": began + timedelta(minutes=18)},
    )
    _unsent_notice(staff, now)
    sent = now - timedelta(days=1)
    trip, is_new = RoundTrip.objects.get_or_create(
        channel=mailbox, message_id="trip.demo@tallowpine.example", defaults={"came_back_at": sent}
    )
    if is_new:
        RoundTrip.objects.filter(pk=trip.pk).update(sent_at=sent - timedelta(seconds=3))


def _unsent_notice(staff: Staff, now: datetime) -> None:
    """A link for signing in that its colleague's mailbox did not take."""
    bence = staff.colleagues["bence"].email
    Delivery.objects.get_or_create(
        kind=Delivery.Kind.NOTICE,
        state=Delivery.State.FAILED,
        recipients={"to": [bence]},
        defaults={
            "created_at": now - timedelta(hours=5),
            "error": f"552 5.2.2 <{bence}>: the mailbox is full",
            "external_id": "notice.demo@desk",
        },
    )


def compare(staff: Staff, now: datetime) -> None:
    """The proof of the orders mailbox as the last comparison left it, once all stories have been told.

    A week ago somebody moved a mail away before it was fetched, and some lie in junk.
    """
    mailbox = staff.mailboxes["orders"]
    for back, day in enumerate(proof.days(mailbox, last=proof.today(), count=COMPARED_DAYS)):
        if day.recorded:
            counts = {"on_server": day.recorded, "recorded": day.recorded}
            _row(mailbox, day.day, "INBOX", Reconciliation.Use.FETCHED, **counts)
        for folder, use, days_ago, lost in LOST:
            if days_ago == back:
                _lose(mailbox, day, folder, use, lost)
    folders = [
        {"name": "INBOX", "use": "fetched", "compared": True, "junk": False},
        {"name": "Junk", "use": "junk", "compared": True, "junk": True},
        {"name": "Archive", "use": "", "compared": False, "junk": False},
    ]
    done = now - timedelta(hours=2)
    audit, _new = Audit.objects.get_or_create(channel=mailbox, defaults={"folders": folders})
    Audit.objects.filter(pk=audit.pk).update(asked_at=done, begun_at=done, done_at=done)


def _lose(mailbox: Channel, day: proof.Day, folder: str, use: str, lost: tuple[Letter, ...]) -> None:
    uids = [9000 + place for place, _letter in enumerate(lost)]
    held = day.recorded if use == Reconciliation.Use.FETCHED else 0
    counts = {"on_server": held + len(lost), "recorded": held}
    _row(mailbox, day.day, folder, use, missing=uids, **counts)
    arrived = datetime.combine(day.day, time(9, 12), ZoneInfo(Company.load().time_zone))
    for uid, (sender, subject) in zip(uids, lost, strict=True):
        Sighting.objects.update_or_create(
            channel=mailbox,
            folder=folder,
            uidvalidity=1,
            uid=uid,
            defaults={
                "use": use,
                "arrived_at": arrived + timedelta(minutes=17 * (uid - 9000)),
                "message_id": f"sighting{uid}.{folder}@mail.example",
                "sender": sender,
                "subject": subject,
            },
        )


def _row(mailbox: Channel, day: date, folder: str, use: str, **counts: Any) -> None:
    Reconciliation.objects.update_or_create(
        channel=mailbox, day=day, folder=folder, defaults={"use": use, **counts}
    )
