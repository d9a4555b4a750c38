"""How soon the shop answers: policies, and the tickets of the last weeks with their clocks in every state."""

from datetime import timedelta

from django.utils import timezone

from helpdesk.accounts.models import Calendar
from helpdesk.demo.shop import Staff
from tickets.models import SlaPolicy, Ticket
from tickets.sla import keeping, policies, settling, sweeping

POLICIES: tuple[dict[str, object], ...] = (
    {
        "name": "What is urgent",
        "priority": Ticket.Priority.URGENT,
        "first_reply": 60,
        "next_reply": 120,
        "resolution": 2 * 690,
        "late_tells": ["assignee", "supervisors"],
        "escalate_minutes": 60,
        "raises_priority": True,
    },
    {
        "name": "Important customers",
        "importance": 2,
        "first_reply": 120,
        "next_reply": 240,
        "resolution": 3 * 690,
    },
    {
        "name": "Everybody",
        "first_reply": 6 * 60,
        "next_reply": 690,
        "resolution": 10 * 690,
        "late_tells": ["assignee"],
        "pauses_on_hold": True,
    },
)
"""In minutes; a day of the shop has 690."""
RECENT = timedelta(days=5)


def set_up(staff: Staff) -> None:
    """The policies in order, and what they say of tickets that are open or were finished of late."""
    boss, hours = staff.colleagues["ada"], Calendar.objects.get(name="Shop")
    for place, given in enumerate(POLICIES, 1):
        keeping.save(SlaPolicy(calendar=hours, **given), place=place, actor=boss)
    now = timezone.now()
    policies.refresh()
    recent = Ticket.objects.on_desk().filter(created_at__gte=now - RECENT)
    for found in (Ticket.objects.on_desk().unfinished(), recent):
        settling.settle(found.values_list("pk", flat=True), now)
    sweeping.sweep(now)
