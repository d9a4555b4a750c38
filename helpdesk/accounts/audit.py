"""The audit log: who changed which right or key, and when."""

from typing import Any

from helpdesk.accounts.models import AuditEntry, User


def record(kind: AuditEntry.Kind, *, actor: User | None, about: User | None = None, **data: Any) -> None:
    """Tell it once, in the transaction of the change."""
    AuditEntry.objects.create(kind=kind, actor=actor, about=about, data=data)
