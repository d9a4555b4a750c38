"""What falls due within a minute on a desk of this size is told by one sweep; how long, and what it touches.

The desk gets a policy, and its open tickets their clocks, through the product's own doors.
"""

import time
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from bench.room import tell
from tickets.models import SlaClock, SlaPolicy, Ticket
from tickets.models.sla import LONGEST
from tickets.sla import policies, sweeping


def measured(due: int) -> dict[str, Any]:
    """Sweeps of a tick in which nothing is due, and of one in which `due` clocks cross a threshold."""
    tell("policies reach the open tickets")
    begun, now = time.monotonic(), timezone.now()
    SlaPolicy.objects.create(name="Bench", first_reply=LONGEST, next_reply=LONGEST, resolution=LONGEST)
    policies.notice(now)
    sweeping.sweep(now + sweeping.SETTLED + timedelta(seconds=1))
    spread = time.monotonic() - begun
    later = timezone.now() + sweeping.SETTLED
    sweeping.sweep(later)  # what was long over when the policy came
    idle, _crossed, _changed = _swept(later)
    waiting = SlaClock.objects.filter(next_at__gt=later).order_by("next_at").values_list("next_at", flat=True)
    tick = waiting[min(due, len(waiting)) - 1] if waiting else later
    tell(f"a sweep with {due} clocks due")
    took, crossed, changed = _swept(tick)
    return {
        "sla_tickets": Ticket.objects.count(),
        "sla_clocks": SlaClock.objects.count(),
        "sla_spread_seconds": round(spread, 1),
        "sla_idle_sweep_seconds": round(idle, 3),
        "sla_due": crossed,
        "sla_sweep_seconds": round(took, 2),
        "sla_not_due_touched": changed,
    }


def _swept(tick: datetime) -> tuple[float, int, int]:
    """Seconds, thresholds crossed, and clocks with nothing due that were written all the same."""
    before = _versions(tick)
    begun = time.monotonic()
    crossed = sweeping.sweep(tick)
    took = time.monotonic() - begun
    after = _versions(tick)
    return took, crossed, sum(after.get(pk) != version for pk, version in before.items())


def _versions(tick: datetime) -> dict[int, int]:
    """Clock → the transaction that wrote it last, of those not due, on tickets that have none due."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT id, xmin::text::bigint FROM tickets_slaclock AS c
            WHERE (next_at IS NULL OR next_at > %s) AND NOT EXISTS (
                SELECT FROM tickets_slaclock AS o WHERE o.ticket_id = c.ticket_id AND o.next_at <= %s
            )""",
            [tick, tick],
        )
        return dict(cursor.fetchall())
