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
from urllib.parse import quote

from anymail.exceptions import AnymailError
from anymail.inbound import AnymailInboundMessage
from anymail.signals import EventType
from anymail.webhooks import amazon_ses, brevo, mailgun, mailjet, postmark, sendgrid, sparkpost
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest
from django.utils.translation import gettext as _

from channels_app.adapters.base import Unreadable
from channels_app.messages import DeliveryReport, Fate
from channels_app.models import Hook, InboundRecord
from helpdesk import outgoing
from helpdesk.outgoing import Limits, NotReached

NO_KEY = "-"  # what the parsers are given where no key is needed, since they refuse to have none
BREVO_FILES = "https://api.brevo.com/v3/inbound/attachments/"
FILES = Limits(size=40 * 1024 * 1024, total=20, redirects=0)

Mail = tuple[bytes, dict[str, Any]]
"""A raw mail, and what the envelope said: mail_from, rcpt_tos."""


class BrevoMail(brevo.BrevoInboundWebhookView):
    """Brevo keeps the files of a mail and gives them to whoever has its API key."""

    def _fetch_attachment(self, attachment: dict[str, Any]) -> Any:
        if not self.api_key or self.api_key == NO_KEY:
            raise Unreadable(_("It has files. Enter the API key of Brevo at the mailbox and read it again."))
        token = quote(str(attachment["DownloadToken"]), safe="")
        lost = _("A file could not be fetched: %(reason)s")
        try:
            answer = outgoing.fetch(BREVO_FILES + token, headers={"api-key": self.api_key}, limits=FILES)
        except NotReached as error:
            raise Unreadable(
                _("A file could not be fetched: %(reason)s") % {"reason": error.trouble}
            ) from error
        if not answer.is_success:
            raise Unreadable(lost % {"reason": answer.status})
        return AnymailInboundMessage.construct_attachment(
            content_type=answer.headers.get("content-type") or attachment.get("ContentType", ""),
            content=answer.body,
            filename=attachment.get("Name"),
            content_id=attachment.get("ContentID"),
        )


_INBOUND: dict[str, Any] = {
    Hook.Provider.MAILGUN: mailgun.MailgunInboundWebhookView,
    Hook.Provider.POSTMARK: postmark.PostmarkInboundWebhookView,
    Hook.Provider.SENDGRID: sendgrid.SendGridInboundWebhookView,
    Hook.Provider.MAILJET: mailjet.MailjetInboundWebhookView,
    Hook.Provider.BREVO: BrevoMail,
    Hook.Provider.SPARKPOST: sparkpost.SparkPostInboundWebhookView,
    Hook.Provider.AMAZON_SES: amazon_ses.AmazonSESInboundWebhookView,
}
_TRACKING: dict[str, Any] = {
    Hook.Provider.MAILGUN: mailgun.MailgunTrackingWebhookView,
    Hook.Provider.POSTMARK: postmark.PostmarkTrackingWebhookView,
    Hook.Provider.SENDGRID: sendgrid.SendGridTrackingWebhookView,
    Hook.Provider.MAILJET: mailjet.MailjetTrackingWebhookView,
    Hook.Provider.BREVO: brevo.BrevoTrackingWebhookView,
    Hook.Provider.SPARKPOST: sparkpost.SparkPostTrackingWebhookView,
    Hook.Provider.AMAZON_SES: amazon_ses.AmazonSESTrackingWebhookView,
}
_FATES = {
    EventType.BOUNCED: Fate.FAILED,
    EventType.REJECTED: Fate.FAILED,
    EventType.FAILED: Fate.FAILED,
    EventType.DEFERRED: Fate.DELAYED,
    EventType.DELIVERED: Fate.DELIVERED,
}
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
            events = _events(_INBOUND[provider], request, record.channel.secrets.get("hook_api_key", ""))
            return [_mail(event, provider, request) for event in events]
        return _reports(_events(_TRACKING[provider], request))
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


def _events(view: Any, request: HttpRequest, api_key: str = "") -> list[Any]:
    """What the parser of this provider finds; its own checks of secrets were made before journaling."""
    needed = {"webhook_signing_key": NO_KEY} if hasattr(view, "webhook_signing_key") else {}
    needed |= {"api_key": api_key or NO_KEY} if view is BrevoMail else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return list(view(**needed).parse_events(request) or [])


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
        case Hook.Provider.SPARKPOST:
            return any("relay_message" in one.get("msys", {}) for one in told)
    return json.loads(told["Message"]).get("notificationType") == "Received"


def _mail(event: Any, provider: str, request: HttpRequest) -> Mail:
    """The mail as its sender's server made it where the provider hands that over, else put together."""
    message: AnymailInboundMessage = event.message
    envelope = {"mail_from": message.envelope_sender or ""} if message.envelope_sender is not None else {}
    recipients = [message.envelope_recipient] if message.envelope_recipient else []
    raw = _original(provider, request) or _put_together(message)
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


def _reports(events: list[Any]) -> tuple[DeliveryReport, ...]:
    return tuple(
        DeliveryReport(
            message_id=str((event.metadata or {}).get("message_id") or event.message_id or "").strip("<> "),
            recipient=event.recipient or "",
            fate=_FATES[event.event_type],
            reason=str(event.mta_response or event.description or event.reject_reason or "")[:500],
        )
        for event in events
        if event.event_type in _FATES and (event.message_id or event.metadata)
    )


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
