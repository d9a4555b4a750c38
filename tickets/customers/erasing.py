"""Personal data taken away for good, at the customer's request (GDPR, Article 17).

The customer stays as an empty row, to which history refers. What is left to the admin is told in
docs/admin/customers.md.
"""

from collections.abc import Callable, Iterable
from functools import partial

from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from channels_app.models import Flood, InboundRecord, Sighting
from helpdesk.accounts import audit
from helpdesk.accounts.models import AuditEntry, Company, User
from helpdesk.rest.models import Answer
from tickets import events
from tickets.customers import copies
from tickets.customers.traces import Traces, gather
from tickets.models import (
    Addressee,
    Attachment,
    Batch,
    Customer,
    Delivery,
    Draft,
    Enquiry,
    Event,
    Identity,
    ImportRun,
    Message,
    PicturePermission,
    Rating,
    RuleRun,
    Step,
    Ticket,
    TimeSpent,
    Union,
    Word,
    WrittenTo,
)
from tickets.search import words

ERASED_FROM: dict[type[Model], str] = {
    Customer: "everything but the key",
    Identity: "the row",
    PicturePermission: "the row, with its identity or message",
    Ticket: "subject, preview, custom fields and what was made of its words; or the row",
    Message: "words, names and addresses; or the row",
    Attachment: "the row and the file",
    Draft: "the row",
    Enquiry: "subject and addresses; of somebody who was asked, their addresses",
    Step: "the row",
    TimeSpent: "what it was for",
    Rating: "the comment; or the row",
    Delivery: "recipients, what was sent, what servers said",
    Event: "values of custom fields",
    Batch: "values of custom fields that macros set",
    RuleRun: "values of custom fields that rules set",
    Union: "the values that were taken over",
    InboundRecord: "the raw mail and its envelope",
    Sighting: "sender and subject",
    Flood: "the row",
    Addressee: "the row; the message to many stays, since it speaks of nobody",
    WrittenTo: "the row",
    Word: "every word of the customer's messages, until others use it again",
    ImportRun: "the file and its problems, when the file names one of the addresses",
    Answer: "the body, when it names one of the addresses or the customer",
    LogEntry: "the customer's name",
}
"""Every table that may hold something of a customer, and what goes; a test holds it against all tables."""
_forgetters: list[Callable[[Traces], None]] = []

REDACT, DELETE = "redact", "delete"
CHUNK = 1000
UNSETTLED = (Delivery.State.PENDING, Delivery.State.SENDING, Delivery.State.FAILED, Delivery.State.UNKNOWN)


def register(forget: Callable[[Traces], None], tables: dict[type[Model], str]) -> None:
    """Apps above tell which tables of theirs hold something of customers, and how it is taken away."""
    _forgetters.append(forget)
    ERASED_FROM.update(tables)


@transaction.atomic
def erase(customer: Customer, *, words: str, actor: User) -> int:
    """Erase all personal data of this customer, and of those joined into them; how many tickets it touched.

    `words` is REDACT: tickets and messages stay, without their words; or DELETE: they go too. It cannot be
    undone. Files go after commit. Raises traces.Erased.
    """
    traces = gather(customer)
    digests = _files(traces)
    _letters(traces)
    _mail(traces)
    copies.forget(traces)
    for forget in _forgetters:
        forget(traces)
    if words == DELETE:
        Message.objects.filter(pk__in=traces.messages).delete()
        Ticket.objects.filter(pk__in=traces.tickets).delete()
    _empty(traces)
    audit.record(
        AuditEntry.Kind.CUSTOMER_ERASED,
        actor=actor,
        customer=customer.pk,
        words=words,
        tickets=len(traces.tickets),
    )
    events.record(None, Event.Kind.CUSTOMER_ERASED, actor=actor, customer=customer.pk)
    transaction.on_commit(partial(copies.drop, digests))
    return len(traces.tickets)


def _files(traces: Traces) -> set[str]:
    """Take the files' rows away; the digests of what they named."""
    of_drafts = Q(draft__ticket__in=traces.tickets)
    found = Attachment.objects.filter(Q(message__in=traces.messages) | of_drafts)
    records = InboundRecord.objects.filter(pk__in=traces.records)
    digests = {*found.values_list("sha256", flat=True), *records.values_list("body_sha256", flat=True)} - {""}
    found.delete()
    Draft.objects.filter(ticket__in=traces.tickets).delete()
    PicturePermission.objects.filter(message__in=traces.messages).delete()
    return digests


def _letters(traces: Traces) -> None:
    """Messages, deliveries, tickets and events stay, without what people said."""
    with translation.override(Company.load().language):
        said = _("Erased at the customer's request.")
    for ids in _chunks(traces.messages):
        _forget_messages(ids, said)
    for ids in _chunks(traces.tickets):
        _forget_tickets(ids, said)
    Enquiry.objects.filter(addresses__overlap=traces.addresses).update(whom="", addresses=[])
    _forget_values(traces)
    _forget_batches(traces)


def _forget_messages(ids: list[int], said: str) -> None:
    words.forget(ids)
    Message.objects.filter(pk__in=ids).update(
        text=said,
        html="",
        folds=[],
        subject="",
        sender_name="",
        sender_address="",
        recipients={},
        via="",
        doubts=None,
        search=None,
    )
    sent = Delivery.objects.filter(message__in=ids)
    sent.filter(state__in=UNSETTLED).update(state=Delivery.State.DROPPED)
    sent.update(recipients={}, outcomes={}, payload={}, error="")


def _forget_tickets(ids: list[int], said: str) -> None:
    tickets = Ticket.objects.filter(pk__in=ids)
    told = Delivery.objects.filter(
        kind=Delivery.Kind.WEBHOOK,
        payload__data__ticket__number__in=list(tickets.values_list("number", flat=True)),
    )
    told.update(payload={})
    Enquiry.objects.filter(ticket__in=ids).update(subject=said, whom="", addresses=[])
    Step.objects.filter(ticket__in=ids).delete()
    TimeSpent.objects.filter(ticket__in=ids).update(note="")
    Rating.objects.filter(ticket__in=ids).update(comment="")
    tickets.update(subject=said, preview="", custom={}, verdict={})


def _forget_values(traces: Traces) -> None:
    """Events keep that a field changed, not to what."""
    for event in Event.objects.filter(kind=Event.Kind.CUSTOM_CHANGED, ticket__in=traces.tickets):
        Event.objects.filter(pk=event.pk).update(data={"field": event.data.get("field", "")})


def _forget_batches(traces: Traces) -> None:
    """What macros and rules did stands without values: it cannot be undone any more on these tickets."""
    RuleRun.objects.filter(ticket__in=traces.tickets).update(done=[])
    erased = set(traces.tickets)
    for batch in Batch.objects.filter(action="macro"):
        kept = [change for change in batch.changes if change[0] not in erased]
        if kept != batch.changes:
            Batch.objects.filter(pk=batch.pk).update(changes=kept)


def _mail(traces: Traces) -> None:
    """The raw mail goes; its key stays, so that it is not fetched once more."""
    for ids in _chunks(traces.records):
        found = InboundRecord.objects.filter(pk__in=ids)
        found.update(body=b"", body_sha256="", size=0, sender_key="", envelope={}, error="")
        waiting = (
            InboundRecord.State.PENDING,
            InboundRecord.State.QUARANTINED,
            InboundRecord.State.AUTOMATIC,
        )
        found.filter(state__in=waiting).update(state=InboundRecord.State.DISMISSED, due_at=None)
    Sighting.objects.filter(sender__in=traces.addresses).update(sender="", subject="")
    Flood.objects.filter(address__in=traces.addresses).delete()
    Addressee.objects.filter(Q(address__in=traces.addresses) | Q(ticket__in=traces.tickets)).delete()


def _empty(traces: Traces) -> None:
    """The customer is nobody any more."""
    Identity.objects.filter(customer__in=traces.customers).delete()
    of_them = Q(source__in=traces.customers) | Q(target__in=traces.customers)
    Union.objects.filter(of_them).update(filled={})
    Customer.objects.filter(pk__in=traces.customers).update(
        name="",
        language="",
        time_zone="",
        country="",
        notes="",
        custom={},
        organisation=None,
        importance=Customer.Importance.NORMAL,
        erased_at=timezone.now(),
    )


def _chunks(ids: list[int]) -> Iterable[list[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
