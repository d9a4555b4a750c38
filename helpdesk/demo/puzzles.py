"""Mail of which it is not certain where it belongs, and what colleagues pass on from their own programs."""

from datetime import datetime, timedelta

from channels_app import inbound
from channels_app.models import Channel
from helpdesk.demo import letters
from helpdesk.demo.shop import Staff
from tickets.models import Message, Ticket

Status = Ticket.Status
VERIFIER = "mx.tallowpine.example"  # the receiving server whose findings the demo's mailboxes believe

NEIGHBOUR = (
    "Hello,\n\nmy neighbour forwarded me your mail. The parcel was left with me by mistake, it is here. "
    "Please tell the driver to ring at number 14.\n\nJoan Whitlock"
)
ANOTHER_MATTER = (
    "Good morning,\n\nI take this old mail because it has your address. The invoice of my second order names "
    "the wrong company. Could you send a new one?"
)
PRESSING = "Please send the parcel to another address, I need it today: 3 Quay Lane, back door."
COPIED = "I put my sister in copy: she will be at home on Friday."
PASSED_ON = (
    "He rang me on my own number and then wrote to me. Can somebody of us take it?\n\n"
    "---------- Forwarded message ---------\nFrom: Tom Ashby <tom.ashby@brookmail.example>\n"
    "Date: Sun, 22 Nov 2026 at 18:02\nSubject: A shelf for an alcove\nTo: {alice}\n\n\n"
    "Hello,\n\nour alcove is 84 cm wide. Can you cut the oak shelf to it, at what cost?\n\nTom Ashby"
)


def leave(staff: Staff, now: datetime) -> None:
    """Write them in answer to what the desk holds, and let it make of them what it will."""
    for mailbox in staff.mailboxes.values():
        mailbox.config["authserv_id"] = VERIFIER
        mailbox.save(update_fields=["config"])
    team, mailbox = staff.teams["orders"], staff.mailboxes["orders"]
    replied = Message.objects.filter(direction=Message.Direction.OUT, enquiry=None)
    answered = Ticket.objects.on_desk().filter(language="en", messages__in=replied).distinct()
    finished = answered.filter(status__in=[Status.RESOLVED, Status.CLOSED]).newest_first().first()
    others = answered.exclude(pk=finished.pk if finished else 0).newest_first()
    # The orders' own that live are best; at some hours of the day a small desk has few of them. It keeps
    # those on which nobody has said anything for long.
    chosen = sorted(others, key=lambda ticket: (ticket.is_finished, ticket.team_id != team.pk))
    own = sum(ticket.team_id == team.pk and not ticket.is_finished for ticket in chosen)
    for puzzle, ticket in zip(_PUZZLES, chosen[: max(own, 2)], strict=False):
        puzzle(ticket.channel or mailbox, ticket, now)
    if finished:
        _another_matter(mailbox, finished, now)
    alice = staff.colleagues["alice"]
    _write(
        mailbox,
        "passed-on",
        now,
        sender=(alice.name, alice.email),
        subject="Fwd: A shelf for an alcove",
        text=PASSED_ON.format(alice=alice.email),
        headers=_found("pass", alice.email),
    )
    inbound.drain()


def _neighbour(mailbox: Channel, ticket: Ticket, now: datetime) -> None:
    """Somebody who was forwarded the mail answers it."""
    sender = ("Joan Whitlock", "joan.whitlock@fernmail.example")
    _write(mailbox, "neighbour", now, sender=sender, text=NEIGHBOUR, ticket=ticket)


def _pressing(mailbox: Channel, ticket: Ticket, now: datetime) -> None:
    """Somebody writes in the customer's name."""
    sender = _customer(ticket)
    _write(
        mailbox,
        "pressing",
        now,
        sender=sender,
        text=PRESSING,
        ticket=ticket,
        headers=_found("fail", sender[1]),
    )


def _copied(mailbox: Channel, ticket: Ticket, now: datetime) -> None:
    """The customer puts somebody in copy who has not seen what was said before."""
    cc = ["nora.lind@fernmail.example"]
    _write(mailbox, "copied", now, sender=_customer(ticket), text=COPIED, ticket=ticket, cc=cc)


def _another_matter(mailbox: Channel, ticket: Ticket, now: datetime) -> None:
    """The customer answers a finished ticket and writes of something else."""
    subject = "Wrong company on my invoice"
    _write(
        mailbox,
        "matter",
        now,
        sender=_customer(ticket),
        text=ANOTHER_MATTER,
        ticket=ticket,
        subject=subject,
    )


_PUZZLES = (_neighbour, _pressing, _copied)


def _write(
    mailbox: Channel,
    name: str,
    now: datetime,
    *,
    sender: tuple[str, str],
    text: str,
    ticket: Ticket | None = None,
    subject: str = "",
    cc: list[str] | None = None,
    headers: dict[str, str] | None = None,
) -> None:
    said = Message.objects.filter(ticket=ticket, direction=Message.Direction.OUT, enquiry=None)
    sent = said.last() if ticket else None
    raw = letters.mail(
        sender=sender,
        to=mailbox.address,
        subject=subject or (f"Re: {ticket.subject}" if ticket else ""),
        message_id=f"{name}@puzzles.example",
        at=now - timedelta(minutes=3),
        text=text,
        cc=cc or [],
        answers=[sent.external_id] if sent else [],
        headers=headers,
    )
    inbound.journal(mailbox, f"demo:puzzle:{name}", raw, sender_key=sender[1])


def _customer(ticket: Ticket) -> tuple[str, str]:
    identity = ticket.customer.identities.first()
    return ticket.customer.name, identity.value if identity else ""


def _found(result: str, address: str) -> dict[str, str]:
    domain = address.rpartition("@")[2]
    return {"Authentication-Results": f"{VERIFIER}; dmarc={result} header.from={domain}"}
