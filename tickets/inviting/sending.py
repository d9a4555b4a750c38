"""The question how it went: sent once, some hours after a request was resolved."""

import math
import time
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils import timezone

from helpdesk.accounts.models import Company
from tickets import automatic, lifecycle
from tickets.inviting import links, whether, wording
from tickets.models import (
    RatingInvitation,
    Ticket,
)

BATCH = 20
State = RatingInvitation.State


def sweep(*, until: float = math.inf) -> int:
    """Ask all who are due; how many questions were settled."""
    done = 0
    while time.monotonic() < until and (seen := ask()):
        done += seen
    return done


@transaction.atomic
def ask() -> int:
    """Send up to 20 questions that are due, or say why not; how many."""
    now = timezone.now()
    due = RatingInvitation.objects.filter(state=State.WAITING, due_at__lte=now)
    rows = due.select_for_update(of=("self",), skip_locked=True).order_by("due_at", "pk")[:BATCH]
    found = list(rows.select_related("ticket"))
    for row in sorted(found, key=lambda each: each.ticket_id):  # tickets are locked in their order
        ticket = lifecycle.lock(row.ticket)
        address = whether.address(ticket)
        row.why = whether.why_not(ticket, row, address, now)
        row.state = State.SKIPPED if row.why else State.SENT
        row.settled_at = now
        row.save(update_fields=["state", "why", "settled_at"])
        if not row.why:
            _send(ticket, row, address)
    return len(found)


def _send(ticket: Ticket, row: RatingInvitation, address: str) -> None:
    company = Company.load()
    channel = ticket.channel
    assert channel is not None  # whether.why_not has seen it
    wanted = (ticket.customer.language, ticket.language, channel.language, company.language)
    language, said = wording.of(channel.config, *wanted, among=links.home(channel.pk)[1])
    body = wording.fill(said, number=ticket.number, company=company.name, marks=links.MARKS)
    where = links.of(row, language)
    automatic.ask_how_it_went(
        ticket, address, subject=said.subject, body=body, language=language, links=where, key=_key(row)
    )


def _key(row: RatingInvitation) -> UUID:
    return uuid5(NAMESPACE_URL, f"invitation to rate {row.pk}")
