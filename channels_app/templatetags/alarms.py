"""The banner of alarms, on every page of those in charge."""

from datetime import timedelta
from typing import Any

from django import template
from django.utils.translation import gettext as _

from channels_app import alarms
from helpdesk.accounts.models import User

register = template.Library()


@register.inclusion_tag("channels/_alarm.html")
def alarm_banner(user: User) -> dict[str, Any]:
    """What is wrong now, for admins and supervisors; nothing for agents, and nothing while all is well."""
    if user.role == User.Role.AGENT:
        return {"told": []}
    return {"told": [(incident, alarms.sentence(incident)) for incident in alarms.current()[:3]]}


@register.inclusion_tag("channels/_badge.html")
def incident_badge() -> dict[str, int]:
    """How many things are wrong now."""
    return {"count": len(alarms.current())}


@register.filter
def seconds(value: timedelta) -> str:
    """A short stretch of time: "4 s", "12 min", "3 h"."""
    total = round(value.total_seconds())
    if total < 1:
        return _("less than a second")
    if total < 120:
        return _("%(count)d s") % {"count": total}
    if total < 7200:
        return _("%(count)d min") % {"count": total // 60}
    return _("%(count)d h") % {"count": total // 3600}
