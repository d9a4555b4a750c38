"""The audit log: who signed in, who changed which right, key or setting, who took what out, and when."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from helpdesk.accounts.models import AuditEntry, Company, User


def record(kind: AuditEntry.Kind, *, actor: User | None, about: User | None = None, **data: Any) -> None:
    """Tell it once, in the transaction of the change. `data`: ids, codes, names of settings; no secrets."""
    AuditEntry.objects.create(kind=kind, actor=actor, about=about, data=data)


def address(request: HttpRequest) -> str:
    """The network address a request came from, behind as many proxies as are trusted; "" if none is known."""
    try:
        return get_adapter(request).get_client_ip(request)
    except PermissionDenied:
        return ""


def prune(now: datetime) -> int:
    """Erase entries older than the company keeps them; how many."""
    border = now - timedelta(days=Company.load().audit_days)
    return AuditEntry.objects.filter(at__lt=border).delete()[0]
