"""Mail and news of its fate that a provider sends by web request."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from channels_app.models import Channel
from channels_app.web import hooks
from channels_app.web.sections.base import Section


def context(_request: HttpRequest, channel: Channel) -> dict[str, Any]:
    return hooks.shown(channel)


SECTION = Section("hooks", _("By web request"), context=context)
