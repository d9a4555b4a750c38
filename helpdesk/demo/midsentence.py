"""What colleagues are in the middle of: a draft begun, a reply for tomorrow, a note, promises to keep."""

import uuid
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from helpdesk.demo.shop import Staff
from tickets import assignment, drafts, promises, replies, scheduling, snoozing
from tickets.models import Ticket

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
