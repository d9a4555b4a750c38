"""The criteria that a desk may begin with."""

from django.db import transaction

from tickets.models import PriorityCriterion, PriorityScale

USUAL: dict[str, dict[str, object]] = {
    "The message reads as urgent": {"judged": "urgent", "points": 40},
    "The message reads as high": {"judged": "high", "points": 20},
    "Complaint": {"kind": "complaint", "points": 15},
    "Suggestion": {"kind": "suggestion", "points": -25},
    "Angry": {"mood": 2, "points": 15},
    "VIP": {"importance": 3, "points": 30},
    "Important customer": {"importance": 2, "points": 10},
    "Much money": {"money": 1000, "points": 10},
    "Lawyer, chargeback": {"words": "lawyer, chargeback, court, юрист, суд, ügyvéd, bíróság", "points": 35},
    "Waits for four hours": {"waits_minutes": 240, "points": 10},
    "Waits for a day": {"waits_minutes": 1440, "points": 20},
}


@transaction.atomic
def plant() -> int:
    """Write them beside what there is already, and switch the scale on; how many are new."""
    PriorityScale.objects.update_or_create(pk=1, defaults={"is_active": True})
    made = [
        PriorityCriterion.objects.get_or_create(name=name, defaults=given)[1] for name, given in USUAL.items()
    ]
    return sum(made)
