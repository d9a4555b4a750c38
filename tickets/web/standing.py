"""A promise as pages show it: until when, and how near that is; and what of a text being written is one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from helpdesk.accounts.models import Company
from helpdesk.accounts.zones import zone
from tickets import apology, pledges
from tickets.models import Ticket
from tickets.web import times

SOON, LATE = "warn", "danger"


@dataclass(frozen=True, slots=True)
class Standing:
    until: datetime
    when: str
    """Short, for a chip: "18:00", "Fri 18:00"."""
    tone: str
    """"" while there is time, SOON, or LATE."""

    @property
    def is_late(self) -> bool:
        return self.tone == LATE


def of(until: datetime | None, now: datetime, company: Company) -> Standing | None:
    """What was promised until then; None for nothing."""
    if until is None:
        return None
    soon = until - now <= timedelta(minutes=company.promise_minutes)
    return Standing(until, times.day_to_come(until, now), LATE if until <= now else SOON if soon else "")


def find(text: str, company: Company, now: datetime) -> pledges.Pledge | None:
    """What the text promises, by the clock of the desk."""
    return pledges.find(text, now, zone=zone(company.time_zone), day_ends=company.day_ends)


def _says_again(ticket: Ticket, body: str, found: pledges.Pledge | None, company: Company) -> bool:
    until = ticket.promised_until
    if until is None or found is None:
        return False
    near = abs(found.due_at - until) < timedelta(minutes=1)
    return near or apology.words(ticket, until, company=company) in body


def writing(
    ticket: Ticket,
    body: str,
    company: Company,
    *,
    offered: str = "",
    ticked: bool = False,
    keeps: bool = True,
) -> dict[str, Any]:
    """What the composer offers about promises for this text: to remember one, to have one kept.

    `offered` is what it offers already, `ticked` whether that was taken, and `keeps` whether the
    reply is to keep what stands. A text that only says again what
    stands promised, as one does who tells the customer of a new time, is no new promise and keeps none.
    """
    now = timezone.now()
    standing = of(ticket.promised_until, now, company)
    found = find(body, company, now) if body.strip() else None
    repeats = bool(found and standing) and _says_again(ticket, body, found, company)
    offer = None
    if found and not repeats:
        value = found.due_at.isoformat()
        offer = {
            "value": value,
            "words": found.words,
            "when": times.moment(found.due_at, now),
            "ticked": ticked and value == offered,
        }
    fresh = (offer["value"] if offer else "") == offered
    return {"standing": standing, "offer": offer, "keeps": keeps and not repeats, "unchanged": fresh}
