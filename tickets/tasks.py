"""What workers are woken for. Shells: the work is in the modules they call."""

import subprocess
import sys
import time
from functools import partial

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from helpdesk import turns
from tickets import (
    attendance,
    availability,
    bin,
    bulk,
    departing,
    mailings,
    reactions,
    reading,
    reminders,
    snoozing,
    uploads,
)
from tickets.exchange import runs
from tickets.inspection import checking
from tickets.inviting import sending as inviting
from tickets.priority import settling
from tickets.routing import alarming, distributing, returning
from tickets.rules import ringing
from tickets.sla import sweeping
from tickets.telling import digests

SWEPT = 25.0  # seconds that a sweep of due times may take of a worker's thread
GATHERED_TO_ROUTE = 0.5  # seconds before tickets are handed out: nobody is at them sooner
GATHERED = 0.25  # seconds, in which what comes one by one becomes a batch: the first one does not wait


@shared_task(name="wake.reactions")
def drain_reactions() -> None:
    turns.take("reactions", partial(reactions.drain, pause=GATHERED))


@shared_task(name="wake.imports")
def drain_imports() -> None:
    runs.drain()


@shared_task(name="wake.drafts")
def send_drafts() -> None:
    turns.take("drafts", departing.drain)


@shared_task(name="wake.files")
def check_files() -> None:
    turns.take("files", partial(checking.drain, pause=GATHERED))


@shared_task(name="wake.mailings")
def drain_mailings() -> None:
    turns.take("mailings", mailings.drain)


@shared_task(name="tickets.remind")
def remind() -> None:
    """Of promises that are due soon, and of those that have lapsed."""
    turns.take("promises", reminders.sweep)


@shared_task(name="tickets.ask_how_it_went")
def ask_how_it_went() -> None:
    """Customers whose requests were resolved some hours ago."""
    turns.take("invitations", inviting.sweep)


@shared_task(name="tickets.forget")
def forget() -> None:
    """What was seen, and what could be undone, long ago."""
    reading.forget()
    bulk.forget()


@shared_task(name="tickets.wake_snoozed")
def wake_snoozed() -> None:
    while snoozing.wake_due(timezone.now()) == snoozing.BATCH:
        continue


@shared_task(name="tickets.empty_bin")
def empty_bin() -> None:
    bin.empty(timezone.now())


@shared_task(name="tickets.sweep_uploads")
def sweep_uploads() -> None:
    uploads.sweep(timezone.now())


@shared_task(name="tickets.digests")
def send_digests() -> None:
    digests.send_due(timezone.now())


@shared_task(name="wake.learning")
def learn() -> None:
    """In a process of its own: scikit-learn is large, and a worker should not keep it."""
    subprocess.run([sys.executable, "manage.py", "learn"], cwd=settings.BASE_DIR, check=True, timeout=1800)


@shared_task(name="wake.routing")
def hand_out() -> None:
    turns.take("routing", partial(distributing.drain, pause=GATHERED_TO_ROUTE))


@shared_task(name="tickets.take_back")
def take_back() -> None:
    """From who left or is away, and tell of what nobody has; pauses end, and who gives no sign is away."""
    availability.end_pauses(timezone.now())
    attendance.sweep(timezone.now())
    returning.take_back(timezone.now())
    alarming.alarm(timezone.now())


@shared_task(name="tickets.reckon")
def reckon() -> None:
    """What time has made more urgent."""
    settling.sweep(timezone.now())


@shared_task(name="tickets.keep_time")
def keep_time() -> None:
    """What is due soon, overdue or late for long."""
    sweeping.sweep(until=time.monotonic() + SWEPT)


@shared_task(name="tickets.ring")
def ring() -> None:
    """Rules of time, on the tickets whose time has come."""
    ringing.sweep(timezone.now())
