"""Which mailbox a message is for, by the addresses really used, and whether it came as a blind copy."""

from dataclasses import replace

from channels_app.messages import InboundMessage
from channels_app.models import Channel


def settle(inbound: InboundMessage, channel: Channel) -> InboundMessage:
    """The message for the mailbox whose address was used: one account may receive for several.

    A mailbox that is named openly keeps it. A list's mail names the list, so it is no blind copy.
    """
    ours = set(map(plain, channel.addresses))
    named = {plain(address) for address in (*inbound.to, *inbound.cc)}
    if ours & named or channel.kind != Channel.Kind.EMAIL:
        return inbound
    used = named | {plain(address) for address in inbound.addressed}
    other = _mailbox_of(used - ours)
    if other is None:
        return replace(inbound, is_bcc=not (inbound.bulk or inbound.automatic or inbound.via))
    pk, theirs = other
    return replace(inbound, channel_id=pk, is_bcc=not theirs & named)


def plain(address: str) -> str:
    """One spelling: lower case, without what follows a plus."""
    local, _at, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _mailbox_of(used: set[str]) -> tuple[int, set[str]] | None:
    """The active mailbox with one of these addresses."""
    rows = Channel.objects.active().filter(kind=Channel.Kind.EMAIL).order_by("id")
    for pk, address, aliases in rows.values_list("pk", "address", "aliases"):
        theirs = {plain(one) for one in (address, *aliases)}
        if theirs & used:
            return pk, theirs
    return None
