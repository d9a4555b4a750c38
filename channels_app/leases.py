"""Who works on which records of the journal: leased in the order they came, given back when a worker dies."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from channels_app.models import InboundRecord
from helpdesk import prepared

BATCH = 50
LEASE = timedelta(seconds=30)  # a worker that died gives its records back after this
RENEWED_AFTER = 10.0  # seconds of work on other records of the same lease

# Claims are short and one at a time, so that two mails of one sender are never worked on side by side. The
# attempt is counted here. A record that was claimed before may have killed its worker, and those that were
# claimed with it too: such a one is worked on alone, so that it takes no others with it again. Who is busy is
# asked once: asked of each record, PostgreSQL went through all that wait each time, and a backlog is felt.
_CLAIM = """
WITH busy AS MATERIALIZED (
    SELECT sender_key, min(id) AS since FROM channels_app_inboundrecord
    WHERE state = 'pending' AND sender_key <> '' AND due_at > %(now)s GROUP BY sender_key
), waiting AS MATERIALIZED (
    SELECT id, is_bulk, attempts FROM channels_app_inboundrecord AS r
    WHERE state = 'pending' AND (due_at IS NULL OR due_at <= %(now)s) AND NOT EXISTS (
        SELECT FROM busy WHERE busy.sender_key = r.sender_key AND busy.since < r.id
    )
    ORDER BY is_bulk, id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
), placed AS (
    SELECT id, row_number() OVER turn AS place, count(*) FILTER (WHERE attempts > 0) OVER turn AS tried
    FROM waiting WINDOW turn AS (ORDER BY is_bulk, id)
)
UPDATE channels_app_inboundrecord AS record SET due_at = %(until)s, attempts = attempts + 1
FROM placed WHERE record.id = placed.id AND (tried = 0 OR place = 1)
RETURNING record.id
"""
_CLAIM_LOCK = 7262

# Should a crash of the database lose this, the records are claimed again: no wait for the disk.
_BEGIN = "SELECT pg_advisory_xact_lock(%s), set_config('synchronous_commit', 'off', true)"

_RENEW = """
UPDATE channels_app_inboundrecord SET due_at = %s
FROM (SELECT set_config('synchronous_commit', 'off', true)) AS unhurried
WHERE id = ANY(%s) AND state = 'pending' AND due_at = %s RETURNING id
"""

# A record is done in the transaction of its message. Should a crash of the database lose that, the journal
# still has the record waiting, for it is written in order: no wait for the disk.
_SETTLE = """
WITH settled AS MATERIALIZED (
    SELECT said.id, said.state FROM json_to_recordset(%s::json) AS said(id bigint, state text),
           (SELECT set_config('synchronous_commit', 'off', true)) AS unhurried
)
UPDATE channels_app_inboundrecord AS record
SET state = settled.state, done_at = %s, due_at = NULL, error = ''
FROM settled WHERE record.id = settled.id
"""


def claim(limit: int = BATCH) -> list[InboundRecord]:
    """Up to so many waiting records, with one attempt more, nobody else's for the time of a lease."""
    now = timezone.now()
    with transaction.atomic(), prepared.cursor() as cursor:
        cursor.execute(_BEGIN, [_CLAIM_LOCK])
        cursor.execute(_CLAIM, {"now": now, "until": now + LEASE, "limit": limit})
        ids = [row[0] for row in cursor.fetchall()]
    claimed = InboundRecord.objects.filter(pk__in=ids).select_related("channel").order_by("is_bulk", "id")
    return list(claimed.defer("channel__secrets"))


def settle(states: Mapping[int, InboundRecord.State]) -> None:
    """These records, by their keys, are done, in the transaction of what became of them."""
    rows = [{"id": pk, "state": state} for pk, state in sorted(states.items())]
    with prepared.cursor() as cursor:
        cursor.execute(_SETTLE, [json.dumps(rows), timezone.now()])


def in_turn(claimed: Sequence[InboundRecord]) -> Iterator[InboundRecord]:
    """Each of these when its turn comes, if it is ours still: a lease that runs short is renewed."""
    waiting, since = list(reversed(claimed)), time.monotonic()
    while waiting:
        if time.monotonic() - since > RENEWED_AFTER:
            waiting, since = _renewed(waiting), time.monotonic()
            continue
        yield waiting.pop()


def _renewed(records: Sequence[InboundRecord]) -> list[InboundRecord]:
    """Those which nobody took over because the lease had run out."""
    until = timezone.now() + LEASE
    with prepared.cursor() as cursor:
        cursor.execute(_RENEW, [until, [record.pk for record in records], records[0].due_at])
        ours = {row[0] for row in cursor.fetchall()}
    for record in records:
        record.due_at = until
    return [record for record in records if record.pk in ours]
