"""What a record of the journal is: a person's words for the door, or something that is done here."""

from django.db import transaction

from channels_app import addressees, leases, trips
from channels_app.adapters import ADAPTERS
from channels_app.messages import DeliveryReport, InboundMessage, token_in_id
from channels_app.models import Channel, InboundRecord
from tickets import events, fates, intake, staff_mail, threads
from tickets.models import Message

State = InboundRecord.State


def read(record: InboundRecord) -> InboundMessage | None:
    """What the record says; None for a report, which is done then. Raises Unreadable."""
    parsed = ADAPTERS[record.channel.kind].parse(record)
    if isinstance(parsed, tuple):
        _report(record, parsed)
        return None
    return addressees.settle(parsed, record.channel)


def settles(record: InboundRecord, message: InboundMessage) -> bool:
    """Whether it is nothing for the door, such as our own mail or a machine's: then it is done here."""
    if trips.came_back(message):
        leases.settle({record.pk: State.TEST})
    elif _is_our_own(message, record.channel):
        leases.settle({record.pk: State.DUPLICATE})
    elif message.automatic and (staff_mail.author(message) or not threads.joins(message)):
        leases.settle({record.pk: State.AUTOMATIC})
    else:
        return False
    return True


def hand_over(record: InboundRecord, message: InboundMessage) -> None:
    """Through the door, and done."""
    with transaction.atomic(), events.together():
        received = intake.receive(message)
        leases.settle({record.pk: _after(record, received)})


def hand_over_together(mails: list[tuple[InboundRecord, InboundMessage]]) -> None:
    """The same for several that have nothing to do with each other, all or none."""
    with transaction.atomic():
        received = intake.receive_many([message for _record, message in mails])
        pairs = zip(mails, received, strict=True)
        leases.settle({record.pk: _after(record, one) for (record, _message), one in pairs})


def _after(record: InboundRecord, received: Message) -> InboundRecord.State:
    return State.DONE if received.record_id == record.pk else State.DUPLICATE


def _report(record: InboundRecord, reports: tuple[DeliveryReport, ...]) -> None:
    with transaction.atomic():
        known = [fates.note_report(report) for report in reports]
        # A provider's news that a mail was opened is nothing to look at, unlike a report nobody can place.
        is_news = bool(record.envelope.get("provider"))
        leases.settle({record.pk: State.REPORT if any(known) or is_news else State.AUTOMATIC})


def _is_our_own(inbound: InboundMessage, channel: Channel) -> bool:
    """Our own message that came back to us, such as a copy to another mailbox of the desk."""
    if not token_in_id(inbound.external_id):
        return False
    if inbound.sender.identity.lower() not in (channel.addresses + _others(channel)):
        return False
    return Message.objects.filter(external_id=inbound.external_id, direction=Message.Direction.OUT).exists()


def _others(channel: Channel) -> list[str]:
    """The addresses of the desk's other mailboxes."""
    others = Channel.objects.filter(kind=channel.kind).exclude(pk=channel.pk).only("address", "aliases")
    return [address for other in others for address in other.addresses]
