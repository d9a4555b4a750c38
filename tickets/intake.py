"""The door in: every message of a person, whatever the channel, becomes part of a ticket here."""

from collections.abc import Sequence

from django.db import transaction

from channels_app.messages import InboundMessage
from helpdesk import prepared
from tickets import customers, doubts, enquiries, events, lifecycle, staff_mail, threads, unheard
from tickets.models import Attachment, Event, Message


@transaction.atomic(savepoint=False)  # all or nothing, within the caller's transaction too
def receive(inbound: InboundMessage) -> Message:
    """Turn one inbound message of a person into a message on a ticket. Safe to call twice.

    A race on one of the unique constraints raises IntegrityError and leaves nothing behind: call again.
    """
    is_new = unheard.is_id(inbound.external_id)
    namesakes = {} if is_new else Message.objects.received_as(inbound.external_id)
    if inbound.digest in namesakes:
        return Message.objects.get(pk=namesakes[inbound.digest])

    colleague = staff_mail.author(inbound)
    if colleague is None:
        return _add(inbound, reused=bool(namesakes))
    if taken := staff_mail.take(inbound, colleague):
        return taken
    message = _add(staff_mail.unwrapped(inbound, colleague), reused=bool(namesakes))
    if message.via:
        staff_mail.comment(message, inbound, colleague)
    return message


def receive_many(inbounds: Sequence[InboundMessage]) -> list[Message]:
    """Messages that have nothing to do with each other, such as first mails of several people; all or none.

    What is asked of each is asked once. Raises whatever `receive` raises: call it for each then.
    """
    with transaction.atomic(), prepared.once(), events.together(), unheard.asked(inbounds):
        return [receive(each) for each in inbounds]


@events.together()
def _add(inbound: InboundMessage, *, reused: bool) -> Message:
    """The message of a customer, on the ticket it belongs to or on a new one."""
    customer = customers.resolve(inbound.sender, in_person=not inbound.automatic)
    place = threads.place(inbound, customer)
    ticket = place.ticket
    enquiry = enquiries.place(inbound, ticket, customer) if ticket else None
    if ticket is None:
        ticket = lifecycle.open_ticket(customer, inbound, follows=place.follows)
        threads.remember(inbound, ticket)
    elif not inbound.automatic and enquiry is None:
        lifecycle.customer_wrote(ticket, inbound)

    message = Message.objects.add_inbound(
        ticket, customer, inbound, id_reused=reused, unverified=place.unverified, enquiry=enquiry
    )
    Attachment.objects.add_inbound(message, inbound.files)
    if enquiry:
        enquiries.answered(message)
        return message
    marks = {"unasked": True} if inbound.bulk or inbound.spam else {}
    if place.ticket is None:
        marks["opens"] = True
    events.record(ticket, Event.Kind.MESSAGE_RECEIVED, actor=customer, message=message, **marks)
    if place.doubt:
        doubts.raise_doubt(message, ticket, place.doubt, place.reason)
    return message
