"""From raw bytes to the door: journal first, understand afterwards, lose nothing."""

import math
import time
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from channels_app import addressees, floods, leases, trips
from channels_app.adapters import ADAPTERS
from channels_app.adapters.base import Unreadable
from channels_app.messages import InboundMessage, token_in_id
from channels_app.models import Channel, InboundRecord, record_fields
from helpdesk import aftermath, prepared
from helpdesk.accounts.models import User
from helpdesk.prepared import insert
from helpdesk.wake import ask_again, begin_drain, wake
from tickets import fates, intake, staff_mail, threads
from tickets.models import Message

log = structlog.get_logger(__name__)

MOST_ATTEMPTS = 3
LONG = 256 * 1024  # bytes; reading more may take a moment
State = InboundRecord.State

# The record is done in the transaction of its message. Should a crash of the database lose that, the journal
# still has the record waiting, for it is written in order: no wait for the disk.
_SETTLE = """
UPDATE channels_app_inboundrecord SET state = %s, done_at = %s, due_at = NULL, error = ''
FROM (SELECT set_config('synchronous_commit', 'off', true)) AS unhurried WHERE id = %s
"""


def journal(
    channel: Channel,
    source_key: str,
    body: bytes,
    *,
    sender_key: str = "",
    envelope: dict[str, Any] | None = None,
    message_id: str = "",
    arrived_at: datetime | None = None,
    is_bulk: bool = False,
) -> InboundRecord | None:
    """Keep what arrived, raw, before anybody reads it; None when this source was journaled before.

    It is committed when this returns, unless the caller holds a transaction. Large bodies go to a file
    that is durable before the row is. `is_bulk` is old mail, which waits behind everything else.
    """
    try:
        with transaction.atomic():
            record = insert(
                InboundRecord(
                    channel=channel,
                    source_key=source_key[:200],
                    sender_key=sender_key.lower()[:254],
                    envelope=envelope or {},
                    message_id=message_id,
                    arrived_at=arrived_at or timezone.now(),
                    is_bulk=is_bulk,
                    **record_fields(body),
                )
            )
    except IntegrityError:
        return None
    wake("inbound")
    return record


def drain(limit: int = leases.BATCH, *, until: float = math.inf) -> int:
    """Work on waiting records until none is left, or the clock says `until`; how many."""
    begin_drain("inbound")
    total = 0
    while claimed := leases.claim(limit):
        if len(claimed) == limit:
            ask_again("inbound")
        with aftermath.gathered():
            for record in leases.in_turn(claimed):
                _attempt(record)
        total += len(claimed)
        if time.monotonic() >= until:
            break
    return total


def process(record: InboundRecord) -> None:
    """Understand one record and hand it to the core; raises Unreadable and whatever a bug raises."""
    parsed = ADAPTERS[record.channel.kind].parse(record)
    if isinstance(parsed, tuple):
        return _report(record, parsed)
    parsed = addressees.settle(parsed, record.channel)
    if trips.came_back(parsed):
        return _settle(record, State.TEST)
    if _is_our_own(parsed, record.channel):
        return _settle(record, State.DUPLICATE)
    if parsed.automatic and (staff_mail.author(parsed) or not threads.joins(parsed)):
        return _settle(record, State.AUTOMATIC)
    if floods.holds_back(record, parsed.sender.identity.lower(), timezone.now()):
        return _settle(record, State.AUTOMATIC)
    return _hand_over(record, parsed)


@transaction.atomic
def replay(record: InboundRecord, *, actor: User) -> None:
    """Try a quarantined record once more, from its raw bytes."""
    moved = _move_aside(record, State.QUARANTINED, State.PENDING, actor)
    if moved:
        wake("inbound")


def release(record: InboundRecord, *, actor: User) -> Message:
    """Automatic mail that a person wants as a ticket. Raises Unreadable."""
    parsed = ADAPTERS[record.channel.kind].parse(record)
    if isinstance(parsed, tuple):
        raise Unreadable(_("A delivery report has no message for a ticket."))
    with transaction.atomic():
        message = intake.receive(addressees.settle(parsed, record.channel))
        _move_aside(record, State.AUTOMATIC, State.DONE, actor)
    return message


@transaction.atomic
def dismiss(record: InboundRecord, *, actor: User) -> None:
    """Nobody needs to look at this one again; its raw form is kept."""
    for state in (State.QUARANTINED, State.AUTOMATIC):
        _move_aside(record, state, State.DISMISSED, actor)


def _attempt(record: InboundRecord) -> None:
    """One attempt at one record; whatever goes wrong is written down and the record stays in sight."""
    if record.attempts > MOST_ATTEMPTS:
        _quarantine(record, record.error or "a worker died three times while reading this")
        return
    if record.size > LONG:
        aftermath.flush()
    try:
        process(record)
    except Unreadable as error:
        _quarantine(record, str(error))
    except (IntegrityError, OperationalError) as error:  # a race, or the database went away: again soon
        _put_off(record, error, timedelta(seconds=1))
    except Exception as error:
        log.exception("inbound.failed", record=record.pk)
        _put_off(record, error, timedelta(seconds=5 * 4**record.attempts))


def _hand_over(record: InboundRecord, inbound: InboundMessage) -> None:
    with transaction.atomic():
        message = intake.receive(inbound)
        _settle(record, State.DONE if message.record_id == record.pk else State.DUPLICATE)


def _report(record: InboundRecord, reports: tuple) -> None:
    with transaction.atomic():
        known = [fates.note_report(report) for report in reports]
        # A provider's news that a mail was opened is nothing to look at, unlike a report nobody can place.
        is_news = bool(record.envelope.get("provider"))
        _settle(record, State.REPORT if any(known) or is_news else State.AUTOMATIC)


def _is_our_own(inbound: InboundMessage, channel: Channel) -> bool:
    """Our own message that came back to us, such as a copy to another mailbox of the desk."""
    if not token_in_id(inbound.external_id):
        return False
    if inbound.sender.identity.lower() not in (channel.addresses + _others(channel)):
        return False
    return Message.objects.filter(external_id=inbound.external_id, direction=Message.Direction.OUT).exists()


def _others(channel: Channel) -> list[str]:
    """The addresses of the desk's other mailboxes."""
    others = Channel.objects.filter(kind=channel.kind).exclude(pk=channel.pk).only("address", "aliases")
    return [address for other in others for address in other.addresses]


def _settle(record: InboundRecord, state: InboundRecord.State) -> None:
    with prepared.cursor() as cursor:
        cursor.execute(_SETTLE, [state, timezone.now(), record.pk])


def _quarantine(record: InboundRecord, reason: str) -> None:
    log.warning("inbound.quarantined", record=record.pk, reason=reason)
    InboundRecord.objects.filter(pk=record.pk).update(
        state=State.QUARANTINED, error=reason[:2000], due_at=None
    )


def _put_off(record: InboundRecord, error: Exception, wait: timedelta) -> None:
    reason = f"{type(error).__name__}: {error}"
    if record.attempts >= MOST_ATTEMPTS and not isinstance(error, OperationalError):
        return _quarantine(record, reason)
    attempts = record.attempts - isinstance(error, OperationalError)
    InboundRecord.objects.filter(pk=record.pk).update(
        due_at=timezone.now() + wait, error=reason[:2000], attempts=attempts
    )
    return None


def _move_aside(record: InboundRecord, before: str, after: str, actor: User) -> bool:
    """Move a record on once, a second click finds nothing to do; who did it stands in the envelope."""
    now = timezone.now()
    return bool(
        InboundRecord.objects.filter(pk=record.pk, state=before).update(
            state=after,
            attempts=0,
            due_at=None,
            done_at=None if after == State.PENDING else now,
            envelope={**record.envelope, "handled_by": actor.pk, "handled_at": now.isoformat()},
        )
    )
