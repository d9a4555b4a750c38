"""Writing down what is odd about who sent a message, in a worker soon after it came."""

import time
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import F, Func
from django.utils import timezone

from channels_app.messages import Authenticity
from channels_app.models import Channel
from helpdesk import prepared
from helpdesk.accounts.models import User
from tickets import customers, events, live
from tickets.deception import hosts, senders
from tickets.deception.senders import Doubt, Surroundings, Suspicion
from tickets.models import Message, Organisation

WELL_KNOWN = (
    *(
        "paypal.com",
        "amazon.com",
        "apple.com",
        "microsoft.com",
        "google.com",
        "facebook.com",
        "instagram.com",
    ),
    *(
        "netflix.com",
        "linkedin.com",
        "whatsapp.com",
        "telegram.org",
        "dropbox.com",
        "docusign.com",
        "adobe.com",
    ),
    *("ebay.com", "booking.com", "airbnb.com", "stripe.com", "klarna.com", "revolut.com", "transferwise.com"),
    *(
        "mastercard.com",
        "americanexpress.com",
        "westernunion.com",
        "binance.com",
        "coinbase.com",
        "office.com",
    ),
    *("outlook.com", "hotmail.com", "yahoo.com", "icloud.com", "protonmail.com", "yandex.ru", "rambler.ru"),
    *("barclays.co.uk", "natwest.com", "santander.co.uk", "lloydsbank.com", "sparkasse.de", "postbank.de"),
    *(
        "deutsche-bank.de",
        "commerzbank.de",
        "erstebank.hu",
        "otpbank.hu",
        "raiffeisen.hu",
        "unicreditbank.hu",
    ),
    *(
        "magyarposta.hu",
        "foxpost.hu",
        "szamlazz.hu",
        "sberbank.ru",
        "tinkoff.ru",
        "alfabank.ru",
        "gosuslugi.ru",
    ),
    *(
        "wildberries.ru",
        "vkontakte.ru",
        "royalmail.com",
        "deutschepost.de",
        "fedex.com",
        "hermes-europe.co.uk",
    ),
)
SNAPSHOT_SECONDS = 60.0
RECENT = timedelta(days=60)
# A name that three have is no sign of anything: nothing more is asked about those.
_SAME_NAME = """
SELECT wanted.name, alike.id, organisation.name, organisation.domains,
       (SELECT value FROM tickets_identity WHERE customer_id = alike.id ORDER BY id LIMIT 1),
       EXISTS (SELECT FROM tickets_ticket WHERE customer_id = alike.id AND last_message_at >= %s)
FROM unnest(%s::text[]) AS wanted(name)
CROSS JOIN LATERAL (
    SELECT array(SELECT id FROM tickets_customer WHERE lower(name) = wanted.name LIMIT 3) AS ids
) AS found
JOIN tickets_customer AS alike ON alike.id = ANY(found.ids) AND cardinality(found.ids) < 3
LEFT JOIN tickets_organisation AS organisation ON organisation.id = alike.organisation_id
"""
_snapshot: tuple[float, Surroundings] | None = None


class _Namesake(NamedTuple):
    """A customer of the same name as a sender's, with the oldest of its addresses."""

    pk: int
    organisation: str | None
    domains: list[str] | None
    address: str | None
    has_recent_ticket: bool


def suspect(messages: Iterable[Message]) -> int:
    """Judge the senders of these messages and write down what is odd; how many were."""
    sent = [each for each in messages if each.direction == Message.Direction.IN and each.sender_address]
    known = surroundings() if sent else None
    named = [message.sender_name for message in sent if senders.folded(message.sender_name)]
    others = _of_the_same_name({_plain(name) for name in named}) if named else {}
    odd = [message for message in sent if known and _judge(message, known, others)]
    for message in odd:
        Message.objects.filter(pk=message.pk).update(doubts=message.doubts)
        live.publish(*events.hints(message.ticket))
    return len(odd)


def surroundings() -> Surroundings:
    """Whom the desk knows, as of at most a minute ago."""
    global _snapshot
    if _snapshot is None or time.monotonic() - _snapshot[0] > SNAPSHOT_SECONDS:
        _snapshot = (time.monotonic(), _survey())
    return _snapshot[1]


def _judge(message: Message, known: Surroundings, others: dict[str, list[_Namesake]]) -> bool:
    name, address = message.sender_name, message.sender_address
    proved = message.authenticity == Authenticity.PASS
    reply_to = message.recipients.get("reply_to", [])
    found = senders.suspicions(name, address, reply_to, known, is_proved=proved)
    if not any(each.doubt == Doubt.COLLEAGUE for each in found) and senders.folded(name):
        alike = [each for each in others.get(_plain(name), []) if each.pk != message.customer_id]
        found += _shares_a_name(message, alike[0]) if len(alike) == 1 else []
    message.doubts = [_written(each) for each in found]
    return bool(found)


def _plain(name: str) -> str:
    return name.strip().lower()


def _of_the_same_name(names: set[str]) -> dict[str, list[_Namesake]]:
    """The one or two customers of each name that no more have."""
    found: dict[str, list[_Namesake]] = {}
    with prepared.cursor() as cursor:
        cursor.execute(_SAME_NAME, [timezone.now() - RECENT, list(names)])
        for name, *known in cursor.fetchall():
            found.setdefault(name, []).append(_Namesake(*known))
    return found


def _shares_a_name(message: Message, namesake: _Namesake) -> list[Suspicion]:
    """Somebody of an organisation writes from outside, or a customer with a recent ticket has this name."""
    host = message.sender_address.rpartition("@")[2].lower()
    if namesake.organisation and not any(hosts.same_owner(host, each) for each in namesake.domains or []):
        return [Suspicion(doubt=Doubt.PARTNER, like=namesake.organisation)]
    if namesake.has_recent_ticket and namesake.address:
        return [Suspicion(doubt=Doubt.NAMESAKE, like=namesake.address)]
    return []


def _written(suspicion: Suspicion) -> dict[str, Any]:
    return {"code": suspicion.doubt.value, "like": suspicion.like[:200]}


def _survey() -> Surroundings:
    addresses = [each for channel in Channel.objects.only("address", "aliases") for each in channel.addresses]
    own = frozenset(hosts.owner(each.rpartition("@")[2]) for each in addresses) - customers.FREE_MAIL
    domains = Organisation.objects.annotate(domain=Func(F("domains"), function="unnest"))
    colleagues: dict[str, tuple[str, ...]] = {}
    for name, email in User.objects.people().at_work().values_list("name", "email"):
        if folded := senders.folded(name):
            colleagues[folded] = (*colleagues.get(folded, ()), email)
    return Surroundings(
        own=own,
        hosts=hosts.Known([*own, *domains.values_list("domain", flat=True), *WELL_KNOWN]),
        colleagues=colleagues,
    )
