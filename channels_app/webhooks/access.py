"""Webhooks are set up, and their log is read, by admins alone."""

from django.db.models import QuerySet
from django.http import Http404

from channels_app.webhooks.models import Call, Webhook
from helpdesk.accounts.models import User
from tickets.horizon import Viewer


def webhooks(user: Viewer) -> QuerySet[Webhook]:
    return Webhook.objects.all() if may_set_up(user) else Webhook.objects.none()


def webhook(user: Viewer, pk: int) -> Webhook:
    """A webhook this colleague may set up; raises Http404."""
    found = webhooks(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def may_set_up(user: Viewer) -> bool:
    """Whether this colleague sets up webhooks at all."""
    return isinstance(user, User) and user.is_active and user.is_admin


def calls(user: Viewer) -> QuerySet[Call]:
    """What the webhooks that this colleague may see were told."""
    return Call.objects.all() if may_set_up(user) else Call.objects.none()


def call(user: Viewer, pk: int) -> Call:
    """A call of such a webhook, with its delivery; raises Http404."""
    found = (
        Call.objects.filter(webhook__in=webhooks(user), pk=pk).select_related("webhook", "delivery").first()
    )
    if found is None:
        raise Http404
    return found
