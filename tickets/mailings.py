"""Writing to many customers at once: one ticket each, from rows that a worker takes one after another."""

import math
import time
import uuid
from collections.abc import Iterable, Sequence

import structlog
from django.db import IntegrityError, transaction

from channels_app.messages import Sender
from channels_app.models import Channel
from helpdesk.accounts.models import Team, User
from helpdesk.wake import begin_drain, wake
from tickets import access, assignment, customers, opening, recipients, replies
from tickets.models import Addressee, Identity, Mailing

log = structlog.get_logger(__name__)

MOST = 500
LATER = (IntegrityError,)  # somebody made the same customer at this moment: it goes next time
FOR_GOOD = (replies.NowhereToSend, replies.Empty, recipients.NotAddresses, assignment.CannotTake)


class TooManyPeople(ValueError):
    """More customers than MOST."""


class NobodyThere(ValueError):
    """No address at all."""


def people(typed: Iterable[str]) -> list[tuple[str, str]]:
    """(address, name) of each piece, everybody once. Raises NotAddresses, NobodyThere and TooManyPeople."""
    pieces = [piece for piece in typed if piece.strip()]
    if wrong := [piece for piece in pieces if not recipients.is_address(piece)]:
        raise recipients.NotAddresses(wrong)
    found: dict[str, tuple[str, str]] = {}
    for start in range(0, len(pieces), recipients.MOST):
        part = recipients.read(pieces[start : start + recipients.MOST])
        for address in part.to:
            found.setdefault(recipients.bare(address), (address, part.names.get(address, "")))
    if not found:
        raise NobodyThere
    if len(found) > MOST:
        raise TooManyPeople
    return list(found.values())


@transaction.atomic
def queue(
    channel: Channel,
    to: Sequence[tuple[str, str]],
    *,
    author: User,
    subject: str,
    body: str,
    key: uuid.UUID,
    team: Team | None = None,
    tags: Iterable[str] = (),
) -> Mailing:
    """Write this to each of these people, a ticket for everyone; the same `key` again gives the first one."""
    if known := Mailing.objects.filter(key=key, author=author).first():
        return known
    mailing = Mailing.objects.create(
        author=author, channel=channel, team=team, key=key, subject=subject, body=body, tags=list(tags)
    )
    Addressee.objects.bulk_create(
        Addressee(mailing=mailing, address=address, name=name) for address, name in to
    )
    wake("mailings")
    return mailing


def drain(*, until: float = math.inf) -> None:
    """Make the tickets that wait, each in a transaction of its own; no new one after `until` (monotonic)."""
    begin_drain("mailings")
    while time.monotonic() < until and _next():
        pass


@transaction.atomic
def _next() -> bool:
    """One ticket; whether there was one to make."""
    waiting = Addressee.objects.filter(state=Addressee.State.PENDING)
    row = waiting.select_for_update(of=("self",), skip_locked=True).order_by("id").first()
    if row is None:
        return False
    try:
        with transaction.atomic():
            row.ticket_id = _write(row.mailing, row)
        row.state = Addressee.State.DONE
    except FOR_GOOD as refusal:
        row.state, row.error = Addressee.State.FAILED, f"{type(refusal).__name__}: {refusal}"[:300]
        log.warning("mailing.refused", mailing=row.mailing_id, error=row.error)
    except LATER:
        return False  # the sweep comes back to it
    row.save()
    return True


def _write(mailing: Mailing, row: Addressee) -> int:
    """The id of the ticket made for this person. An author who works here no more writes nothing."""
    author = mailing.author
    if not author.is_active or not access.channels(author).filter(pk=mailing.channel_id).exists():
        raise assignment.CannotTake(str(author))
    sender = Sender(identity_kind=Identity.Kind.EMAIL, identity=row.address, name=row.name)
    given = {"tags": mailing.tags} | ({"team": mailing.team} if mailing.team else {})
    message = opening.write_first(
        mailing.channel,
        customers.resolve(sender),
        author=author,
        subject=mailing.subject,
        body=mailing.body,
        key=uuid.uuid5(mailing.key, row.address),
        to=[recipients.written(row.address, row.name)],
        given=given,
    )
    return message.ticket_id
