"""Asking somebody else within a ticket: a supplier, a carrier. The customer never sees a word of it.

What is asked goes out by the same door as replies; the answer comes in by the same door as everything, finds
its ticket as every mail does, and here the enquiry it belongs to. Nothing of it is quoted to the customer,
stops a clock or makes the customer wait.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from channels_app.messages import InboundMessage
from channels_app.models import Channel
from helpdesk.accounts.models import User
from tickets import customers, events, lifecycle, notifications, recipients, replies
from tickets.models import Attachment, Customer, Draft, Enquiry, Event, Message, Notification, Ticket
from tickets.recipients import Recipients

LONGEST_WHOM = 400


class ToTheCustomer(ValueError):
    """One of the addresses is the customer's: they are answered, not asked aside."""


@transaction.atomic
def ask(
    ticket: Ticket,
    *,
    author: User,
    to: Sequence[str],
    cc: Sequence[str] = (),
    subject: str,
    body: str,
    key: UUID,
    channel: Channel | None = None,
    files: Sequence[Attachment] = (),
    copied: Sequence[Attachment] = (),
    html: str = "",
    draft: Draft | None = None,
) -> Message:
    """Begin an enquiry by its first message; `copied` are files of the ticket that go along, and the draft's.

    The same `key` again gives the first message. Raises ToTheCustomer and what `replies.aside` does.
    """
    ticket = lifecycle.lock(ticket, follow=True)
    if sent := Message.objects.filter(key=key).first():
        return sent
    meant = checked(ticket, to, cc)
    enquiry = Enquiry.objects.create(
        ticket=ticket,
        subject=subject.strip()[:1000],
        whom=", ".join(meant.written("to"))[:LONGEST_WHOM],
        made_by=author,
    )
    given = {"channel": channel, "files": files, "copied": copied, "html": html, "draft": draft}
    return _send(enquiry, meant, author=author, body=body, key=key, **given)


@transaction.atomic
def write(
    enquiry: Enquiry,
    *,
    author: User,
    body: str,
    key: UUID,
    to: Sequence[str] = (),
    cc: Sequence[str] = (),
    files: Sequence[Attachment] = (),
    copied: Sequence[Attachment] = (),
    html: str = "",
    draft: Draft | None = None,
) -> Message:
    """Write on in an enquiry, without `to` to whoever spoke last in it, else to whom it went at first.

    The same `key` again gives the first message. Raises ToTheCustomer and what `replies.aside` does.
    """
    lifecycle.lock(enquiry.ticket, follow=True)
    if sent := Message.objects.filter(key=key).first():
        return sent
    enquiry = Enquiry.objects.select_related("ticket__channel").get(pk=enquiry.pk)
    meant = checked(enquiry.ticket, to or whom(enquiry), cc)
    given = {"files": files, "copied": copied, "html": html, "draft": draft}
    return _send(enquiry, meant, author=author, body=body, key=key, **given)


def whom(enquiry: Enquiry) -> list[str]:
    """Whom the next message of an enquiry goes to, as one writes them."""
    spoken = enquiry.messages.defer("search", "html").order_by("-id")
    theirs = spoken.filter(direction=Message.Direction.IN).first()
    last = theirs or spoken.first()
    return recipients.reply(last).written("to") if last else list(enquiry.addresses)


def checked(ticket: Ticket, to: Sequence[str], cc: Sequence[str]) -> Recipients:
    """Whom an enquiry on this ticket is to reach. Raises ToTheCustomer, NotAddresses and TooMany."""
    meant = recipients.read(to, cc)
    theirs = {recipients.bare(each) for each in ticket.customer.identities.values_list("value", flat=True)}
    if theirs & set(map(recipients.bare, meant.everybody)):
        raise ToTheCustomer
    return meant


def place(inbound: InboundMessage, ticket: Ticket, customer: Customer) -> Enquiry | None:
    """The enquiry of this ticket that somebody who is not its customer answers, None for none.

    What they cite decides; when they cite nothing we know, it is the last enquiry that went to their address.
    """
    if ticket.customer_id == customer.pk:
        return None
    known = Message.objects.filter(ticket=ticket, external_id__in=inbound.references).exclude(external_id="")
    cited = dict(known.values_list("external_id", "enquiry"))
    for reference in inbound.references:
        if reference in cited:
            return ticket.enquiries.filter(pk=cited[reference]).first()
    address = customers.normalise(inbound.sender.identity_kind, inbound.sender.identity)
    return ticket.enquiries.filter(addresses__contains=[address]).order_by("-id").first()


def cited(inbound: InboundMessage, ticket: Ticket) -> Enquiry | None:
    """The enquiry whose message a mail answers, whoever wrote it."""
    known = Message.objects.filter(ticket=ticket, external_id__in=inbound.references, enquiry__isnull=False)
    found = known.exclude(external_id="").select_related("enquiry").order_by("-id").first()
    return found.enquiry if found else None


def answered(message: Message) -> None:
    """An answer has come, on a locked ticket: what was on hold is open, what slept is awake."""
    ticket, enquiry = message.ticket, message.enquiry
    if enquiry is None:
        return
    if not message.is_automatic:
        lifecycle.others_wrote(ticket)
    events.record(
        ticket, Event.Kind.ENQUIRY_ANSWERED, actor=message.customer, message=message, enquiry=enquiry.pk
    )


def tell(message: Message) -> None:
    """Whoever asked, and whoever has the ticket, hears that there is an answer."""
    if message.enquiry is None or message.is_automatic:
        return
    ids = {message.enquiry.made_by_id, message.ticket.assignee_id} - {None}
    meant = User.objects.filter(pk__in=ids)
    notifications.notify(meant, Notification.Kind.ANSWERED, ticket=message.ticket, message=message)


def _send(enquiry: Enquiry, meant: Recipients, *, author: User, body: str, **given: object) -> Message:
    first = not enquiry.addresses
    enquiry.addresses = list(dict.fromkeys([*enquiry.addresses, *map(recipients.bare, meant.everybody)]))
    enquiry.save(update_fields=["addresses"])
    message = replies.aside(enquiry, meant, author=author, body=body, **given)  # type: ignore[arg-type]
    events.record(
        enquiry.ticket,
        Event.Kind.ENQUIRY_SENT,
        actor=author,
        message=message,
        enquiry=enquiry.pk,
        first=first,
    )
    return message
