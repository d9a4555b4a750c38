"""The providers a mailbox can send through: data, each with what its own API wants."""

from dataclasses import dataclass, field
from typing import Any

TOKEN_NAME = "desk_delivery"  # noqa: S105 - a name, no secret
"""Under which name a provider keeps our token of a delivery, and repeats it in its reports."""


@dataclass(frozen=True, kw_only=True)
class Relay:
    """`keeps_id`: our Message-ID goes out as it is; else the provider puts its own in its place."""

    title: str
    backend: str
    key: str = "api_key"
    """What anymail calls the secret."""
    second_key: str = ""
    """What it calls a second secret, where there are two."""
    domain: str = ""
    """What it calls the sending domain, where it wants one."""
    regions: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Region → further options; the first is the usual one."""
    headers: dict[str, str] = field(default_factory=dict)
    keeps_id: bool = True
    idempotency: str = ""
    """The HTTP header that makes a repeated request harmless."""


def _at(name: str) -> str:
    return f"anymail.backends.{name}.EmailBackend"


RELAYS: dict[str, Relay] = {
    # https://docs.aws.amazon.com/ses/: it writes a Message-ID of its own.
    "amazon_ses": Relay(
        title="Amazon SES",
        backend=_at("amazon_ses"),
        key="aws_access_key_id",
        second_key="aws_secret_access_key",
        regions={name: {} for name in ("eu-west-1", "eu-central-1", "us-east-1", "us-west-2", "ap-south-1")},
        keeps_id=False,
    ),
    "brevo": Relay(title="Brevo", backend=_at("brevo")),
    "mailgun": Relay(
        title="Mailgun",
        backend=_at("mailgun"),
        domain="sender_domain",
        regions={
            "us": {"api_url": "https://api.mailgun.net/v3"},
            "eu": {"api_url": "https://api.eu.mailgun.net/v3"},
        },
    ),
    # Mailjet refuses a mail that names its own Message-ID.
    "mailjet": Relay(title="Mailjet", backend=_at("mailjet"), second_key="secret_key", keeps_id=False),
    # https://postmarkapp.com/support: with X-PM-KeepID it leaves the Message-ID alone.
    "postmark": Relay(
        title="Postmark", backend=_at("postmark"), key="server_token", headers={"X-PM-KeepID": "true"}
    ),
    "resend": Relay(title="Resend", backend=_at("resend"), idempotency="Idempotency-Key"),
    "sendgrid": Relay(title="SendGrid", backend=_at("sendgrid")),
    "sparkpost": Relay(
        title="SparkPost",
        backend=_at("sparkpost"),
        regions={
            "us": {"api_url": "https://api.sparkpost.com/api/v1/"},
            "eu": {"api_url": "https://api.eu.sparkpost.com/api/v1/"},
        },
        keeps_id=False,
    ),
}
