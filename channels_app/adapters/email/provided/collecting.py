"""What a provider keeps of a mail and hands to whoever has its key: files, or the mail itself."""

import json
import re
from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import quote

import boto3
from anymail.inbound import AnymailInboundMessage
from anymail.webhooks import amazon_ses, brevo, resend
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.utils.translation import gettext as _

from channels_app.adapters.base import Unreadable
from helpdesk import outgoing
from helpdesk.outgoing import Answer, Limits, NotReached

NO_KEY = "-"  # what the parsers are given where no key is needed, since they refuse to have none
BREVO_FILES = "https://api.brevo.com/v3/inbound/attachments/"
RESEND_MAILS = "https://api.resend.com/emails/receiving/"
FILES = Limits(size=40 * 1024 * 1024, total=20, redirects=0)
AWS_SECONDS = 10

_REGION = re.compile(r"arn:aws[\w-]*:sns:([a-z0-9-]+):")
_ENCRYPTED = ("x-amz-key", "x-amz-key-v2")


class BrevoMail(brevo.BrevoInboundWebhookView):
    """Brevo keeps the files of a mail and gives them to whoever has its API key."""

    def _fetch_attachment(self, attachment: dict[str, Any]) -> Any:
        if not self.api_key or self.api_key == NO_KEY:
            raise Unreadable(_("It has files. Enter the API key of Brevo at the mailbox and read it again."))
        token = quote(str(attachment["DownloadToken"]), safe="")
        answer = _collected(BREVO_FILES + token, {"api-key": self.api_key})
        return AnymailInboundMessage.construct_attachment(
            content_type=answer.headers.get("content-type") or attachment.get("ContentType", ""),
            content=answer.body,
            filename=attachment.get("Name"),
            content_id=attachment.get("ContentID"),
        )


class ResendMail(resend.ResendInboundWebhookView):
    """Resend tells only that a mail has come; its API gives an address from which the raw mail is fetched."""

    def _fetch_inbound_email(self, email_id: str) -> AnymailInboundMessage:
        if not self.api_key or self.api_key == NO_KEY:
            told = _("Resend keeps this mail. Enter its API key at the mailbox and read it again.")
            raise Unreadable(told)
        asked = RESEND_MAILS + quote(email_id, safe="")
        data = json.loads(_collected(asked, {"Authorization": f"Bearer {self.api_key}"}).body)
        return _parsed(_collected(data["raw"]["download_url"], {}).body)


class AmazonMail(amazon_ses.AmazonSESInboundWebhookView):
    """Amazon tells of a mail in a bucket (an S3 action), or brings it along (an SNS action, up to 150 KB)."""

    def __init__(self, *, access_key: str, secret_key: str, **kwargs: Any) -> None:
        self.access_key, self.secret_key = access_key, secret_key
        self.topic, self.fetched = "", b""
        super().__init__(**kwargs)

    def esp_to_anymail_events(self, ses_event: dict[str, Any], sns_message: dict[str, Any]) -> list[Any]:
        self.topic = str(sns_message.get("TopicArn", ""))
        events = super().esp_to_anymail_events(ses_event, sns_message)
        for event in events:
            event.message.fetched = self.fetched
        return events

    def fetch_s3_chunks(self, bucket_name: str, object_key: str) -> Iterator[bytes]:
        self.fetched = self._object(bucket_name, object_key)
        yield self.fetched

    def _object(self, bucket: str, key: str) -> bytes:
        """The bytes in a bucket. Raises Unreadable, and OSError when Amazon is away: that is tried again."""
        if not (self.access_key and self.secret_key):
            told = _(
                "The mail lies in Amazon's bucket %(bucket)s. Enter an access key that may read it "
                "(s3:GetObject) at the mailbox, under “By web request”, and read it again."
            )
            raise Unreadable(told % {"bucket": bucket})
        where = {"bucket": bucket, "key": key}
        try:
            return self._fetched(bucket, key)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] >= 500:
                raise OSError(f"S3: {error}") from error
            told = _("Amazon does not give %(key)s of the bucket %(bucket)s: %(answer)s")
            raise Unreadable(told % {**where, "answer": error}) from error
        except BotoCoreError as error:
            raise OSError(f"S3: {error}") from error

    def _fetched(self, bucket: str, key: str) -> bytes:
        region = _REGION.match(self.topic)
        client = boto3.client(
            "s3",
            region_name=region[1] if region else "us-east-1",
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            config=Config(
                proxies={"https": settings.OUTGOING_PROXY} if settings.OUTGOING_PROXY else None,
                connect_timeout=AWS_SECONDS,
                read_timeout=AWS_SECONDS,
                retries={"total_max_attempts": 2},
            ),
        )
        try:
            found = client.get_object(Bucket=bucket, Key=key)
            with found["Body"] as stream:
                if any(name in found.get("Metadata", {}) for name in _ENCRYPTED):
                    told = _("The receipt rule at Amazon encrypts mail with a key of yours: switch that off.")
                    raise Unreadable(told)
                if (size := found["ContentLength"]) > settings.MAIL_MAX_BYTES:
                    raise Unreadable(_("It is larger than this desk reads: %(size)d bytes.") % {"size": size})
                return cast(bytes, stream.read())
        finally:
            client.close()


def original(message: AnymailInboundMessage) -> bytes:
    """The raw bytes a mail was fetched as, b"" when it was put together."""
    return getattr(message, "fetched", b"")


def _parsed(raw: bytes) -> AnymailInboundMessage:
    message = AnymailInboundMessage.parse_raw_mime_bytes(raw)
    cast(Any, message).fetched = raw
    return message


def _collected(address: str, headers: dict[str, str]) -> Answer:
    try:
        answer = outgoing.fetch(address, headers=headers, limits=FILES)
    except NotReached as error:
        raise Unreadable(_("A file could not be fetched: %(reason)s") % {"reason": error.trouble}) from error
    if not answer.is_success:
        raise Unreadable(_("A file could not be fetched: %(reason)s") % {"reason": answer.status})
    return answer
