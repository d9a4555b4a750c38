"""From raw bytes to the door: journal first, understand afterwards, lose nothing."""

import math
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from channels_app import addressees, floods, leases, sheaves, sorting
from channels_app.adapters import ADAPTERS
from channels_app.adapters.base import Unreadable
from channels_app.messages import InboundMessage
from channels_app.models import Channel, InboundRecord, record_fields
from channels_app.sheaves import Sheaf
from helpdesk import aftermath, turns
from helpdesk.accounts.models import User
from helpdesk.prepared import insert
from helpdesk.wake import ask_again, begin_drain, wake
from tickets import intake
from tickets.models import Message

log = structlog.get_logger(__name__)

MOST_ATTEMPTS = 3
LONG = 256 * 1024  # bytes; reading more may take a moment
State = InboundRecord.State


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
    return turns.until_empty("inbound", partial(_batch, limit), until=until)


def process(record: InboundRecord) -> None:
    """Understand one record and hand it to the core; raises Unreadable and whatever a bug raises."""
    message = sorting.read(record)
    if message and not sorting.settles(record, message):
        _admit(record, message)


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


def _batch(limit: int) -> int:
    claimed = leases.claim(limit)
    if len(claimed) == limit:
        ask_again("inbound")  # before the work: an idle worker begins at once
    with aftermath.gathered():
        _work_on(claimed)
    return len(claimed)


def _work_on(claimed: Sequence[InboundRecord]) -> None:
    """Each in its turn; first words of several people are handed over together."""
    sheaf = Sheaf()
    for record in leases.in_turn(claimed):
        if sheaf.is_full or sheaf.touches(record) or record.size > LONG:
            _hand_over(sheaf)
        if record.size > LONG:
            aftermath.flush()
        _attempt(record, partial(_understand, sheaf=sheaf))
    _hand_over(sheaf)


def _understand(record: InboundRecord, *, sheaf: Sheaf) -> None:
    message = sorting.read(record)
    if message is None:
        return
    if sheaf.touches(record, message):
        _hand_over(sheaf)
    if sorting.settles(record, message):
        return
    if sheaves.fits(message):
        sheaf.add(record, message)
    else:
        _admit(record, message)


def _hand_over(sheaf: Sheaf) -> None:
    """What waits in the sheaf; should one of them fail, each by itself."""
    mails, now = sheaf.taken(), timezone.now()
    if not mails:
        return
    beyond = floods.beyond([(record, _address(message)) for record, message in mails], now)
    calm = [mail for mail, is_beyond in zip(mails, beyond, strict=True) if not is_beyond]
    if not _went_together(calm):
        for record, message in calm:
            _attempt(record, partial(sorting.hand_over, message=message))
    for (record, message), is_beyond in zip(mails, beyond, strict=True):
        if is_beyond:
            _attempt(record, partial(_hold_back, message=message))


def _went_together(mails: list[sheaves.Mail]) -> bool:
    if len(mails) < 2:
        return False
    try:
        sorting.hand_over_together(mails)
    except Exception as error:  # it is seen to when the culprit's own turn comes
        log.info("inbound.one_by_one", mails=len(mails), error=type(error).__name__)
        return False
    return True


def _admit(record: InboundRecord, message: InboundMessage) -> None:
    """Through the door, unless its sender floods us."""
    if any(floods.beyond([(record, _address(message))], timezone.now())):
        _hold_back(record, message)
    else:
        sorting.hand_over(record, message)


def _hold_back(record: InboundRecord, message: InboundMessage) -> None:
    if floods.keeps_aside(record, _address(message), timezone.now()):
        leases.settle({record.pk: State.AUTOMATIC})
    else:
        sorting.hand_over(record, message)


def _address(message: InboundMessage) -> str:
    return message.sender.identity.lower()


def _attempt(record: InboundRecord, work: Callable[[InboundRecord], None]) -> None:
    """Do this with one record; whatever goes wrong is written down and the record stays in sight."""
    if record.attempts > MOST_ATTEMPTS:
        _quarantine(record, record.error or "a worker died three times while reading this")
        return
    try:
        work(record)
    except Unreadable as error:
        _quarantine(record, str(error))
    except (IntegrityError, OperationalError) as error:  # a race, or the database went away: again soon
        _put_off(record, error, timedelta(seconds=1))
    except Exception as error:
        log.exception("inbound.failed", record=record.pk)
        _put_off(record, error, timedelta(seconds=5 * 4**record.attempts))


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
