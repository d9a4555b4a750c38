"""Rules may tell a webhook of a ticket."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from channels_app.webhooks import calling
from channels_app.webhooks.models import Webhook
from tickets.rules.actions import Action, Doing, Left, register
from tickets.rules.conditions import Nonsense


def _sound(value: Any) -> int:
    if str(value).isdecimal() and Webhook.objects.filter(pk=int(value)).exists():
        return int(value)
    raise Nonsense(_("Choose a webhook."))


def _do(doing: Doing, value: int) -> tuple[Any, Any]:
    webhook = Webhook.objects.filter(pk=value, is_active=True).first()
    if webhook is None:
        raise Left("gone")
    return None, calling.tell(webhook, doing.ticket).pk


def _choices() -> list[tuple[str, str]]:
    return [(str(row.pk), row.name) for row in Webhook.objects.all()]


register(
    Action(
        name="webhook",
        label=gettext_lazy("Tell another system (webhook)"),
        icon="link",
        sound=_sound,
        do=_do,
        choices=_choices,
        reaches_out=True,
    )
)
