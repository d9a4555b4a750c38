"""The message that says that it takes longer: ready, in the customer's language, sent with one click."""

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils import timezone

from helpdesk.accounts.models import Company, User
from tickets import apology, automatic, events, lifecycle
from tickets.expected import wording
from tickets.expected.models import ExpectedTime
from tickets.models import Event, Message, Ticket


class NothingToSay(Exception):
    """The ticket was answered meanwhile, the customer was told already, or nothing was told that slips."""


def words(ticket: Ticket, until: datetime, company: Company) -> tuple[str, str, str]:
    """Language, subject and text, in the language of the ticket if there are words in it."""
    spoken = (ticket.language or company.language).partition("-")[0]
    language = spoken if spoken in wording.CORRECTION else "en"
    subject, text = wording.CORRECTION[language]
    when = apology.when(until, language, ticket.customer.time_zone or company.time_zone)
    return language, subject, text.format(number=ticket.number, when=when, company=company.name)


@transaction.atomic
def correct(ticket: Ticket, *, actor: User | None) -> ExpectedTime:
    """Tell the customer of the new time, once. No clock stops: it is no answer. Raises NothingToSay.

    Raises NowhereToSend where the customer cannot be reached.
    """
    ticket = lifecycle.lock(ticket, follow=True)
    row = ExpectedTime.objects.slipping().select_for_update().filter(pk=ticket.pk, corrected_at=None).first()
    last = _last_of_customer(ticket)
    if row is None or row.new_until is None or ticket.first_replied_at or last is None:
        raise NothingToSay
    language, subject, text = words(ticket, row.new_until, Company.load())
    key = uuid5(NAMESPACE_URL, f"new time for ticket {ticket.pk}")
    told = automatic.Receipt(answers=last, subject=subject, body=text, language=language, key=key)
    (message,) = automatic.acknowledge([told])
    row.corrected_at = timezone.now()
    row.save(update_fields=["corrected_at"])
    until = row.new_until.isoformat()
    events.record(ticket, Event.Kind.EXPECTED_CORRECTED, actor=actor, message=message, until=until)
    return row


def _last_of_customer(ticket: Ticket) -> Message | None:
    theirs = ticket.messages.filter(direction=Message.Direction.IN, customer=ticket.customer_id)
    return (
        theirs.filter(is_automatic=False)
        .select_related("ticket__customer", "channel")
        .order_by("-id")
        .first()
    )
