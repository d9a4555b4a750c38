"""Receipts for what just came: who gets one, and the rows that send it."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Exists, OuterRef
from django.utils import timezone

from channels_app.messages import Authenticity
from channels_app.models import Channel
from helpdesk import prepared
from helpdesk.accounts.models import Company
from helpdesk.prepared import Lookup
from tickets import automatic, brands, events
from tickets.acknowledging import wording
from tickets.automatic import Receipt
from tickets.expected import telling
from tickets.expected.forecasting import Forecast
from tickets.expected.models import ExpectedTime
from tickets.expected.wording import usually
from tickets.models import Event, Identity, Message, Ticket

OLDEST = timedelta(hours=24)
PAUSE = timedelta(hours=1)  # between two receipts to one address
MACHINES = re.compile(
    r"(?:no|do|dont|donot|never)[-_.]?(?:not)?[-_.]?repl(?:y|ies)|noreply|mailer-daemon|postmaster|(?:.*[-_.])?bounces?"
    r"|owner-.*|.*-owner|.*-request|majordomo|listserv|root|www-data|apache|nobody|daemon|cron|notifications?",
    re.IGNORECASE,
)
"""Names before the @ that nobody reads answers to."""

_openers = Lookup(
    lambda ids: (
        Message.objects.filter(
            ~Exists(Message.objects.filter(ticket=OuterRef("ticket"), pk__lt=OuterRef("pk"))),
            pk__any_of=ids,
            direction=Message.Direction.IN,
            is_automatic=False,
            channel__is_active=True,
            ticket__folder=Ticket.Folder.DESK,
        )
        .exclude(authenticity=Authenticity.FAIL)
        .select_related("channel", "ticket__customer", "record")
        .defer("search", "text", "html", "record__body", "channel__secrets")
        .order_by("pk")
    ),
    list,
    planned=True,
)

# One statement decides: two mails of one address at the same moment get one receipt. Rows are locked in the
# order of their keys, so that two workers with the same addresses do not wait for each other.
_CLAIM = """
WITH asked AS MATERIALIZED (
    SELECT id FROM tickets_identity WHERE kind = %s AND value = ANY(%s) ORDER BY id FOR NO KEY UPDATE
)
UPDATE tickets_identity AS i SET acknowledged_at = %s FROM asked
WHERE i.id = asked.id AND i.bounced_at IS NULL AND (i.acknowledged_at IS NULL OR i.acknowledged_at <= %s)
RETURNING i.value
"""


def may_be_acknowledged(fact: events.Fact) -> bool:
    """Whether it opened a ticket of a mailbox with receipts; the rest is seen when its turn comes."""
    channel = fact.ticket.channel if fact.ticket and fact.data.get("opens") else None
    return channel is not None and bool(channel.config.get("acknowledge"))


def acknowledge(happened: Sequence[Event]) -> None:
    """Queue a receipt for each ticket that a person's message opened; safe to call twice."""
    candidates = list(_candidates(happened))
    if not candidates:
        return
    now, company, ours = timezone.now(), Company.load(), _our_addresses()
    done = set(Message.objects.filter(key__in=map(_key, candidates)).values_list("key", flat=True))
    wanted = [each for each in candidates if _key(each) not in done and _wants_one(each, ours, now)]
    free = _claim({_address(each) for each in wanted}, now)
    told = []
    for message, channel in ((each, each.channel) for each in wanted):
        if channel and _address(message) in free:
            free.discard(_address(message))
            told.append(_receipt(message, channel, company, now))
    automatic.acknowledge([receipt for receipt, _forecast in told])
    promised = [(each.answers.ticket, forecast) for each, forecast in told if forecast]
    telling.keep(promised, ExpectedTime.By.RECEIPT, now)


def _candidates(happened: Sequence[Event]) -> Sequence[Message]:
    """Messages that opened a ticket of a mailbox with receipts, and that no row speaks against."""
    told = [event.message_id for event in happened if not event.user_id and not event.data.get("unasked")]
    found = _openers(sorted(filter(None, told))) if any(told) else []
    return [each for each in found if _gives_receipts(each.channel)]


def _gives_receipts(channel: Channel | None) -> bool:
    return channel is not None and channel.config.get("acknowledge") is True


def _wants_one(message: Message, ours: set[str], now: datetime) -> bool:
    """Whether it is fresh, and from somebody who would read a receipt."""
    if not is_read_by_somebody(message.sender_address.lower(), ours):
        return False
    return all(moment > now - OLDEST for moment in _moments(message))


def is_read_by_somebody(address: str, ours: Collection[str] | None = None) -> bool:
    """Whether a machine may write there: neither one of `ours` nor one that answers to nobody."""
    ours = _our_addresses() if ours is None else ours
    return address not in ours and not MACHINES.fullmatch(address.partition("@")[0].partition("+")[0])


def _moments(message: Message) -> list[datetime]:
    """When it was sent, when its mailbox had it, and when we had it, as far as anybody knows."""
    had = message.record.envelope.get("received_at") if message.record else None
    known = [message.created_at, message.sent_at, datetime.fromisoformat(had) if had else None]
    return [moment for moment in known if moment is not None]


def _address(message: Message) -> str:
    return message.sender_address.lower()[:254]


def _claim(addresses: set[str], now: datetime) -> set[str]:
    """Take this hour's receipt of each address; those that had none yet, and where mail arrives."""
    if not addresses:
        return set()
    with prepared.cursor() as cursor:
        cursor.execute(_CLAIM, [Identity.Kind.EMAIL, sorted(addresses), now, now - PAUSE])
        return {value for (value,) in cursor.fetchall()}


def _receipt(
    message: Message, channel: Channel, company: Company, now: datetime
) -> tuple[Receipt, Forecast | None]:
    """With the time that answers take lately, which is given back; else with what the mailbox says."""
    ticket = message.ticket
    forecast = telling.may_be_told(ticket, now)
    language, said = wording.of(
        channel.config, ticket.customer.language, ticket.language, channel.language, company.language
    )
    expected = usually(forecast.range, language) if forecast else said.expected
    body = wording.fill(
        said.text,
        number=ticket.number,
        company=brands.name(channel.pk, company),
        expected=expected,
        link=brands.request_address(ticket, language) if "{link}" in said.text else "",
    )
    key = _key(message)
    receipt = Receipt(answers=message, subject=said.subject, body=body, language=language, key=key)
    return receipt, forecast if "{expected}" in said.text else None


def _key(message: Message) -> UUID:
    return uuid5(NAMESPACE_URL, f"receipt of ticket {message.ticket_id}")


def _our_addresses() -> set[str]:
    mailboxes = Channel.objects.filter(kind=Channel.Kind.EMAIL).only("address", "aliases")
    return {address for mailbox in mailboxes for address in mailbox.addresses}
