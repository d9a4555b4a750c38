"""Moments and spans as agents read them: short, in their language and time zone."""

from datetime import date as date_type
from datetime import datetime, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from helpdesk.accounts.middleware import zone

DAY = timedelta(days=1)


def span(since: datetime, now: datetime) -> str:
    """How long ago: "38 min", "4 h", "3 days"."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 60:
        return _("%(count)d min") % {"count": minutes}
    if minutes < 60 * 24:
        return _("%(count)d h") % {"count": minutes // 60}
    days = minutes // (60 * 24)
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def minutes(count: int) -> str:
    """A length of time: "45 min", "1 h 20 min", "3 h"."""
    hours, rest = divmod(count, 60)
    told = [_("%(count)d h") % {"count": hours}] if hours else []
    return " ".join([*told, _("%(count)d min") % {"count": rest}] if rest or not hours else told)


def day(moment: datetime, now: datetime) -> str:
    """When, for a list: the time today, the weekday this week, else the date."""
    local, here = timezone.localtime(moment), timezone.localtime(now)
    if local.date() == here.date():
        return f"{local:%H:%M}"
    if here - local < 6 * DAY:
        return _written(local.replace(second=0, microsecond=0), _("D H:i"), get_language())
    return _written(local.date(), _("j M") if local.year == here.year else _("j M Y"), get_language())


def day_to_come(value: datetime, now: datetime) -> str:
    """When something will be: the time today, the weekday within six days, else the date, with the time."""
    local, here = timezone.localtime(value), timezone.localtime(now)
    if local.date() == here.date():
        return f"{local:%H:%M}"
    if timedelta() < local - here < 6 * DAY:
        return _written(local.replace(second=0, microsecond=0), _("D H:i"), get_language())
    form = _("j M") if local.year == here.year else _("j M Y")
    return f"{_written(local.date(), form, get_language())}, {local:%H:%M}"


@lru_cache(maxsize=4096)
def _written(value: date_type, form: str, language: str | None) -> str:
    """`date_format`, which is slow, once for each value, form and language."""
    said = date_format(value, form)
    # Django's Russian weekdays are those at the head of a calendar: within a sentence they are small.
    return said[:1].lower() + said[1:] if language == "ru" else said


def moment(value: datetime, now: datetime) -> str:
    """When, as it stands within a sentence: "today, 13:04", "Fri 20 Nov, 17:42"."""
    local = timezone.localtime(value)
    if local.date() == timezone.localtime(now).date():
        return _("today, %(time)s") % {"time": f"{local:%H:%M}"}
    return stamp(value, now)


def stamp(value: datetime, now: datetime) -> str:
    """When, for a line that is read long after: "Fri 20 Nov, 17:42"."""
    local, here = timezone.localtime(value), timezone.localtime(now)
    form = _("D j M") if local.year == here.year else _("j M Y")
    return f"{_written(local.date(), form, get_language())}, {local:%H:%M}"


def date(value: datetime) -> str:
    """A day in full: "22 November 2026"."""
    return date_format(timezone.localtime(value), _("j F Y"))


def there(zone_name: str, now: datetime) -> datetime | None:
    """The time of day where somebody lives; None when nobody knows where."""
    return timezone.localtime(now, zone(zone_name)) if zone_name else None
