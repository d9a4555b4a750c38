"""What became of mail we sent, in each provider's own words, as reports."""

from collections.abc import Callable
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason

from channels_app.adapters.email.automatic.status import code_in
from channels_app.adapters.email.relays import TOKEN_NAME
from channels_app.messages import DeliveryReport, Fate
from channels_app.models import Hook

MAX_REASON = 500

_FATES = {
    EventType.BOUNCED: Fate.FAILED,
    EventType.REJECTED: Fate.FAILED,
    EventType.FAILED: Fate.FAILED,
    EventType.DEFERRED: Fate.DELAYED,
    EventType.DELIVERED: Fate.DELIVERED,
}
_FOR_NOW = "4.0.0"
_BY_RULES = "5.7.0"
_NO_SUCH_ADDRESS = "5.1.1"
_NOT_THE_ADDRESS = {
    RejectReason.BLOCKED,
    RejectReason.SPAM,
    RejectReason.TIMED_OUT,
    RejectReason.UNSUBSCRIBED,
    RejectReason.OTHER,
}
_PASSING = ("Transient", "Undetermined", "Temporary")
# Bounce classes of SparkPost that are about the address: invalid, no such recipient.
_SPARKPOST_HARD = {"10", "30", "90"}

# Whether a provider calls this failure a passing one. Each says it in a field of its own.
_IS_SOFT: dict[str, Callable[[dict[str, Any]], bool]] = {
    Hook.Provider.POSTMARK: lambda told: told.get("Type") in ("SoftBounce", "DnsError", "Transient"),
    Hook.Provider.AMAZON_SES: lambda told: told.get("bounce", {}).get("bounceType") in _PASSING,
    Hook.Provider.MAILJET: lambda told: told.get("event") == "bounce" and not told.get("hard_bounce"),
    Hook.Provider.BREVO: lambda told: told.get("event") in ("soft_bounce", "deferred", "error"),
    Hook.Provider.RESEND: lambda told: _resend_bounce(told).get("type") in _PASSING,
}


def reports(provider: str, events: list[AnymailTrackingEvent]) -> tuple[DeliveryReport, ...]:
    """The reports in what a provider tells; opened mails and such are none."""
    return tuple(
        DeliveryReport(
            message_id=str(event.message_id or "").strip("<> "),
            token=str((event.metadata or {}).get(TOKEN_NAME) or ""),
            recipient=_recipient(provider, event),
            fate=_FATES[event.event_type],
            status=_status(provider, event) if _FATES[event.event_type] == Fate.FAILED else "",
            reason=_answer(event)[:MAX_REASON],
        )
        for event in events
        if event.event_type in _FATES and (event.message_id or event.metadata)
    )


def _answer(event: AnymailTrackingEvent) -> str:
    return str(event.mta_response or event.description or event.reject_reason or "")


def _status(provider: str, event: AnymailTrackingEvent) -> str:
    """The other server's own status where that says something, else what the provider makes of it."""
    told: dict[str, Any] = event.esp_event if isinstance(event.esp_event, dict) else {}
    found = code_in(str(event.mta_response or "")) or code_in(str(told.get("status") or ""))
    if found.startswith("5") and not found.startswith("5.0."):
        return found
    if provider == Hook.Provider.SPARKPOST:
        return found if _sparkpost_class(told) in _SPARKPOST_HARD else _FOR_NOW
    if provider in _IS_SOFT and _IS_SOFT[provider](told):
        return _FOR_NOW
    if event.reject_reason == RejectReason.INVALID:
        return _NO_SUCH_ADDRESS
    is_blocked = provider == Hook.Provider.SENDGRID and told.get("type") in ("blocked", "expired")
    return _BY_RULES if is_blocked or event.reject_reason in _NOT_THE_ADDRESS else found


def _recipient(provider: str, event: AnymailTrackingEvent) -> str:
    """Resend does not say which of several recipients it means: then nobody is named."""
    if provider == Hook.Provider.RESEND:
        data = event.esp_event.get("data", {})
        if sum(len(data.get(name) or []) for name in ("to", "cc", "bcc")) > 1:
            return ""
    return event.recipient or ""


def _sparkpost_class(told: dict[str, Any]) -> str:
    inner: dict[str, Any] = next(iter(told.get("msys", {}).values()), {})
    return str(inner.get("bounce_class", ""))


def _resend_bounce(told: dict[str, Any]) -> dict[str, Any]:
    return told.get("data", {}).get("bounce") or {}
