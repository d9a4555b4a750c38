"""API tokens: made, found by their secret, revoked."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from helpdesk.accounts import audit, security_mail
from helpdesk.accounts.models import AuditEntry, Scope, Token, User

log = structlog.get_logger(__name__)

PREFIX = "hd_"
SECRET_BYTES = 32
HINT_LENGTH = 9  # of the secret: enough to tell tokens apart, nothing to guess from
USE_IS_WRITTEN_EVERY = timedelta(minutes=1)


class Made(NamedTuple):
    token: Token
    secret: str
    """Shown once; "" when this very request made the token before."""


@transaction.atomic
def make(
    user: User, *, name: str, scopes: Iterable[str], expires_at: datetime | None, key: UUID, actor: User
) -> Made:
    """A new token of `user`; the same `key` again gives the first one, without its secret."""
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    token, made = Token.objects.get_or_create(
        key=key,
        defaults={
            "user": user,
            "name": name[:80],
            "hint": secret[:HINT_LENGTH],
            "digest": digest(secret),
            "scopes": sorted({Scope(scope) for scope in scopes}),
            "expires_at": expires_at,
        },
    )
    if not made:
        return Made(token, "")
    audit.record(AuditEntry.Kind.TOKEN_MADE, actor=actor, about=user, token=token.pk, scopes=token.scopes)
    security_mail.tell(user, security_mail.Change.TOKEN, actor=actor, detail=token.name)
    log.info("token.made", token=token.pk, user=user.pk, actor=actor.pk)
    return Made(token, secret)


@transaction.atomic
def revoke(token: Token, *, actor: User) -> None:
    """From now on the token opens nothing; a second time changes nothing."""
    revoked = Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())
    if revoked:
        audit.record(AuditEntry.Kind.TOKEN_REVOKED, actor=actor, about=token.user, token=token.pk)
        log.info("token.revoked", token=token.pk, user=token.user_id, actor=actor.pk)


def find(secret: str, now: datetime) -> Token | None:
    """The live token with this secret, its colleague at hand."""
    if not secret.startswith(PREFIX):
        return None
    return Token.objects.live(now).select_related("user").filter(digest=digest(secret)).first()


def used(token: Token, now: datetime) -> None:
    """Note that the token is in use; written at most once a minute."""
    border = now - USE_IS_WRITTEN_EVERY
    if token.last_used_at is None or token.last_used_at < border:
        stale = Q(last_used_at=None) | Q(last_used_at__lt=border)
        Token.objects.filter(stale, pk=token.pk).update(last_used_at=now)


def digest(secret: str) -> str:
    """What is kept of a secret. 256 random bits need no slow hash: there is nothing to guess."""
    return hashlib.sha256(secret.encode()).hexdigest()
