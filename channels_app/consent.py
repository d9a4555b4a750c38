"""Consent in the browser instead of a password: asked for, renewed ahead, lost and told (RFC 6749, 7636).

Tokens are renewed by whoever needs one, under the lock of its row; the others go on with the old one as long
as it is good.
"""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from channels_app.models import Channel, Grant, OAuthClient
from helpdesk import outgoing
from helpdesk.outgoing import Limits, NotReached

log = structlog.get_logger(__name__)

AHEAD = timedelta(minutes=10)  # a token is renewed so long before its end
GOOD_ENOUGH = timedelta(minutes=1)  # and still used so long before it, when renewing does not work
LIMITS = Limits(size=64 * 1024, total=15, redirects=0)
LOST = {"invalid_grant", "interaction_required", "consent_required", "login_required"}


class ConsentLost(Exception):
    """The provider takes our token no longer: a person has to connect the mailbox again."""


class NotGranted(Exception):
    """No consent came of it; the text is for the admin."""


@dataclass(frozen=True)
class Asked:
    """What is remembered in the admin's session while they are at the provider's page."""

    provider: str
    channel: int
    state: str
    verifier: str


def ask(channel: Channel, provider: str, *, redirect: str) -> tuple[str, Asked]:
    """The address of the provider's page to go to, and what to remember. Raises NotGranted."""
    client = _client(provider)
    asked = Asked(provider, channel.pk, secrets.token_urlsafe(32), secrets.token_urlsafe(64))
    challenge = base64.urlsafe_b64encode(hashlib.sha256(asked.verifier.encode()).digest()).rstrip(b"=")
    endpoints = settings.OAUTH_PROVIDERS[provider]
    query = {
        "client_id": client.client_id,
        "response_type": "code",
        "redirect_uri": redirect,
        "scope": endpoints["scope"],
        "state": asked.state,
        "code_challenge": challenge.decode(),
        "code_challenge_method": "S256",
        "login_hint": channel.config.get("imap_user") or channel.address,
        **endpoints["extra"],
    }
    return f"{_address(client, 'authorize')}?{urlencode(query)}", asked


def receive(channel: Channel, asked: Asked, *, code: str, redirect: str) -> Grant:
    """Trade the code that the browser brought for tokens, and keep them. Raises NotGranted."""
    client = _client(asked.provider)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect,
        "code_verifier": asked.verifier,
    }
    try:
        told = _token(client, form)
    except NotReached as error:
        raise NotGranted(_("The provider does not answer: %(reason)s") % {"reason": error.trouble}) from error
    if not told.get("access_token"):
        raise NotGranted(_("The provider refused: %(answer)s") % {"answer": _error(told)})
    if not told.get("refresh_token"):
        raise NotGranted(_("The provider gave no lasting consent. Remove the desk there and connect again."))
    now = timezone.now()
    fields = {
        "provider": asked.provider,
        "account": _account(told),
        "secrets": {name: told[name] for name in ("access_token", "refresh_token")},
        "expires_at": _end(told, now),
        "granted_at": now,
        "renewed_at": None,
        "failed_at": None,
        "revoked_at": None,
        "error": "",
    }
    return Grant.objects.update_or_create(channel=channel, defaults=fields)[0]


def access_token(channel: Channel, host: str) -> str:
    """A token for signing in at `host` now, "" where a password is used. Raises ConsentLost.

    A token is never shown to a server that is not its provider's.
    """
    grant = Grant.objects.filter(channel=channel).first() if channel.pk else None
    if grant is None or host.lower() not in settings.OAUTH_PROVIDERS[grant.provider]["hosts"]:
        return ""
    return _fresh(grant)


def renew_due(now: datetime) -> int:
    """Renew what ends soon, so that trouble is known while the old token still works; how many failed."""
    failed = 0
    due = Grant.objects.filter(revoked_at=None, channel__is_active=True, expires_at__lt=now + AHEAD)
    for grant in due:
        try:
            failed += _fresh(grant) == ""
        except ConsentLost:
            failed += 1
    return failed


def _fresh(grant: Grant) -> str:
    now = timezone.now()
    if grant.revoked_at:
        raise ConsentLost
    if grant.expires_at > now + AHEAD:
        return grant.secrets["access_token"]
    usable = grant.expires_at > now + GOOD_ENOUGH
    grant = _renewed(grant, patiently=not usable)
    if grant.revoked_at:
        raise ConsentLost
    if grant.expires_at > now + GOOD_ENOUGH:
        return grant.secrets["access_token"]
    raise OSError(_("The token could not be renewed: %(reason)s") % {"reason": grant.error})


@transaction.atomic
def _renewed(grant: Grant, *, patiently: bool) -> Grant:
    """The row after somebody, we or another process, has tried to renew it."""
    held = Grant.objects.select_for_update(of=("self",), skip_locked=not patiently).filter(pk=grant.pk)
    mine = held.first()
    if mine is None or mine.revoked_at or mine.expires_at > timezone.now() + AHEAD:
        return mine or grant
    try:
        told = _token(
            _client(mine.provider),
            {
                "grant_type": "refresh_token",
                "refresh_token": mine.secrets["refresh_token"],
            },
        )
    except (NotReached, NotGranted) as error:
        told = {"error": str(error)}
    _settle(mine, told)
    return mine


def _settle(grant: Grant, told: dict[str, Any]) -> None:
    now = timezone.now()
    if token := told.get("access_token"):
        kept = told.get("refresh_token") or grant.secrets["refresh_token"]  # some give a new one each time
        grant.secrets = {"access_token": token, "refresh_token": kept}
        grant.expires_at, grant.renewed_at = _end(told, now), now
        grant.failed_at, grant.error = None, ""
    else:
        grant.failed_at, grant.error = grant.failed_at or now, _error(told)
        grant.revoked_at = now if told.get("error") in LOST else None
        log.warning("consent.not_renewed", channel=grant.channel_id, error=grant.error)
    grant.save()


def _client(provider: str) -> OAuthClient:
    found = OAuthClient.objects.filter(provider=provider).first()
    if found is None:
        raise NotGranted(_("The desk is not registered at this provider yet."))
    return found


def _token(client: OAuthClient, form: dict[str, str]) -> dict[str, Any]:
    """The answer of the token endpoint, {} when it is no JSON object. Raises NotReached."""
    whole = {"client_id": client.client_id, "client_secret": client.secrets.get("client_secret", ""), **form}
    answer = outgoing.fetch(
        _address(client, "token"),
        method="POST",
        headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
        body=urlencode(whole).encode(),
        allowed=settings.OAUTH_PRIVATE_HOSTS,
        limits=LIMITS,
    )
    try:
        told = json.loads(answer.body)
    except ValueError:
        told = None
    return told if isinstance(told, dict) else {"error": f"HTTP {answer.status}"}


def _address(client: OAuthClient, name: str) -> str:
    return str(settings.OAUTH_PROVIDERS[client.provider][name]).format(tenant=client.tenant or "common")


def _end(told: dict[str, Any], now: datetime) -> datetime:
    try:
        return now + timedelta(seconds=min(int(told.get("expires_in", 3600)), 86400))
    except (TypeError, ValueError):
        return now + timedelta(hours=1)


def _error(told: dict[str, Any]) -> str:
    """The provider's own words; never a token."""
    words = (str(told.get("error", "")), str(told.get("error_description", "")).partition("\n")[0])
    return ": ".join(filter(None, words))[:500] or _("no reason given")


def _account(told: dict[str, Any]) -> str:
    """Whose consent it is, from the id token: it came straight from the provider over TLS (OIDC 3.1.3.7)."""
    parts = str(told.get("id_token", "")).split(".")
    if len(parts) != 3:
        return ""
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except ValueError:
        return ""
    named = claims.get("email") or claims.get("preferred_username") if isinstance(claims, dict) else ""
    return str(named or "")[:254]
