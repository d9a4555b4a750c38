"""What falls due is told once, whichever worker sees it; a new edition of the policies reaches open tickets.

The clocks are the queue: a partial index holds the next threshold of each, so that a sweep touches only what
is due. A batch locks its tickets, reckons them as they are by then, and only then crosses what is over.
"""

import math
import time
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from helpdesk import prepared
from tickets.models import SlaEdition, Ticket
from tickets.sla import crossing, ledger, policies, settling
from tickets.sla.crossing import Crossing

BATCH = 200
SETTLED = timedelta(seconds=policies.SECONDS + 5)
"""By then no worker goes by an older edition."""
_DUE = """
SELECT t.id FROM tickets_ticket AS t WHERE t.id IN (
    SELECT ticket_id FROM tickets_slaclock WHERE next_at <= %s ORDER BY next_at LIMIT %s
) ORDER BY t.id FOR NO KEY UPDATE SKIP LOCKED
"""


def sweep(now: datetime | None = None, *, until: float = math.inf) -> int:
    """Tell of every threshold crossed by `now`, until `time.monotonic()` says `until`; how many.

    Before, what was changed about the policies is noticed; after, it reaches the open tickets.
    """
    moment = now or timezone.now()
    policies.notice(moment)
    policies.refresh()
    total = 0
    while time.monotonic() < until:
        locked, told = cross(moment)
        total += told
        if not locked:
            break
    while time.monotonic() < until and spread(moment):
        continue
    return total


@transaction.atomic
def cross(now: datetime) -> tuple[int, int]:
    """The next tickets with something due: how many, and how many thresholds they crossed."""
    with prepared.cursor() as cursor:
        cursor.execute(_DUE, [now, BATCH])
        due = [row[0] for row in cursor.fetchall()]
    if not due:
        return 0, 0
    told: list[Crossing] = []
    marked = {}
    for pk, clocks in settling.settle(due, now).items():
        pairs = [crossing.crossed(pk, clock, now) for clock in clocks]
        marked[pk] = [clock for clock, found in pairs if found]
        told += [each for _clock, found in pairs for each in found]
    ledger.write(marked)
    crossing.follow(told)
    return len(due), len(told)


@transaction.atomic
def spread(now: datetime) -> int:
    """Reckon the next open tickets by the newest edition of the policies; how many, 0 when all are."""
    unfinished = SlaEdition.objects.filter(finished_at=None).order_by("-id")
    edition = unfinished.select_for_update(skip_locked=True).first()
    if edition is None or edition.made_at > now - SETTLED:
        return 0
    tickets = Ticket.objects.on_desk().unfinished().filter(pk__gt=edition.reached).order_by("id")
    pks = list(tickets.values_list("pk", flat=True)[:BATCH])
    settling.settle(pks, now)
    edition.reached = pks[-1] if pks else edition.reached
    if len(pks) < BATCH:
        edition.finished_at = now
        SlaEdition.objects.filter(finished_at=None, pk__lt=edition.pk).update(finished_at=now)
    edition.save(update_fields=["reached", "finished_at"])
    return len(pks)
