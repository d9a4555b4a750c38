"""What the desk has never heard of, asked for many messages at once.

Most mail comes from people who are new, cites nothing and was not seen before. To ask that for each mail
takes four queries; here one says it for all. Only what is missing is kept, for one short transaction alone:
what turns up meanwhile runs into a unique constraint, and is done again by itself.
"""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from channels_app.messages import InboundMessage
from helpdesk import prepared
from tickets.models import Identity

# Of these ids, addresses and domains, those that somebody has.
_HEARD = """
SELECT 'id', asked FROM unnest(%(ids)s::text[]) AS asked
WHERE EXISTS (SELECT FROM tickets_message WHERE external_id = asked AND external_id <> '')
UNION ALL
SELECT 'customer', asked FROM unnest(%(addresses)s::text[]) AS asked
WHERE EXISTS (SELECT FROM tickets_identity WHERE kind = 'email' AND value = asked)
UNION ALL
SELECT 'colleague', asked FROM unnest(%(addresses)s::text[]) AS asked
WHERE EXISTS (
    SELECT FROM accounts_user WHERE is_active AND (email = asked OR asked = ANY(further_addresses))
)
UNION ALL
SELECT 'domain', asked FROM unnest(%(domains)s::text[]) AS asked
WHERE EXISTS (SELECT FROM tickets_organisation WHERE domains @> ARRAY[asked]::varchar[])
"""


class _Unheard(threading.local):
    of: frozenset[tuple[str, str]] = frozenset()


_unheard = _Unheard()


@contextmanager
def asked(messages: Iterable[InboundMessage]) -> Iterator[None]:
    """Meanwhile it is known what of these messages is new: for messages that have nothing in common."""
    mails = [each for each in messages if each.sender.identity_kind == Identity.Kind.EMAIL]
    addresses = {address_of(each) for each in mails}
    values = {
        "ids": [each.external_id for each in mails],
        "addresses": list(addresses),
        "domains": list({domain_of(each) for each in addresses}),
    }
    with prepared.cursor() as cursor:
        cursor.execute(_HEARD, values)
        heard = set(cursor.fetchall())
    people = {(what, each) for each in addresses for what in ("customer", "colleague")}
    others = {("id", each) for each in values["ids"]} | {("domain", each) for each in values["domains"]}
    _unheard.of = frozenset((people | others) - heard)
    try:
        yield
    finally:
        _unheard.of = frozenset()


def is_id(external_id: str) -> bool:
    """Whether no message has this id, as far as was asked."""
    return ("id", external_id) in _unheard.of


def is_customer(kind: str, value: str) -> bool:
    """Whether no customer has this identity, as far as was asked."""
    return kind == Identity.Kind.EMAIL and ("customer", value) in _unheard.of


def is_colleague(address: str) -> bool:
    """Whether no colleague has this address, as far as was asked."""
    return ("colleague", address) in _unheard.of


def is_domain(domain: str) -> bool:
    """Whether no organisation has this domain, as far as was asked."""
    return ("domain", domain) in _unheard.of


def address_of(message: InboundMessage) -> str:
    """The sender's address in the one spelling of identities."""
    return message.sender.identity.strip().lower()[:254]


def domain_of(address: str) -> str:
    """What stands behind the last @, "" without one."""
    return address.rpartition("@")[2]
