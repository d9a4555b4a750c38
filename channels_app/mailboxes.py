"""Mailboxes as an admin sets them up: made, and changed a section at a time."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from channels_app.models import Channel


@transaction.atomic
def connect(*, columns: Mapping[str, Any], config: Mapping[str, Any], secrets: Mapping[str, str]) -> Channel:
    """A new mailbox. Raises IntegrityError when another one has its address."""
    return Channel.objects.create(
        kind=Channel.Kind.EMAIL,
        config={"outgoing": "smtp", "acknowledge": True, **config},
        secrets=dict(secrets),
        **columns,
    )


@transaction.atomic
def change(
    channel: Channel,
    *,
    columns: Mapping[str, Any] | None = None,
    config: Mapping[str, Any] | None = None,
    secrets: Mapping[str, str] | None = None,
) -> Channel:
    """Change what is named and nothing else; two admins at two sections do not undo each other.

    A secret that is "" is taken away.
    """
    kept = Channel.objects.select_for_update(of=("self",)).get(pk=channel.pk)
    for name, value in (columns or {}).items():
        setattr(kept, name, value)
    kept.config = {**kept.config, **(config or {})}
    merged = {**kept.secrets, **(secrets or {})}
    kept.secrets = {name: value for name, value in merged.items() if value}
    kept.save()
    return kept
