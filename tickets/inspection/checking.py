"""Files are looked into by a worker soon after they came; until that and the scan are done, they wait."""

import math
from datetime import timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from channels_app import files
from helpdesk import aftermath, prepared, turns
from helpdesk.prepared import Lookup
from helpdesk.wake import begin_drain
from tickets import events, live
from tickets.inspection import clamd, verdicts
from tickets.inspection.verdicts import Danger, Verdict
from tickets.models import Attachment, Message

log = structlog.get_logger(__name__)

BATCH = 20
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 3
SCANNER_REST = timedelta(seconds=60)
State = Attachment.State

_CLAIM = """
UPDATE tickets_attachment SET check_due_at = %s, check_attempts = check_attempts + 1 WHERE id IN (
    SELECT id FROM tickets_attachment
    WHERE state = 'unchecked' AND (check_due_at IS NULL OR check_due_at <= %s)
    ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
) RETURNING id
"""

_claimed = Lookup(
    lambda ids: (
        Attachment.objects.filter(pk__any_of=ids)
        .select_related("message__ticket", "draft__ticket")
        .order_by("id")
    ),
    list,
    planned=True,
)


def drain(*, until: float = math.inf, pause: float = 0.0) -> int:
    """Look into waiting files until none is due, or the clock says `until`; how many."""
    begin_drain("files")
    return turns.until_empty("files", _batch, full=BATCH, until=until, pause=pause)


def judged(name: str, content: bytes) -> dict[str, object]:
    """The columns of a file that a colleague attaches: looked into now, scanned later where that is done."""
    state = State.UNCHECKED if clamd.is_used() else State.CLEAN
    return {"state": state, **_columns(verdicts.judge(name, content))}


def _batch() -> int:
    claimed = _claim()
    with aftermath.gathered():
        for attachment in claimed:
            _check(attachment)
    return len(claimed)


def _claim() -> list[Attachment]:
    """Each attempt is counted before the file is touched: one that kills its worker is held at the fourth."""
    now = timezone.now()
    with transaction.atomic(), prepared.cursor() as cursor:
        cursor.execute(_CLAIM, [now + LEASE, now, BATCH])
        ids = [row[0] for row in cursor.fetchall()]
    return _claimed(ids) if ids else []


def _check(attachment: Attachment) -> None:
    if attachment.check_attempts > MOST_ATTEMPTS and not attachment.check_error:
        return _settle(attachment, State.HELD, Verdict("", (Danger.UNREADABLE,)))
    try:
        content = files.read(attachment.sha256)
    except files.Missing:
        return _settle(attachment, State.HELD, Verdict("", (Danger.UNREADABLE,)))
    verdict = verdicts.judge(attachment.name, content)
    try:
        virus = clamd.scan(content) if clamd.is_used() else ""
    except clamd.Away as away:
        return _wait(attachment, str(away))
    except clamd.TooLarge:
        dangers = (*verdict.dangers, Danger.NOT_SCANNED)
        verdict = Verdict(verdict.content_type, dangers, verdict.entries, verdict.count)
        virus = ""
    if virus:
        log.warning("file.infected", attachment=attachment.pk)
        return _settle(attachment, State.INFECTED, verdict, virus)
    holds = verdict.holds and _came_from_outside(attachment)
    return _settle(attachment, State.HELD if holds else State.CLEAN, verdict)


def _came_from_outside(attachment: Attachment) -> bool:
    """What colleagues attach is marked, never kept from them."""
    return bool(attachment.message and attachment.message.direction == Message.Direction.IN)


def _settle(attachment: Attachment, state: State, verdict: Verdict, virus: str = "") -> None:
    columns = {**_columns(verdict), "virus": virus}
    Attachment.objects.filter(pk=attachment.pk, state=State.UNCHECKED).update(
        state=state, check_due_at=None, check_error="", **columns
    )
    _hint(attachment)


def _wait(attachment: Attachment, error: str) -> None:
    """The scanner is away: the file stays out of reach, and it is said why."""
    log.warning("file.scanner_away", attachment=attachment.pk, error=error)
    Attachment.objects.filter(pk=attachment.pk, state=State.UNCHECKED).update(
        check_due_at=timezone.now() + SCANNER_REST, check_error=error[:500]
    )


def _columns(verdict: Verdict) -> dict[str, object]:
    return {
        "sniffed_type": verdict.content_type[:127],
        "dangers": [danger.value for danger in verdict.dangers],
        "entries": [list(entry) for entry in verdict.entries],
        "entry_count": verdict.count,
    }


def _hint(attachment: Attachment) -> None:
    home = attachment.message or attachment.draft
    if home:
        live.publish(*events.hints(home.ticket))
