"""Addresses an agent may want to write to: ours (to leave out), a ticket's people, and customers in sight."""

from channels_app.models import Channel
from helpdesk.accounts.models import User
from tickets import access, recipients
from tickets.models import Identity, Message, Ticket

MOST_OFFERED = 12
SHORTEST = 2
"""Letters to type before the customers of the desk are searched."""
LETTERS = 100


def our_addresses() -> frozenset[str]:
    """Every address of every mailbox, switched off or not, in the spelling to compare by."""
    channels = Channel.objects.filter(kind=Channel.Kind.EMAIL).only("address", "aliases")
    return frozenset(recipients.bare(address) for channel in channels for address in channel.addresses)


def known(user: User, ticket: Ticket, typed: str = "") -> list[str]:
    """Whom to offer, as one writes them: the ticket's people first, then customers this colleague may see."""
    typed = typed.strip().lower()
    ours = our_addresses()
    people: dict[str, tuple[str, str]] = {}
    for address, name in (*_of_ticket(ticket), *_customers(user, typed)):
        key = recipients.bare(address)
        _address, called = people.get(key, ("", ""))
        people[key] = (address, name or called)  # our own replies name nobody
    offered = [
        recipients.written(address, name)
        for key, (address, name) in people.items()
        if key not in ours and recipients.is_address(address) and _fits(typed, address, name)
    ]
    return offered[:MOST_OFFERED]


def customers(user: User, typed: str) -> list[str]:
    """Customers this colleague may see whose address begins so, as one writes them."""
    found = _customers(user, typed.strip().lower())
    return [recipients.written(address, name) for address, name in found]


def _of_ticket(ticket: Ticket) -> list[tuple[str, str]]:
    """(address, name) of everybody on the ticket, the latest last."""
    identities = ticket.customer.identities.filter(kind=Identity.Kind.EMAIL)
    found = [(identity.value, ticket.customer.name) for identity in identities]
    letters = ticket.messages.exclude(direction=Message.Direction.NOTE)
    letters = letters.only("sender_address", "sender_name", "recipients").order_by("-id")[:LETTERS]
    for message in reversed(letters):
        if message.sender_address:
            found.append((message.sender_address, message.sender_name))
        found += [(each, message.names.get(each, "")) for each in (*message.to, *message.cc)]
    return found


def _customers(user: User, typed: str) -> list[tuple[str, str]]:
    if len(typed) < SHORTEST:
        return []
    found = Identity.objects.filter(kind=Identity.Kind.EMAIL, value__startswith=typed)
    seen = found.filter(customer__in=access.customers(user))
    return list(seen.values_list("value", "customer__name")[:MOST_OFFERED])


def _fits(typed: str, address: str, name: str) -> bool:
    words = (address.lower(), *name.lower().split())
    return not typed or name.lower().startswith(typed) or any(word.startswith(typed) for word in words)
