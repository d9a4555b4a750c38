"""Whose turn it is: deliveries are claimed lane by lane, so that one far side never holds another up.

A lane is one mailbox, or one receiver of webhooks. What a person waits for goes first, then the lane that was
served longest ago. A lane that is down rests, and is tried again with a single delivery; a lane with a pace
spends an allowance that grows with time.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction

from tickets.models import Delivery, Lane

BATCH = 20
IN_FLIGHT = 40  # in one lane, over all workers
BULK_BATCH = 5
MOST_LANES = 50
LONGEST_REST = timedelta(minutes=5)
URGENT = Delivery.Urgency.NOW

# Lanes with something due, the most urgent first, then the longest unserved. The recursion hops from lane to
# lane over the index: its cost grows with the lanes, not with what waits in them.
_LANES = """
WITH RECURSIVE waiting(lane) AS (
    (SELECT lane FROM tickets_delivery WHERE state = 'pending' ORDER BY lane LIMIT 1)
    UNION ALL
    SELECT (SELECT d.lane FROM tickets_delivery AS d
            WHERE d.state = 'pending' AND d.lane > waiting.lane ORDER BY d.lane LIMIT 1)
    FROM waiting WHERE waiting.lane IS NOT NULL
)
SELECT waiting.lane, next.id FROM waiting
LEFT JOIN tickets_lane AS known ON known.name = waiting.lane
CROSS JOIN LATERAL (
    SELECT id, urgency FROM tickets_delivery AS d
    WHERE d.state = 'pending' AND d.lane = waiting.lane AND d.due_at <= %(now)s
    ORDER BY urgency, due_at, id LIMIT 1
) AS next
WHERE known.rests_until IS NULL OR known.rests_until <= %(now)s
ORDER BY next.urgency, known.served_at NULLS FIRST, waiting.lane LIMIT %(most)s
"""
_CLAIM = """
UPDATE tickets_delivery SET state = 'sending', sending_since = %s, attempts = attempts + 1 WHERE id IN (
    SELECT id FROM tickets_delivery WHERE state = 'pending' AND lane = %s AND due_at <= %s AND urgency <= %s
    ORDER BY urgency, due_at, id LIMIT %s FOR UPDATE SKIP LOCKED
) RETURNING id, urgency
"""
Pace = Callable[[int], int]
"""The most a minute for the lane of the delivery with this key, 0 for no limit."""


def claim(now: datetime, *, pace: Pace) -> tuple[list[int], bool]:
    """Keys of deliveries of one lane, now ours to send; and whether other lanes wait meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(_LANES, {"now": now, "most": MOST_LANES})
        waiting = cursor.fetchall()
    for place, (name, first) in enumerate(waiting):
        if claimed := _claim_from(name, now, pace(first)):
            return claimed, place + 1 < len(waiting)
    return [], False


def went_well(name: str) -> None:
    """The far side took one: a lane that was down is well again."""
    Lane.objects.filter(name=name, failures__gt=0).update(failures=0, rests_until=None, error="")


@transaction.atomic
def went_down(name: str, reason: str, now: datetime) -> None:
    """The far side is away: the lane rests, longer each time, up to five minutes."""
    lane = Lane.objects.select_for_update().get_or_create(name=name)[0]
    lane.failures = min(lane.failures + 1, 1000)
    lane.rests_until = now + min(timedelta(seconds=5 * 2 ** min(lane.failures - 1, 10)), LONGEST_REST)
    lane.error = reason[:2000]
    lane.save()


@transaction.atomic
def _claim_from(name: str, now: datetime, pace: int) -> list[int]:
    """Up to a batch of one lane; [] when another worker is choosing there or it has had its share."""
    Lane.objects.bulk_create([Lane(name=name)], ignore_conflicts=True)
    lane = Lane.objects.select_for_update(skip_locked=True).filter(name=name).first()
    if lane is None:
        return []
    room = _room(lane, now, pace)
    claimed = _take(name, now, URGENT, min(BATCH, room))
    if not claimed:
        claimed = _take(name, now, Delivery.Urgency.BULK, min(BULK_BATCH, room - _kept_for_people(pace)))
    if claimed:
        lane.served_at = now
        lane.allowance = _allowed(lane, now, pace) - len(claimed) if pace else None
        lane.counted_at = now if pace else None
        lane.save()
    return claimed


def _room(lane: Lane, now: datetime, pace: int) -> int:
    """How many more deliveries of this lane may be in hand."""
    in_flight = Delivery.objects.filter(state=Delivery.State.SENDING, lane=lane.name).count()
    room = (1 if lane.failures else IN_FLIGHT) - in_flight
    return min(room, int(_allowed(lane, now, pace))) if pace else room


def _kept_for_people(pace: int) -> int:
    """What bulk leaves free, so that a person's reply can go at once."""
    return int(_burst(pace)) // 2 if pace else IN_FLIGHT // 2


def _take(name: str, now: datetime, urgency: int, most: int) -> list[int]:
    if most <= 0:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [now, name, now, urgency, most])
        return [pk for pk, _urgency in sorted(cursor.fetchall(), key=lambda row: (row[1], row[0]))]


def _allowed(lane: Lane, now: datetime, pace: int) -> float:
    """How many may go at once. Burst and growth together never let more than `pace` go in a minute."""
    burst = _burst(pace)
    if lane.allowance is None or lane.counted_at is None:
        return burst
    grown = (now - lane.counted_at).total_seconds() * max(pace - burst, 1) / 60
    return min(burst, lane.allowance + grown)


def _burst(pace: int) -> float:
    return float(max(1, pace // 10))
