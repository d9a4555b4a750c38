"""The customer is answered by a rule: in their language, marked as a machine's, and not where that is unwise.

Two machines that answer each other never end. So nothing goes to addresses that nobody reads, to our own, to
whoever did not prove who they are or whose mail comes back, nor more than a few times a day to one ticket.
"""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from channels_app.messages import Authenticity
from helpdesk.accounts.models import Company, User
from tickets import addressing, automatic, brands, placeholders, posting
from tickets.acknowledging import sending
from tickets.models import Event, Identity, Message, Ticket

MOST_A_DAY = 3
"""Automatic answers on one ticket; another comes an hour after the last at the earliest."""
PAUSE = timedelta(hours=1)
DAY = timedelta(days=1)


class Guarded(Exception):
    """Nothing was sent; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def reply(ticket: Ticket, texts: Mapping[str, str], *, key: UUID) -> Message:
    """Queue the words in the customer's language, filled in. Raises Guarded."""
    company = Company.load()
    language = chosen(ticket, texts, company)
    body = written(texts[language], ticket, company, language)
    return send(ticket, body, language=language, key=key)


def send(ticket: Ticket, body: str, *, language: str, key: UUID) -> Message:
    """Queue these words to the customer. Raises Guarded."""
    guard(ticket)
    try:
        return automatic.answer(ticket, body=body, language=language, key=key)
    except addressing.NowhereToSend as refusal:
        raise Guarded("nowhere") from refusal
    except posting.Empty as refusal:
        raise Guarded("empty") from refusal


def chosen(ticket: Ticket, texts: Mapping[str, str], company: Company) -> str:
    """The language of the words: the customer's own, else the ticket's, the company's, English, the first."""
    spoken = (ticket.customer.language, ticket.language, company.language, "en")
    short = (each.partition("-")[0].lower() for each in spoken if each)
    return next((each for each in short if each in texts), next(iter(texts)))


def written(text: str, ticket: Ticket, company: Company, language: str = "") -> str:
    """Filled in for this ticket; what nothing is known for is left out, since nobody looks it over."""
    known = placeholders.values(ticket, agent=desk(company, ticket), company=company, language=language)
    return without_gaps(placeholders.written(text, known).text)


def without_gaps(said: str) -> str:
    """Without the placeholders that nothing was known for."""
    for name in placeholders.left_in(said):
        said = said.replace(f"{{{name}}}", "")
    return said


def guard(ticket: Ticket) -> None:
    """Raises Guarded where no machine should write."""
    if not ticket.is_on_desk or ticket.customer.blocked_at:
        raise Guarded("not_on_desk")
    now = timezone.now()
    ours = ticket.messages.filter(purpose=Message.Purpose.RULE, created_at__gt=now - DAY).order_by("-id")
    times = list(ours.values_list("created_at", flat=True)[:MOST_A_DAY])
    if len(times) >= MOST_A_DAY or (times and times[0] > now - PAUSE):
        raise Guarded("often")
    last = ticket.messages.filter(direction=Message.Direction.IN, enquiry=None).order_by("-id").first()
    if last is None:
        return
    unasked = Event.objects.filter(message=last, kind=Event.Kind.MESSAGE_RECEIVED, data__unasked=True)
    if last.is_automatic or last.authenticity == Authenticity.FAIL or unasked.exists():
        raise Guarded("machine")
    address = last.sender_address.lower()
    if not sending.is_read_by_somebody(address):
        raise Guarded("machine")
    if Identity.objects.filter(value=address[:254], bounced_at__isnull=False).exists():
        raise Guarded("bounces")


def desk(company: Company, ticket: Ticket) -> User:
    """In whose name a rule writes on this ticket."""
    return User(name=brands.name(ticket.channel_id, company), language=company.language)
