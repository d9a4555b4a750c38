"""Handing a letter to a provider, and what its answer means for the delivery."""

from typing import Any, cast

from anymail.exceptions import (
    AnymailAPIError,
    AnymailConfigurationError,
    AnymailError,
    AnymailImproperlyInstalled,
)
from anymail.message import AnymailStatus
from botocore.exceptions import BotoCoreError
from django.core.mail import EmailMultiAlternatives
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from channels_app.adapters.email.compose import Letter
from channels_app.adapters.email.relays.catalogue import RELAYS, TOKEN_NAME, Relay
from channels_app.adapters.email.relays.guard import guard
from channels_app.adapters.email.relays.restating import restated
from channels_app.messages import DeliveryFailed, Receipt
from channels_app.models import Channel

REQUEST_SECONDS = 60  # within the courier's lease
_REFUSED = {"rejected", "invalid", "failed"}
_BUSY = {408, 409, 423, 425, 429}
_NOT_LET_IN = {401, 402, 403}
_LONGEST_REASON = 500


def send(channel: Channel, letter: Letter) -> Receipt:
    """Send a letter through the provider its mailbox names. Raises DeliveryFailed, files.Missing."""
    relay = RELAYS[channel.config["outgoing"]]
    if letter.is_international:
        raise DeliveryFailed(_("The provider takes no international addresses."), permanent=True)
    mail = restated(letter, keeps_id=relay.keeps_id)
    mail.extra_headers |= relay.headers
    # Providers repeat this in what they tell of the mail later (short: Postmark takes 80 characters).
    cast(Any, mail).metadata = {TOKEN_NAME: letter.token} if letter.token else {}
    try:
        _hand_over(channel, relay, mail, key=letter.key)
    except AnymailAPIError as error:
        raise _failure(relay, error) from error
    except (AnymailConfigurationError, AnymailImproperlyInstalled, BotoCoreError) as error:
        raise DeliveryFailed(_told(relay, str(error)), permanent=False, lane_down=True) from error
    except AnymailError as error:  # something in this mail that the provider cannot do
        raise DeliveryFailed(_told(relay, str(error)), permanent=True) from error
    return _receipt(relay, cast(Any, mail).anymail_status)


def options(channel: Channel, relay: Relay) -> dict[str, Any]:
    """What anymail's backend of this provider is made with, from the mailbox's settings."""
    config, secrets = channel.config, cast(dict[str, str], channel.secrets)
    keys = {relay.key: secrets.get("provider_key", "")}
    if relay.second_key:
        keys[relay.second_key] = secrets.get("provider_second_key", "")
    region = config.get("provider_region") or next(iter(relay.regions), "")
    if relay.key == "aws_access_key_id":
        return {"client_params": {**keys, "region_name": region}, "ignore_recipient_status": True}
    if relay.domain:
        keys[relay.domain] = config.get("provider_domain") or channel.address.rpartition("@")[2]
    given = {**keys, **relay.regions.get(region, {}), "ignore_recipient_status": True}
    if address := config.get("provider_url"):  # a double of the provider, or its private endpoint
        given["api_url"] = address
    return {**given, "timeout": REQUEST_SECONDS}


def _hand_over(channel: Channel, relay: Relay, mail: EmailMultiAlternatives, *, key: str) -> None:
    backend = import_string(relay.backend)(**options(channel, relay))
    opened = backend.open()
    try:
        session = getattr(backend, "session", None)
        if session is not None and hasattr(session, "mount"):
            guard(session)
            if relay.idempotency:
                session.headers[relay.idempotency] = key[:255]
        backend.send_messages([mail])
    finally:
        if opened:
            backend.close()


def _receipt(relay: Relay, status: AnymailStatus) -> Receipt:
    told = status.recipients or {}
    refused = {
        address: _told(relay, one.status or "") for address, one in told.items() if one.status in _REFUSED
    }
    ids = list(dict.fromkeys(str(one.message_id).strip("<>") for one in told.values() if one.message_id))
    if told and len(refused) == len(told):
        reason = "; ".join(f"{address}: {why}" for address, why in refused.items())
        raise DeliveryFailed(reason, permanent=True, answers=refused)
    return Receipt(provider_id=ids[0][:200] if ids else "", provider_ids=tuple(ids), refused=refused)


def _failure(relay: Relay, error: AnymailAPIError) -> DeliveryFailed:
    """Whose fault it is decides: this mail's, the mailbox's key, or the provider's moment."""
    status = error.status_code
    response = getattr(error, "response", None)
    said = getattr(response, "text", "") or str(error)
    told = _told(relay, f"{status or ''} {said}".strip())
    if status in _NOT_LET_IN:
        told = _("%(provider)s does not accept this key: %(answer)s") % {
            "provider": relay.title,
            "answer": said[:_LONGEST_REASON],
        }
    elsewhere = status is None or status >= 500 or status in _BUSY | _NOT_LET_IN
    return DeliveryFailed(told, permanent=not elsewhere, lane_down=elsewhere)


def _told(relay: Relay, answer: str) -> str:
    return _("%(provider)s answered: %(answer)s") % {
        "provider": relay.title,
        "answer": " ".join(answer.split())[:_LONGEST_REASON],
    }
