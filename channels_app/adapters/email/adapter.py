"""E-mail as an adapter: the journal's raw mails read, deliveries composed and handed to SMTP."""

from collections.abc import Mapping
from dataclasses import replace

from django.http import HttpRequest
from django.utils.translation import gettext as _

from channels_app import files
from channels_app.adapters.base import Parsed, Refused, Unreadable
from channels_app.adapters.email import addresses, compose, inside, outbox, provided, reading
from channels_app.messages import DeliveryFailed, Receipt
from channels_app.models import InboundRecord
from tickets.models import Delivery


class EmailAdapter:
    """Mail in any state that mail programs leave it in."""

    def verify(self, request: HttpRequest) -> None:
        """Providers prove themselves mailbox by mailbox, see `hooks.admit`. Raises Refused."""
        raise Refused("no mail is taken for no mailbox")

    def parse(self, record: InboundRecord) -> Parsed:
        """The message or the reports in a raw mail, or in a provider's request; raises Unreadable."""
        if not record.envelope.get("provider"):
            return _opened(reading.read(record))
        told = provided.read(record)
        if isinstance(told, tuple):
            return told
        if len(told) != 1:
            raise Unreadable(_("The request holds %(count)d mails, not one.") % {"count": len(told)})
        raw, envelope = told[0]
        record.envelope = {**record.envelope, **envelope}
        return _opened(reading.read(record, raw))

    def send(self, delivery: Delivery) -> Receipt:
        """Send a delivery from its mailbox; raises DeliveryFailed."""
        channel = delivery.channel
        if channel is None or not delivery.unsettled():
            raise DeliveryFailed(_("It has nobody to go to."), permanent=True)
        try:
            letter = compose.letter(delivery)
            return _named(outbox.send(channel, letter), letter.envelope)
        except addresses.NotAnAddress as error:
            told = _("This is not an address: %(address)s") % {"address": error}
            raise DeliveryFailed(told, permanent=True) from error
        except files.Missing as error:
            raise DeliveryFailed(_("A file of this message is missing."), permanent=True) from error


def _opened(parsed: Parsed) -> Parsed:
    return parsed if isinstance(parsed, tuple) else inside.opened(parsed)


def _named(receipt: Receipt, envelope: Mapping[str, str]) -> Receipt:
    """The server's answers under the addresses as the delivery names them, not as they went over the wire."""
    refused, waiting = (
        {envelope.get(wire, wire): why for wire, why in answers.items()}
        for answers in (receipt.refused, receipt.waiting)
    )
    return replace(receipt, refused=refused, waiting=waiting)
