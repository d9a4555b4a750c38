"""What colleagues are in the middle of: a draft begun, a reply for tomorrow, a note, promises to keep."""

import uuid
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from channels_app import inbound
from helpdesk.accounts.models import User
from helpdesk.demo import letters
from helpdesk.demo.shop import Staff
from tickets import (
    assignment,
    checklists,
    drafts,
    enquiries,
    internal,
    linking,
    promises,
    replies,
    scheduling,
    snoozing,
    timing,
    watching,
)
from tickets.models import Checklist, Delivery, Shortcut, Ticket

OFFICE = ZoneInfo("Europe/Budapest")
MORNING, NOON = time(9), time(12)
BEGUN = "Hello,\n\nI have asked the carrier, and they say that the parcel"
TOMORROW = (
    "<div>Good morning,</div><div><br></div><div>as promised, here is where we stand:</div>"
    "<ul><li>the new top left our workshop <b>yesterday</b>,</li>"
    "<li>the carrier rings an hour before.</li></ul><div>Has it come?</div>"
)
PLAIN = (
    "Good morning,\n\nas promised, here is where we stand:\n\n• the new top left our workshop yesterday,\n"
    "• the carrier rings an hour before.\n\nHas it come?"
)


def promise(staff: Staff, now: datetime) -> None:
    """One that is due within the hour, one for tomorrow noon, and a colleague's that lapses in a moment."""
    alice, bob = staff.colleagues["alice"], staff.colleagues["bob"]
    found = Ticket.objects.on_desk().unfinished().filter(team=staff.teams["orders"], promised_until=None)
    answered = found.filter(waiting_since__isnull=False, first_replied_at__isnull=False)
    tickets = list(answered.order_by("-waiting_since")[:3])
    tomorrow = datetime.combine(now.astimezone(OFFICE).date() + timedelta(days=1), NOON, OFFICE)
    times = (now + timedelta(minutes=50), tomorrow, now + timedelta(minutes=3))
    for ticket, colleague, due in zip(tickets, (alice, alice, bob), times, strict=False):
        assignment.assign(ticket, colleague, actor=colleague)
        promises.make(ticket, due, actor=colleague)


CARRIER = ("Parcelway Claims", "claims@parcelway.example")
QUESTION = "Good morning,\n\nthe parcel of this order is overdue. Where was it scanned last?\n\nThank you"
ANSWER = "Hello,\n\nit was scanned in our depot on Tuesday and left unloaded. It goes out tomorrow morning."


def _ask_the_carrier(ticket: Ticket, author: User, now: datetime) -> None:
    """An enquiry, with the carrier's answer."""
    subject = f"Overdue parcel, our reference {ticket.number}"
    key = uuid.uuid4()
    asked = enquiries.ask(
        ticket, author=author, to=[f"{CARRIER[0]} <{CARRIER[1]}>"], subject=subject, body=QUESTION, key=key
    )
    Delivery.objects.filter(message=asked).update(
        state=Delivery.State.SENT, sent_at=asked.created_at, attempts=1
    )
    if asked.channel is None:
        return
    raw = letters.mail(
        sender=CARRIER,
        to=asked.channel.address,
        subject=f"Re: {subject}",
        message_id="overdue@parcelway.example",
        at=now,
        text=ANSWER,
        answers=[asked.external_id],
    )
    inbound.journal(asked.channel, "demo:overdue", raw, sender_key=CARRIER[1])
    inbound.drain()  # or a worker of the running desk takes it, but not both


STEPS = [
    "Ask for a photo of the damage",
    "Report it to the carrier",
    "Order a spare part",
    "Tell the customer",
]


def _work_on(ticket: Ticket, kin: Ticket, staff: Staff) -> None:
    """A checklist half done, time spent, a link, a watcher, and an internal ticket."""
    alice, bob, sam = (staff.colleagues[name] for name in ("alice", "bob", "sam"))
    template = Checklist.objects.create(title="Damaged on the way", steps=STEPS)
    first, second, *_rest = checklists.use(template, ticket, actor=bob)
    for step in (first, second):
        checklists.tick(step, done=True, actor=bob)
    timing.spend(ticket, 25, user=bob, key=uuid.uuid4(), note="Rang the carrier")
    timing.spend(ticket, 10, user=alice, key=uuid.uuid4())
    linking.link(kin, ticket, linking.RELATED, actor=alice)
    watching.watch(ticket, sam)
    asked = "Is there one left in the workshop? The customer would take it in walnut too."
    internal.open_for(ticket, author=bob, subject="A spare top", body=asked, key=uuid.uuid4(), assignee=alice)
    Shortcut.objects.create(
        label="Order in the shop", url="https://shop.tallowpine.example/orders?q={customer.email}"
    )


def leave(staff: Staff, now: datetime) -> None:
    """On three open tickets of alice's teams that somebody waits on or was answered."""
    alice, bob = staff.colleagues["alice"], staff.colleagues["bob"]
    found = Ticket.objects.on_desk().unfinished().filter(team=staff.teams["orders"]).newest_first()
    open_ones = list(found.exclude(status=Ticket.Status.NEW)[:5])
    if len(open_ones) < 3:
        return
    asked, begun, promised, *sleepers = open_ones
    drafts.save(begun, author=bob, mode="reply", body=BEGUN)
    note = f"@{alice.name}: you spoke to them last week. Did we promise a day?"
    replies.add_note(asked, author=bob, body=note, key=uuid.uuid4())
    _ask_the_carrier(asked, bob, now)
    _work_on(asked, begun, staff)
    for sleeper, until in zip(sleepers, (now + timedelta(days=2), snoozing.UNTIL_ANSWERED), strict=False):
        snoozing.snooze(sleeper, until=until, actor=alice)
    day = now.astimezone(OFFICE).date() + timedelta(days=1)
    scheduling.queue(
        promised,
        author=alice,
        mode="reply",
        body=PLAIN,
        html=TOMORROW,
        key=uuid.uuid4(),
        due_at=datetime.combine(day, MORNING, OFFICE),
    )
