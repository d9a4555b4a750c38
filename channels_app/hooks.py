"""Requests of mail providers: proven by a secret, journaled as they came, understood later.

Two secrets are good during a change, so that no mail is refused while the new one is pasted at the provider.
"""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Mapping

from django.core.cache import cache
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from channels_app import inbound, mailboxes
from channels_app.models import Channel, Hook

USER = "desk"
PER_MINUTE = 1200  # requests for one mailbox; more is told to come again
FRESH_SECONDS = 15 * 60  # how old a signed request may be (Mailgun repeats with a new signature)
KEPT_HEADERS = ("content-type", "user-agent", "x-amz-sns-message-type", "x-amz-sns-message-id")


class Refused(Exception):
    """A request that does not prove that it comes from the provider."""


class TooMany(Exception):
    """More requests than anybody's mail makes; the provider comes again."""


def address(base: str, channel: Channel, provider: str) -> str:
    """Where the provider sends to, without the secret."""
    return f"{base}/hooks/mail/{channel.pk}/{provider}/"


def rotate(channel: Channel) -> str:
    """A new secret, shown once; the one before it stays good until it is retired."""
    secret = secrets.token_urlsafe(24)
    before = channel.secrets.get("hook_secret", "")
    mailboxes.change(channel, secrets={"hook_secret": secret, "hook_secret_before": before})
    return secret


def retire(channel: Channel) -> None:
    """The secret before the present one is no longer good."""
    mailboxes.change(channel, secrets={"hook_secret_before": ""})


def admit(channel: Channel, provider: str, request: HttpRequest, body: bytes) -> None:
    """Return when a request is the provider's. Raises Refused, which is counted, and TooMany."""
    if not _within_pace(channel):
        raise TooMany
    if _has_secret(channel, request) or (
        provider == Hook.Provider.MAILGUN and _is_signed(channel, request, body)
    ):
        return
    hook, _new = Hook.objects.get_or_create(channel=channel, provider=provider)
    Hook.objects.filter(pk=hook.pk).update(refused=F("refused") + 1, refused_at=timezone.now())
    raise Refused


def take(channel: Channel, provider: str, headers: Mapping[str, str], body: bytes) -> None:
    """Keep a request in the journal, whole; committed when this returns."""
    kept = {name: headers[name] for name in KEPT_HEADERS if headers.get(name)}
    unique = kept.get("x-amz-sns-message-id") or hashlib.sha256(body).hexdigest()
    inbound.journal(
        channel, f"hook:{provider}:{unique}", body, envelope={"provider": provider, "headers": kept}
    )
    hook, _new = Hook.objects.get_or_create(channel=channel, provider=provider)
    Hook.objects.filter(pk=hook.pk).update(taken=F("taken") + 1, last_at=timezone.now(), refused=0)


def _has_secret(channel: Channel, request: HttpRequest) -> bool:
    """By HTTP basic authentication, which every provider can put into the address (RFC 7617)."""
    scheme, _space, given = request.headers.get("Authorization", "").partition(" ")
    try:
        words = base64.b64decode(given, validate=True) if scheme.lower() == "basic" else b""
    except (binascii.Error, ValueError):
        return False
    kept = (channel.secrets.get(name, "") for name in ("hook_secret", "hook_secret_before"))
    return any(hmac.compare_digest(words, f"{USER}:{secret}".encode()) for secret in kept if secret)


def _is_signed(channel: Channel, request: HttpRequest, body: bytes) -> bool:
    """Mailgun's own signature over time and token, for those who have entered its signing key."""
    key = channel.secrets.get("hook_signing_key", "")
    told = _signature(request, body) if key else None
    if told is None:
        return False
    moment, token, signature = told
    if not moment.isdigit() or abs(time.time() - int(moment)) > FRESH_SECONDS:
        return False
    expected = hmac.new(key.encode(), f"{moment}{token}".encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.encode())


def _signature(request: HttpRequest, body: bytes) -> tuple[str, str, str] | None:
    if request.content_type == "application/json":
        try:
            block = json.loads(body).get("signature", {})
        except (ValueError, AttributeError):
            return None
    else:
        block = request.POST
    given = [
        block.get(name) if hasattr(block, "get") else None for name in ("timestamp", "token", "signature")
    ]
    return (str(given[0]), str(given[1]), str(given[2])) if all(given) else None


def _within_pace(channel: Channel) -> bool:
    """Counted by the minute; with the counter away everything is let through: the secret still guards."""
    key = f"hook:{channel.pk}:{int(time.time() // 60)}"
    try:
        cache.add(key, 0, 120)
        return cache.incr(key) <= PER_MINUTE
    except Exception:  # the counter's server is away, or has forgotten the key between the two calls
        return True
