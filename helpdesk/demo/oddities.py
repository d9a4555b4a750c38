"""What comes in and is no story: mail that cannot be read, machines' mail, mail that means no good."""

import uuid
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from channels_app import inbound
from channels_app.models import Channel, Flood, InboundRecord
from helpdesk.accounts import tokens
from helpdesk.accounts.models import Scope
from helpdesk.demo import letters
from helpdesk.demo.shop import Staff

UNREADABLE = (
    b"\x00\x01\x02\xff\xfe nothing of this is a mail \x00" * 8,
    b"Subject: nobody wrote this\r\nDate: Sun, 22 Nov 2026 08:00:00 +0000\r\n\r\nThe sender was lost.\r\n",
    b"From: \r\nSubject: =?utf-8?b?0JfQsNC60LDQtw==?=\r\n\r\n\xc7\xe4\xf0\xe0\xe2\xf1\xf2\xe2\xf3\xe9\r\n",
)
MACHINES = (
    ("Parcelway Status", "Your shipment TP-27714 has been handed over", {"Auto-Submitted": "auto-generated"}),
    ("Parcelway Status", "Delivery report of the day: 214 parcels, 2 returns", {"Precedence": "bulk"}),
    ("Payments", "Payout of 22 November is on its way", {"Auto-Submitted": "auto-generated"}),
    ("Nagy Ilona", "Automatikus válasz: Házon kívül vagyok", {"Auto-Submitted": "auto-replied"}),
    ("Timber Trade Weekly", "Oak prices, and what comes after", {"Precedence": "bulk"}),
)

# It looks like us, names a bank and opens something else, wants to know who read it, and brings a program.
BAIT = Path(__file__).with_name("bait.html")


def drop_in(staff: Staff, now: datetime) -> None:
    """Leave them at the door over the last two days, and let the desk make of them what it will."""
    mailbox = staff.mailboxes["orders"]
    for number, raw in enumerate(UNREADABLE):
        _leave(mailbox, f"demo:unreadable:{number}", raw, now - timedelta(hours=3 + 11 * number))
    for number, (name, subject, headers) in enumerate(MACHINES):
        at = now - timedelta(hours=1 + 7 * number)
        raw = letters.mail(
            sender=(name, f"noreply{number}@machines.example"),
            to=mailbox.address,
            subject=subject,
            message_id=f"machine{number}@machines.example",
            at=at,
            text="This message was made by a machine. Please do not answer it.",
            headers=headers,
        )
        _leave(mailbox, f"demo:machine:{number}", raw, at)
    _leave(
        mailbox, "demo:impostor", _impostor(mailbox, now - timedelta(minutes=50)), now - timedelta(minutes=50)
    )
    inbound.drain()
    _flood(mailbox, now)
    _program(staff)


def _program(staff: Staff) -> None:
    """The web shop opens tickets by the API; its token is nobody's to know."""
    ada = staff.colleagues["ada"]
    scopes = [Scope.TICKETS_WRITE, Scope.CUSTOMERS_READ]
    tokens.make(ada, name="Weekly report", scopes=scopes, expires_at=None, key=uuid.uuid4(), actor=ada)


def _flood(mailbox: Channel, now: datetime) -> None:
    """A sensor of the warehouse tells the same thing over and over."""
    address = "sensor7@warehouse.example"
    begun = now - timedelta(minutes=21)
    flood = Flood.objects.create(address=address, channel=mailbox, kept=4, began_at=begun, last_at=now)
    for number in range(flood.kept):
        at = begun + timedelta(minutes=5 * number)
        raw = letters.mail(
            sender=("Warehouse sensor 7", address),
            to=mailbox.address,
            subject="Gate 2 is open",
            message_id=f"gate{number}@warehouse.example",
            at=at,
            text="Gate 2 has been open for more than 30 seconds.",
        )
        record = inbound.journal(mailbox, f"demo:flood:{number}", raw, sender_key=address)
        if record:
            aside = {"state": InboundRecord.State.AUTOMATIC, "envelope": {"flood": flood.pk}}
            InboundRecord.objects.filter(pk=record.pk).update(received_at=at, arrived_at=at, **aside)


def _impostor(mailbox: Channel, at: datetime) -> bytes:
    """A mail that pretends to come from the shop itself."""
    own = mailbox.address.rpartition("@")[2]
    return letters.mail(
        sender=(f"Finance <finance@{own}>", f"finance@{own.replace('o', '0', 1)}"),
        to=mailbox.address,
        subject="Overdue: invoice 4411, please pay today",
        message_id="impostor4411@mail.example",
        at=at,
        text="The invoice of the carrier is overdue. Please check it today.",
        html=BAIT.read_text(),
        files=[letters.file("trap", 4411)],
        headers={"Reply-To": "billing@quick-settlement.example"},
    )


@transaction.atomic
def _leave(mailbox: Channel, source: str, raw: bytes, at: datetime) -> None:
    record = inbound.journal(mailbox, source, raw)
    if record:
        InboundRecord.objects.filter(pk=record.pk).update(received_at=at, arrived_at=at)
