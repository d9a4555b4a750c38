"""When "later" is: a word of the menu or a typed time, in the reader's own time zone. Pure."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MORNING = time(9)
AT = "at"
CHOICES: dict[str, str | Promise] = {
    "hour": _("In an hour"),
    "evening": _("Today at 18:00"),
    "tomorrow": _("Tomorrow at 9:00"),
    "monday": _("On Monday at 9:00"),
}
SNOOZES: dict[str, str | Promise] = {
    "hours": _("Later today"),
    "tomorrow": _("Tomorrow morning"),
    "monday": _("Next week"),
    "answer": _("Until the customer answers"),
}
"""For how long a ticket is snoozed; "answer" is no time."""
HOURS_ON = timedelta(hours=3)


def snoozes(now: datetime) -> list[tuple[str, str | Promise, datetime | None]]:
    """Name, label and moment of each choice there is now: nothing is later today when the day is over."""
    today = timezone.localtime(now).date()
    found = [(name, label, None if name == "answer" else due(name, now)) for name, label in SNOOZES.items()]
    return [
        each for each in found if each[0] != "hours" or timezone.localtime(now + HOURS_ON).date() == today
    ]


def due(choice: str, now: datetime) -> datetime:
    """The moment a word of the menu means; an evening that is over is tomorrow's."""
    here = timezone.localtime(now)
    if choice in ("hour", "hours"):
        return now + (timedelta(hours=1) if choice == "hour" else HOURS_ON)
    if choice == "evening":
        evening = _on(here, 0, time(18))
        return evening if evening > now else _on(here, 1, time(18))
    days = (7 - here.weekday()) if choice == "monday" else 1
    return _on(here, days, MORNING)


def _on(here: datetime, days: int, at: time) -> datetime:
    """This time of the wall clock some days on, whatever daylight saving does between."""
    return datetime.combine(here.date() + timedelta(days=days), at, tzinfo=here.tzinfo)
