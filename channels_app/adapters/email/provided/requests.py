"""A provider's request from the journal: the mail in it as raw bytes, or what became of mail we sent.

django-anymail knows the providers' dialects; its parsers are used on the request as it was journaled.
"""

import json
import re
import warnings
from base64 import b64decode
from email.message import EmailMessage
from io import BytesIO
from typing import Any, cast

from anymail.exceptions import AnymailError
from anymail.inbound import AnymailInboundMessage
from anymail.webhooks import amazon_ses, brevo, mailgun, mailjet, postmark, resend, sendgrid, sparkpost
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest
from django.utils.translation import gettext as _

from channels_app.adapters.base import Unreadable
from channels_app.adapters.email.provided import collecting, fates
from channels_app.adapters.email.provided.collecting import NO_KEY
from channels_app.messages import DeliveryReport
from channels_app.models import Channel, Hook, InboundRecord
from helpdesk import outgoing
from helpdesk.outgoing import Limits, NotReached

Mail = tuple[bytes, dict[str, Any]]
"""A raw mail, and what the envelope said: mail_from, rcpt_tos."""


_INBOUND: dict[str, Any] = {
    Hook.Provider.MAILGUN: mailgun.MailgunInboundWebhookView,
    Hook.Provider.POSTMARK: postmark.PostmarkInboundWebhookView,
    Hook.Provider.SENDGRID: sendgrid.SendGridInboundWebhookView,
    Hook.Provider.MAILJET: mailjet.MailjetInboundWebhookView,
    Hook.Provider.BREVO: collecting.BrevoMail,
    Hook.Provider.SPARKPOST: sparkpost.SparkPostInboundWebhookView,
    Hook.Provider.AMAZON_SES: collecting.AmazonMail,
    Hook.Provider.RESEND: collecting.ResendMail,
}
_TRACKING: dict[str, Any] = {
    Hook.Provider.MAILGUN: mailgun.MailgunTrackingWebhookView,
    Hook.Provider.POSTMARK: postmark.PostmarkTrackingWebhookView,
    Hook.Provider.SENDGRID: sendgrid.SendGridTrackingWebhookView,
    Hook.Provider.MAILJET: mailjet.MailjetTrackingWebhookView,
    Hook.Provider.BREVO: brevo.BrevoTrackingWebhookView,
    Hook.Provider.SPARKPOST: sparkpost.SparkPostTrackingWebhookView,
    Hook.Provider.AMAZON_SES: amazon_ses.AmazonSESTrackingWebhookView,
    Hook.Provider.RESEND: resend.ResendTrackingWebhookView,
}
_API_KEYS: dict[str, str] = {Hook.Provider.BREVO: "hook_api_key", Hook.Provider.RESEND: "hook_resend_key"}
_AMAZON = re.compile(r"https://sns\.[a-z0-9-]+\.amazonaws\.com(\.cn)?/")
_BROKEN = (AnymailError, KeyError, ValueError, TypeError, AttributeError, IndexError, UnicodeError)


def read(record: InboundRecord) -> list[Mail] | tuple[DeliveryReport, ...]:
    """The mails in a request, or reports, () when it tells nothing of use. Raises Unreadable."""
    provider = record.envelope["provider"]
    request = _request(record)
    try:
        if provider == Hook.Provider.AMAZON_SES and _is_subscription(request):
            return ()
        if _is_mail(provider, request):
            events = _events(_INBOUND[provider], request, _keys(record.channel, provider))
            return [_mail(event, provider, request) for event in events]
        return fates.reports(provider, _events(_TRACKING[provider], request, {}))
    except _BROKEN as error:
        reason = _("The request of %(provider)s could not be understood: %(error)s")
        told = f"{type(error).__name__}: {error}"[:300]
        raise Unreadable(reason % {"provider": Hook.Provider(provider).label, "error": told}) from error


def _request(record: InboundRecord) -> HttpRequest:
    """The request as it was, for parsers that want one."""
    body, kept = record.raw(), record.envelope.get("headers", {})
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in kept.items()}
    return WSGIRequest(
        {
            **headers,
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": kept.get("content-type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body),
        }
    )


def _keys(channel: Channel, provider: str) -> dict[str, str]:
    """What the parser of a provider's mail needs to fetch what the request only names."""
    kept: dict[str, str] = channel.secrets
    if provider == Hook.Provider.AMAZON_SES:
        by_sending = kept if channel.config.get("outgoing") == "amazon_ses" else {}
        return {
            "access_key": kept.get("hook_s3_key") or by_sending.get("provider_key", ""),
            "secret_key": kept.get("hook_s3_secret") or by_sending.get("provider_second_key", ""),
        }
    if provider in (Hook.Provider.BREVO, Hook.Provider.RESEND):
        return {"api_key": kept.get(_API_KEYS[provider]) or NO_KEY}
    return {}


def _events(view: Any, request: HttpRequest, keys: dict[str, str]) -> list[Any]:
    """What the parser of this provider finds; its own checks of secrets were made before journaling."""
    needed = {"webhook_signing_key": NO_KEY} if hasattr(view, "webhook_signing_key") else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return list(view(**needed, **keys).parse_events(request) or [])


def _is_mail(provider: str, request: HttpRequest) -> bool:
    """Mail, or news of mail we sent? Each provider's requests say it in another way."""
    if provider in (Hook.Provider.MAILGUN, Hook.Provider.SENDGRID):
        return request.content_type != "application/json"
    told = json.loads(request.body)
    match provider:
        case Hook.Provider.POSTMARK:
            return "FromFull" in told and told.get("RecordType", "Inbound") == "Inbound"
        case Hook.Provider.MAILJET:
            return isinstance(told, dict) and "event" not in told
        case Hook.Provider.BREVO:
            return "items" in told
        case Hook.Provider.RESEND:
            return told.get("type") == "email.received"
        case Hook.Provider.SPARKPOST:
            return any("relay_message" in one.get("msys", {}) for one in told)
    return json.loads(told["Message"]).get("notificationType") == "Received"


def _mail(event: Any, provider: str, request: HttpRequest) -> Mail:
    """The mail as its sender's server made it where the provider hands that over, else put together."""
    message: AnymailInboundMessage = event.message
    envelope = {"mail_from": message.envelope_sender or ""} if message.envelope_sender is not None else {}
    recipients = [message.envelope_recipient] if message.envelope_recipient else []
    raw = _original(provider, request) or collecting.original(message) or _put_together(message)
    return raw, {**envelope, "rcpt_tos": recipients}


def _put_together(message: EmailMessage) -> bytes:
    """The bytes of a mail from its parts, without the empty bodies that a missing field becomes."""
    for part in message.walk():
        if part.is_multipart():
            inner = cast(list[EmailMessage], part.get_payload())
            part.set_payload([one for one in inner if not _is_empty_body(one)])
    return message.as_bytes()


def _is_empty_body(part: EmailMessage) -> bool:
    is_body = part.get_content_maintype() == "text" and not part.get_filename()
    return is_body and not part.get_payload(decode=True)


def _original(provider: str, request: HttpRequest) -> bytes:
    """The raw mail in a request, b"" when it holds only its parts."""
    match provider:
        case Hook.Provider.MAILGUN:
            return _bytes(request.POST.get("body-mime", ""))
        case Hook.Provider.SENDGRID:
            return _bytes(request.POST.get("email", ""))
        case Hook.Provider.POSTMARK:
            return _bytes(json.loads(request.body).get("RawEmail", ""))
        case Hook.Provider.SPARKPOST:
            content = json.loads(request.body)[0]["msys"]["relay_message"]["content"]
            raw = _bytes(content["email_rfc822"])
            return b64decode(raw) if content.get("email_rfc822_is_base64") else raw
        case Hook.Provider.AMAZON_SES:
            told = json.loads(json.loads(request.body)["Message"])
            raw = _bytes(told.get("content", ""))
            is_packed = told.get("receipt", {}).get("action", {}).get("encoding") == "BASE64"
            return b64decode(raw) if is_packed else raw
    return b""


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _is_subscription(request: HttpRequest) -> bool:
    """Amazon asks whether its news are wanted; the secret has proven that an admin set it up, so: yes."""
    told = json.loads(request.body)
    if told.get("Type") != "SubscriptionConfirmation":
        return told.get("Type") != "Notification"
    address = str(told.get("SubscribeURL", ""))
    if not _AMAZON.match(address):
        raise Unreadable(
            _("The address to confirm at is not Amazon's: %(address)s") % {"address": address[:200]}
        )
    try:
        outgoing.fetch(address, limits=Limits(size=64 * 1024, total=10, redirects=0))
    except NotReached as error:
        raise Unreadable(_("Amazon could not be told yes: %(reason)s") % {"reason": error.trouble}) from error
    return True
