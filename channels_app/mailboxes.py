"""Mailboxes as an admin sets them up: made, and changed a section at a time."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from channels_app.models import Channel
from helpdesk.accounts import audit
from helpdesk.accounts.models import AuditEntry, User


@transaction.atomic
def connect(
    *,
    columns: Mapping[str, Any],
    config: Mapping[str, Any],
    secrets: Mapping[str, str],
    actor: User | None = None,
) -> Channel:
    """A new mailbox. Raises IntegrityError when another one has its address."""
    made = Channel.objects.create(
        kind=Channel.Kind.EMAIL,
        config={"outgoing": "smtp", "acknowledge": True, **config},
        secrets=dict(secrets),
        **columns,
    )
    _tell(made, {*columns, *config, *secrets}, actor, new=True)
    return made


@transaction.atomic
def change(
    channel: Channel,
    *,
    columns: Mapping[str, Any] | None = None,
    config: Mapping[str, Any] | None = None,
    secrets: Mapping[str, str] | None = None,
    actor: User | None = None,
) -> Channel:
    """Change what is named and nothing else; two admins at two sections do not undo each other.

    A secret that is "" is taken away.
    """
    kept = Channel.objects.select_for_update(of=("self",)).get(pk=channel.pk)
    before = _settings(kept)
    for name, value in (columns or {}).items():
        setattr(kept, name, value)
    kept.config = {**kept.config, **(config or {})}
    merged = {**kept.secrets, **(secrets or {})}
    kept.secrets = {name: value for name, value in merged.items() if value}
    kept.save()
    after = _settings(kept)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    if changed:
        _tell(kept, changed, actor)
    return kept


def _settings(channel: Channel) -> dict[str, Any]:
    columns = {field.attname: getattr(channel, field.attname) for field in channel._meta.concrete_fields}
    return {**columns, **channel.config, **channel.secrets, "config": None, "secrets": None}


def _tell(channel: Channel, changed: set[str], actor: User | None, **data: Any) -> None:
    """Which settings, never what they are: some are passwords."""
    what = {"table": "channels_app.channel", "row": channel.pk, "fields": sorted(changed), **data}
    audit.record(AuditEntry.Kind.SETTING_CHANGED, actor=actor, **what)
