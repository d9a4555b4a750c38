"""What channels keep: how they are set up, and the journal of what came in through them."""

from channels_app.models.channel import Channel, ChannelQuerySet
from channels_app.models.flood import Flood, FloodQuerySet
from channels_app.models.grant import Consenter, Grant, OAuthClient
from channels_app.models.hook import Hook
from channels_app.models.incident import Incident
from channels_app.models.proof import Audit, Reconciliation, Sighting
from channels_app.models.record import InboundRecord, InboundRecordQuerySet, record_fields
from channels_app.models.trip import RoundTrip

__all__ = [
    "Audit",
    "Channel",
    "ChannelQuerySet",
    "Flood",
    "FloodQuerySet",
    "Consenter",
    "Grant",
    "Hook",
    "InboundRecord",
    "InboundRecordQuerySet",
    "Incident",
    "OAuthClient",
    "Reconciliation",
    "RoundTrip",
    "Sighting",
    "record_fields",
]
