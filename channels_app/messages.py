"""The plain types that cross the doors, and the names a message carries outside.

An adapter turns a provider's bytes into an `InboundMessage`; the core never sees a provider's dialect.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """The kinds of channel the desk speaks."""

    EMAIL = "email"


class Authenticity(TextChoices):
    """Whether the sender is who they say (for mail by DMARC, RFC 7489)."""

    PASS = "pass", _("Proved")
    NONE = "none", _("Not known")
    FAIL = "fail", _("Disproved")


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who wrote: `identity_kind` and `identity` (as given, not yet normalised) name the person."""

    identity_kind: str
    identity: str
    name: str = ""
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class InboundFile:
    """A file that came with a message; its bytes are already stored under `sha256` (channels_app.files)."""

    sha256: str
    size: int
    name: str = ""
    content_type: str = "application/octet-stream"
    content_id: str = ""
    inline: bool = False


QUOTE, SIGNATURE = "quote", "signature"


class Fold(NamedTuple):
    """A stretch of a message's text that a page shows folded: an earlier mail, or a signature."""

    start: int
    end: int
    kind: str
    """QUOTE or SIGNATURE."""


def without_folds(text: str, folds: Iterable[Iterable[int | str]]) -> str:
    """The new words of the sender: `text` without its folds, one blank line where one was cut out."""
    at, parts = 0, []
    for start, end, _kind in folds:
        parts.append(text[at : int(start)])
        at = int(end)
    parts.append(text[at:])
    kept = [part.strip("\n") for part in parts if part.strip()]
    return "\n\n".join(kept).strip() if len(parts) > 1 else text


@dataclass(frozen=True, kw_only=True)
class Forwarded:
    """A mail that was passed on, read out of the one that carries it."""

    sender: Sender
    subject: str
    text: str
    html: str = ""
    own_words: str = ""
    """What whoever passed it on says above it."""
    files: tuple[InboundFile, ...] = ()
    ids: tuple[str, ...] = ()
    """Its own id and those it answers, where the whole mail was attached."""


@dataclass(frozen=True, kw_only=True)
class InboundMessage:
    """One message of a person, the same for every channel."""

    channel_id: int
    sender: Sender
    external_id: str
    """Never empty: the channel's own id (Message-ID without brackets), else a digest of the content."""
    digest: str
    """sha256 hex of From, Date, Subject, decoded body and files; with external_id it is the identity."""
    subject: str = ""
    text: str = ""
    html: str = ""
    """Cleaned HTML, "" when the message has none."""
    folds: tuple[Fold, ...] = ()
    """What of `text` is quoted or a signature, in order; the same is marked in `html` by data-fold."""
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    """Ids of earlier messages this one answers, the nearest first (In-Reply-To, then References reversed)."""
    conversation: str = ""
    """The channel's own id of a conversation, shared by all its messages; "" where there is none."""
    token: str = ""
    """A reply token found in a recipient address or in a cited id, still to be checked by `read_token`."""
    sent_at: datetime | None = None
    received_at: datetime | None = None
    language: str = ""
    files: tuple[InboundFile, ...] = ()
    record_id: int | None = None
    automatic: bool = False
    """An auto-reply: it is folded in, and neither reopens a ticket nor stops a clock."""
    bulk: bool = False
    """A person's words to many, such as list mail: nobody there waits for an acknowledgement."""
    spam: bool = False
    """A filter on the way marked it as spam."""
    authenticity: Authenticity = Authenticity.NONE
    """What our own receiving server found out about the sender."""
    via: str = ""
    """The address that passed the words on: a contact form's, a mailing list's, a colleague's."""
    mailing_list: str = ""
    """The list that surely passed on a mail whose From is disproved, as happens when a list changes mails."""
    addressed: tuple[str, ...] = ()
    """The addresses it was delivered to, by the envelope and by what servers noted on the way."""
    is_bcc: bool = False
    """It came as a blind copy: its writer does not show the others that we have it."""
    forwarded: Forwarded | None = None
    """The mail that this one passes on."""

    @property
    def visible_text(self) -> str:
        """The new words of the sender, without quotes and signature."""
        return without_folds(self.text, self.folds)


class Fate(StrEnum):
    """What became of a message we sent."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    READ = "read"


@dataclass(frozen=True, kw_only=True)
class DeliveryReport:
    """A provider or mail server tells what became of a message we sent."""

    message_id: str
    """The id we sent with (`Delivery.external_id`), or the provider's own for it."""
    token: str = ""
    """The token of the delivery (`deliveries.token`) that a provider was given with the message."""
    recipient: str = ""
    """"" when the report names nobody."""
    fate: Fate = Fate.FAILED
    status: str = ""
    """As in RFC 3463 ("5.1.1"), "" when the report gives none."""
    reason: str = ""
    """In the server's own words."""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What an adapter gives back after handing a delivery over."""

    provider_id: str = ""
    provider_ids: tuple[str, ...] = ()
    """Every id that the provider gave, where it has one for each recipient."""
    refused: dict[str, str] = field(default_factory=dict)
    """Recipients that were refused while others were accepted: address → the server's answer."""
    waiting: dict[str, str] = field(default_factory=dict)
    """Recipients that were put off for now: they alone are tried again."""


class DeliveryFailed(Exception):
    """A delivery could not be handed over; `permanent` tells whether trying again makes sense.

    `lane_down`: the far side itself is away or refuses us, so whatever else waits for it need not try now.
    `answers`: what the far side said of each recipient, where it did.
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool,
        lane_down: bool = False,
        answers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.lane_down = lane_down and not permanent
        self.answers = answers or {}


@dataclass(frozen=True, kw_only=True)
class Capabilities:
    """What a kind of channel can do: data, so that nobody asks `if kind == "email"`."""

    html: bool
    subject: bool
    files: bool
    cc: bool
    resend_safe: bool
    """Sending the same id twice is harmless, so a crash in flight may be repaired by sending again."""
    max_length: int | None = None


CAPABILITIES: dict[str, Capabilities] = {
    Kind.EMAIL: Capabilities(html=True, subject=True, files=True, cc=True, resend_safe=True),
}

_TOKEN_BYTES = 10


def reply_token(ticket_id: int) -> str:
    """Proof that a reply belongs to a ticket: its id in hex, a dot, a keyed digest in a-z2-7."""
    return f"{ticket_id:x}.{_sign(f'{ticket_id}')}"


def read_token(token: str) -> int | None:
    """The ticket id of a token made by `reply_token`, None when it is not ours or was altered."""
    number, _dot, signature = token.partition(".")
    try:
        ticket_id = int(number, 16)
    except ValueError:
        return None
    good = hmac.compare_digest(_sign(f"{ticket_id}").encode(), signature.lower().encode())
    return ticket_id if good else None


def outbound_id(ticket_id: int, domain: str) -> str:
    """A new Message-ID without brackets (RFC 5322 3.6.4) that carries the ticket's reply token."""
    return f"t.{reply_token(ticket_id)}.{secrets.token_hex(8)}@{domain}"


def token_in_id(message_id: str) -> str:
    """The reply token inside an id made by `outbound_id`, "" in any other id."""
    parts = message_id.partition("@")[0].split(".")
    return ".".join(parts[1:3]) if len(parts) == 4 and parts[0].lower() == "t" else ""


def _sign(text: str) -> str:
    mac = hmac.new(settings.ENCRYPTION_KEY.encode(), b"reply:" + text.encode(), hashlib.sha256).digest()
    return base64.b32encode(mac[:_TOKEN_BYTES]).decode().lower()
