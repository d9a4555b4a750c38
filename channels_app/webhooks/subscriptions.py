"""Webhooks as admins set them up: made, changed, their secret changed, switched on and off."""

import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from channels_app.webhooks import signing
from channels_app.webhooks.models import Webhook
from helpdesk import versions
from helpdesk.accounts import audit
from helpdesk.accounts.models import AuditEntry, User

SNAPSHOT_SECONDS = 5.0
OVERLAP = timedelta(hours=24)
"""For so long both secrets sign after a change."""
_wanted: tuple[float, frozenset[str]] | None = None


@transaction.atomic
def create(*, actor: User, **fields: Any) -> tuple[Webhook, str]:
    """A new webhook and its secret, which is shown this once."""
    secret = signing.new_secret()
    webhook = Webhook.objects.create(secrets={"current": secret}, created_by=actor, **fields)
    _tell(webhook, actor, "created")
    return webhook, secret


@transaction.atomic
def change(webhook: Webhook, *, actor: User, expected: str = "", **fields: Any) -> Webhook:
    """Give the webhook these values; `expected` is the version that was read. Raises Stale."""
    webhook = Webhook.objects.select_for_update().get(pk=webhook.pk)
    versions.check(webhook, expected)
    changed = sorted(name for name, value in fields.items() if getattr(webhook, name) != value)
    for name in changed:
        setattr(webhook, name, fields[name])
    if changed:
        webhook.save(update_fields=changed)
        _tell(webhook, actor, "changed", fields=changed)
    return webhook


@transaction.atomic
def rotate(webhook: Webhook, *, actor: User) -> str:
    """A new secret, shown this once; the former one signs beside it for a day."""
    webhook = Webhook.objects.select_for_update().get(pk=webhook.pk)
    secret = signing.new_secret()
    webhook.secrets = {"current": secret, "previous": webhook.secrets.get("current", "")}
    webhook.rotated_at = timezone.now()
    webhook.save(update_fields=["secrets", "rotated_at"])
    _tell(webhook, actor, "secret_changed")
    return secret


@transaction.atomic
def switch(webhook: Webhook, on: bool, *, actor: User) -> None:
    """Switch it on, with a clean slate, or off."""
    fields: dict[str, Any] = {"is_active": on}
    if on:
        fields |= {"failing_since": None, "disabled_reason": ""}
    Webhook.objects.filter(pk=webhook.pk).update(**fields)
    _tell(webhook, actor, "switched_on" if on else "switched_off")


@transaction.atomic
def remove(webhook: Webhook, *, actor: User) -> None:
    """Erase it with its log; what still waited to be told is told no more."""
    _tell(webhook, actor, "removed")
    webhook.delete()


def valid_secrets(webhook: Webhook, now: Any) -> list[str]:
    """The secrets that sign at this moment, the newest first."""
    found = [webhook.secrets.get("current", "")]
    if webhook.rotated_at and now - webhook.rotated_at < OVERLAP:
        found.append(webhook.secrets.get("previous", ""))
    return [secret for secret in found if secret]


def is_wanted(kind: str) -> bool:
    """Whether any active webhook asks for this kind of event, as of at most five seconds ago.

    So a desk without webhooks pays nothing for them, and a new one begins to be told within five seconds.
    """
    global _wanted
    if _wanted is None or time.monotonic() - _wanted[0] > SNAPSHOT_SECONDS:
        lists = Webhook.objects.filter(is_active=True).values_list("kinds", flat=True)
        _wanted = (time.monotonic(), frozenset(each for kinds in lists for each in kinds))
    return kind in _wanted[1]


def forget() -> None:
    """Look anew when asked next."""
    global _wanted
    _wanted = None


def narrowed(words: Mapping[str, Sequence[str] | str]) -> dict[str, str]:
    """Choices of a form as the words of `tickets.narrowing.TicketFilter`."""
    spelled = {name: value if isinstance(value, str) else ",".join(value) for name, value in words.items()}
    return {name: value for name, value in spelled.items() if value}


def _tell(webhook: Webhook, actor: User, what: str, **more: Any) -> None:
    forget()
    audit.record(AuditEntry.Kind.WEBHOOK_CHANGED, actor=actor, webhook=webhook.pk, what=what, **more)
