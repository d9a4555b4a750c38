"""Which ticket a message says it belongs to, and how it says so."""

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from django.utils import timezone

from channels_app.messages import InboundMessage, read_token, token_in_id
from helpdesk import prepared
from helpdesk.accounts.models import Company
from tickets import customers
from tickets.models import Citation, Customer, Message, Ticket
from tickets.threads import subjects
from tickets.threads.cases import Evidence

ROOTS_TRIED = 5
TICKETS_TRIED = 20

_KNOWN = """
SELECT external_id, direction, ticket_id FROM tickets_message
WHERE external_id = ANY(%s) AND external_id <> '' AND direction <> 'note' ORDER BY id
"""


class Clue(NamedTuple):
    evidence: Evidence
    ticket_id: int

    @property
    def is_strong(self) -> bool:
        """Whether it is more than a number that anybody can write."""
        return self.evidence in (Evidence.TOKEN, Evidence.CITES)


def clue(inbound: InboundMessage) -> Clue | None:
    """The strongest sign of a ticket, the nearest of equals; None when there is none.

    A message of ours that moved since counts where it is now, not where its token was made.
    """
    known = _known(inbound.references)
    for cited in inbound.references:
        if cited in known and known[cited][0] == Message.Direction.OUT:
            return Clue(Evidence.TOKEN, known[cited][1])
    for token in _tokens(inbound):
        if (ticket_id := read_token(token)) is not None:
            return Clue(Evidence.TOKEN, ticket_id)
    for cited in inbound.references:
        if cited in known:
            return Clue(Evidence.CITES, known[cited][1])
    return None


def shared_roots(inbound: InboundMessage) -> Iterator[Clue]:
    """Tickets whose messages cite the same unknown ids: mail of which the desk has not seen the beginning."""
    if not inbound.references:
        return
    found = Citation.objects.filter(external_id__in=inbound.references).order_by("-id")
    for citation in found[:ROOTS_TRIED]:
        yield Clue(Evidence.CITES if citation.ours else Evidence.ROOT, citation.ticket_id)


def numbered(inbound: InboundMessage) -> Iterator[Clue]:
    """Tickets whose number stands in the subject."""
    for number in dict.fromkeys(subjects.numbers(inbound.subject)):
        for pk in Ticket.objects.filter(number=number).values_list("pk", flat=True):
            yield Clue(Evidence.NUMBER, pk)


def like_before(inbound: InboundMessage, customer: Customer | None) -> Clue | None:
    """The unfinished ticket of an earlier mail that a machine sent under the same subject."""
    if customer is None or not inbound.subject:
        return None
    found = Ticket.objects.unfinished().filter(customer=customer, subject=inbound.subject[:1000])
    ticket = found.filter(messages__is_automatic=True).order_by("-id").first()
    return Clue(Evidence.CITES, ticket.pk) if ticket else None


def under_its_subject(inbound: InboundMessage, customer: Customer) -> Clue | None:
    """The customer's unfinished ticket of the subject that is answered: some programs drop every id."""
    if inbound.automatic or not subjects.is_answer(inbound.subject):
        return None
    answered = subjects.base(inbound.subject)
    since = timezone.now() - timedelta(days=Company.load().silent_days)
    theirs = Ticket.objects.unfinished().filter(customer=customer, last_message_at__gte=since)
    recent = theirs.order_by("-id").values_list("pk", "subject")[:TICKETS_TRIED] if answered else ()
    found = (pk for pk, subject in recent if subjects.base(subject) == answered)
    ticket_id = next(found, None)
    return Clue(Evidence.SUBJECT, ticket_id) if ticket_id else None


def remember(inbound: InboundMessage, ticket: Ticket) -> None:
    """Keep the beginning and the end of what an opening message cites: others may cite the same."""
    cited = [one for one in inbound.references if one != inbound.conversation]
    ends = {*cited[:1], *cited[-1:], *filter(None, [inbound.conversation])}
    if not ends:
        return
    Citation.objects.bulk_create(
        [Citation(external_id=cited, ticket=ticket) for cited in sorted(ends)], ignore_conflicts=True
    )


def sender(inbound: InboundMessage) -> Customer | None:
    """The customer with the sender's address, without making one."""
    return customers.find(inbound.sender.identity_kind, inbound.sender.identity)


def _known(references: tuple[str, ...]) -> dict[str, tuple[str, int]]:
    if not references:
        return {}
    with prepared.cursor() as cursor:
        cursor.execute(_KNOWN, [list(references)])
        return {cited: (direction, ticket) for cited, direction, ticket in cursor.fetchall()}


def _tokens(inbound: InboundMessage) -> Iterator[str]:
    if inbound.token:
        yield inbound.token
    yield from filter(None, map(token_in_id, inbound.references))
