"""The criteria that a desk may begin with."""

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

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

_NAMES: dict[str, Promise | str] = {
    "The message reads as urgent": pgettext_lazy("criterion", "The message reads as urgent"),
    "The message reads as high": pgettext_lazy("criterion", "The message reads as high"),
    "Complaint": pgettext_lazy("criterion", "Complaint"),
    "Suggestion": pgettext_lazy("criterion", "Suggestion"),
    "Angry": pgettext_lazy("criterion", "Angry"),
    "VIP": pgettext_lazy("criterion", "VIP"),
    "Important customer": pgettext_lazy("criterion", "Important customer"),
    "Much money": pgettext_lazy("criterion", "Much money"),
    "Lawyer, chargeback": pgettext_lazy("criterion", "Lawyer, chargeback"),
    "Waits for four hours": pgettext_lazy("criterion", "Waits for four hours"),
    "Waits for a day": pgettext_lazy("criterion", "Waits for a day"),
}


def spoken(name: str) -> str:
    """The name of a criterion in the reader's language where it is a usual one; else as somebody named it."""
    return str(_NAMES.get(name, name))


def called(text: str) -> list[str]:
    """The usual ones in whose name, in the reader's language, this text stands."""
    wanted = text.strip().casefold()
    return [name for name in _NAMES if wanted and wanted in spoken(name).casefold()]


@transaction.atomic
def plant() -> int:
    """Write them beside what there is already, and switch the scale on; how many are new."""
    PriorityScale.objects.update_or_create(pk=1, defaults={"is_active": True})
    made = [
        PriorityCriterion.objects.get_or_create(name=name, defaults=given)[1] for name, given in USUAL.items()
    ]
    return sum(made)
