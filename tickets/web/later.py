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


def due(choice: str, now: datetime) -> datetime:
    """The moment a word of the menu means; an evening that is over is tomorrow's."""
    here = timezone.localtime(now)
    if choice == "hour":
        return now + timedelta(hours=1)
    if choice == "evening":
        evening = _on(here, 0, time(18))
        return evening if evening > now else _on(here, 1, time(18))
    days = (7 - here.weekday()) if choice == "monday" else 1
    return _on(here, days, MORNING)


def _on(here: datetime, days: int, at: time) -> datetime:
    """This time of the wall clock some days on, whatever daylight saving does between."""
    return datetime.combine(here.date() + timedelta(days=days), at, tzinfo=here.tzinfo)
