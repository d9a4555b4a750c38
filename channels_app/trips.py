"""The round trip of a test mail: sent by a mailbox to itself, fetched, recognised, and made no ticket."""

import secrets

from django.utils import timezone

from channels_app.messages import InboundMessage
from channels_app.models import Channel, RoundTrip

MARK = "trip."


def new_id(domain: str) -> str:
    """A Message-ID without brackets that nobody can guess and `came_back` knows again."""
    return f"{MARK}{secrets.token_hex(16)}@{domain}"


def begin(channel: Channel, message_id: str) -> RoundTrip:
    """Note that a test mail is on its way; before it is sent, since it may be back within a second."""
    return RoundTrip.objects.create(channel=channel, message_id=message_id)


def came_back(message: InboundMessage) -> bool:
    """Whether a message is a test mail of ours; it is noted on the first time."""
    if not message.external_id.startswith(MARK):
        return False
    trips = RoundTrip.objects.filter(message_id=message.external_id)
    trips.filter(came_back_at=None).update(came_back_at=timezone.now())
    return trips.exists()
