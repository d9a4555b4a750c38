"""Where words to a customer go: by which channel, to which address, and whether they reach the customer."""

from collections.abc import Sequence

from channels_app.models import Channel
from tickets import recipients
from tickets.models import Message, Ticket
from tickets.recipients import Recipients


class NowhereToSend(Exception):
    """The ticket has no channel, or its customer no address on it: nothing can be sent."""


def whom(
    ticket: Ticket,
    to: Sequence[str],
    cc: Sequence[str],
    bcc: Sequence[str],
    *,
    channel: Channel | None = None,
) -> Recipients:
    """Whom a reply would go to now; asks nothing else. Raises NowhereToSend, NotAddresses and TooMany."""
    channel = way_out(ticket, channel)
    return recipients.read(to or [of_customer(ticket, channel, last_of_customer(ticket))], cc, bcc)


def way_out(ticket: Ticket, channel: Channel | None) -> Channel:
    """The channel given, else the ticket's own; from an internal ticket nothing goes out by any."""
    if ticket.is_internal:
        raise NowhereToSend("it is an internal ticket")
    channel = channel or ticket.channel
    if channel is None:
        raise NowhereToSend("the ticket has no channel")
    return channel


def of_customer(ticket: Ticket, channel: Channel, last: Message | None) -> str:
    """Where the customer wants answers: as they last wrote, else their first address on this channel."""
    if last and (wanted := recipients.reply(last).to):
        return wanted[0]
    identity = ticket.customer.identities.filter(kind=channel.kind).order_by("id").first()
    if identity is None:
        raise NowhereToSend("the customer has no address on this channel")
    return identity.value


def last_of_customer(ticket: Ticket) -> Message | None:
    """The newest message of the ticket's own customer; None where they have not written yet."""
    theirs = ticket.messages.filter(direction=Message.Direction.IN, customer=ticket.customer_id)
    return theirs.defer("search").order_by("-id").first()


def reaches_customer(ticket: Ticket, meant: Recipients, last: Message | None) -> bool:
    """Whether one of these addresses is the customer's, or where they want to be answered."""
    theirs = set(ticket.customer.identities.values_list("value", flat=True))
    if last:
        theirs |= {last.sender_address, *recipients.reply(last).to}
    return bool({recipients.bare(each) for each in theirs} & set(map(recipients.bare, meant.everybody)))
