"""How the mailbox does, and after how long a silence to raise an alarm."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from channels_app import alarms, health
from channels_app.models import Channel
from channels_app.web.sections.base import Section, SectionForm


class HealthForm(SectionForm):
    CONFIG = ("alarm_minutes",)

    alarm_minutes = forms.IntegerField(
        label=_("Alarm when nothing was fetched for so many minutes"),
        min_value=2,
        max_value=1440,
        initial=alarms.SILENT_MINUTES,
    )


def context(_request: HttpRequest, channel: Channel) -> dict[str, Any]:
    shown = health.of_all([channel])[0]
    told = [(one, alarms.sentence(one)) for one in shown.incidents]
    return {"mailbox": shown, "told": told}


SECTION = Section("health", _("Health"), HealthForm, context)
