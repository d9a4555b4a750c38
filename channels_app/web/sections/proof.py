"""What the server holds against what the desk has, day by day."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from channels_app.models import Channel
from channels_app.web import proof
from channels_app.web.sections.base import Section


def context(request: HttpRequest, channel: Channel) -> dict[str, Any]:
    found = proof.shown(request, channel)
    return {**found, "folders": found["audit"].folders if found["audit"] else []}


SECTION = Section("proof", _("Proof"), context=context)
