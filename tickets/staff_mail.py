"""What colleagues write from their own mail programs: replies to customers, notes, and mail they pass on."""

import uuid
from dataclasses import replace

from channels_app.messages import Authenticity, InboundMessage, Kind
from helpdesk import prepared
from helpdesk.accounts.models import User
from tickets import access, customers, enquiries, events, lifecycle, replies, threads, unheard
from tickets.models import Attachment, Citation, Enquiry, Event, Message, Ticket

_NAMESPACE = uuid.UUID("5b6ff1a8-9c1f-4c38-a5b4-0f1f3a0b1c77")
_AUTHOR = """
SELECT id FROM accounts_user WHERE is_active AND (email = %s OR %s = ANY(further_addresses)) LIMIT 1
"""


def author(inbound: InboundMessage) -> User | None:
    """The colleague whose address this is; whether they wrote is another question."""
    if inbound.sender.identity_kind != Kind.EMAIL or inbound.via:
        return None
    address = customers.normalise(inbound.sender.identity_kind, inbound.sender.identity)
    if unheard.is_colleague(address):
        return None
    with prepared.cursor() as cursor:
        cursor.execute(_AUTHOR, [address, address])
        found = cursor.fetchone()
    return User.objects.get(pk=found[0]) if found else None


def take(inbound: InboundMessage, colleague: User) -> Message | None:
    """A colleague's words on a ticket they may see: a reply if it is proved that they wrote, else a note.

    None when it is about no ticket: then they are a sender like anybody. Safe to call twice.
    """
    key = _key(inbound, "words")
    if seen := Message.objects.filter(key=key).first():
        return seen
    stated = threads.stated(inbound)
    if stated is None or inbound.forwarded:
        return None
    ticket = access.tickets(colleague).filter(pk=lifecycle.survivor(stated.ticket_id)).first()
    if ticket is None:
        return None
    proved = inbound.authenticity == Authenticity.PASS
    if enquiry := enquiries.cited(inbound, ticket):
        message = _aside(ticket, enquiry, inbound, colleague, key, proved=proved)
    elif proved and stated.is_strong and inbound.visible_text.strip():
        message = _answer(ticket, inbound, colleague, key)
    else:
        message = _note(ticket, inbound, colleague, key, unverified=not proved)
    _keep(message, inbound)
    return message


def unwrapped(inbound: InboundMessage, colleague: User) -> InboundMessage:
    """The mail that a colleague passed on, as its writer's; the same message when there is none in it.

    In the name of a colleague anybody could pass on what nobody wrote: a disproved one passes on nothing.
    """
    mail = inbound.forwarded
    if mail is None or inbound.authenticity == Authenticity.FAIL or _is_a_colleagues(mail.sender.identity):
        return inbound
    return replace(
        inbound,
        sender=mail.sender,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        folds=(),
        files=inbound.files + mail.files,
        references=tuple(dict.fromkeys([*mail.ids, *inbound.references])),
        authenticity=Authenticity.NONE,
        language=mail.sender.language,
        via=inbound.sender.identity,
        is_bcc=False,
        forwarded=None,
    )


def comment(message: Message, inbound: InboundMessage, colleague: User) -> None:
    """What the colleague said above the mail they passed on is a note, for colleagues alone."""
    words = inbound.forwarded.own_words if inbound.forwarded else ""
    if words.strip():
        note = replies.add_note(message.ticket, author=colleague, body=words, key=_key(inbound, "comment"))
        Message.objects.filter(pk=note.pk).update(is_unverified=inbound.authenticity != Authenticity.PASS)


def _answer(ticket: Ticket, inbound: InboundMessage, colleague: User, key: uuid.UUID) -> Message:
    if _reached_customer(ticket, inbound):
        return _record(ticket, inbound, colleague, key)
    try:
        message = replies.send(ticket, author=colleague, body=inbound.visible_text, key=key)
    except replies.NowhereToSend:
        return _note(ticket, inbound, colleague, key, unverified=False)
    Attachment.objects.add_inbound(message, inbound.files)
    Citation.objects.bulk_create(
        [Citation(external_id=inbound.external_id, ticket_id=message.ticket_id, ours=True)],
        ignore_conflicts=True,
    )
    return message


def _aside(
    ticket: Ticket,
    enquiry: Enquiry,
    inbound: InboundMessage,
    colleague: User,
    key: uuid.UUID,
    *,
    proved: bool,
) -> Message:
    """What a colleague answers in an enquiry has gone to whom they wrote; to the customer it never goes."""
    reached = {address.lower() for address in (*inbound.to, *inbound.cc)} & set(enquiry.addresses)
    if not (proved and reached):
        return _note(ticket, inbound, colleague, key, unverified=not proved)
    return _record(ticket, inbound, colleague, key, enquiry=enquiry)


def _record(
    ticket: Ticket,
    inbound: InboundMessage,
    colleague: User,
    key: uuid.UUID,
    *,
    enquiry: Enquiry | None = None,
) -> Message:
    """Whom it is for has it already, from the colleague's own program: nothing is sent twice."""
    ticket = lifecycle.lock(ticket, follow=True)
    message = Message.objects.create(
        ticket=ticket,
        direction=Message.Direction.OUT,
        author=colleague,
        channel_id=inbound.channel_id,
        enquiry=enquiry,
        purpose=Message.Purpose.ASIDE if enquiry else Message.Purpose.REPLY,
        key=key,
        external_id=inbound.external_id,
        digest=inbound.digest,
        subject=inbound.subject[:1000],
        recipients={"to": list(inbound.to), "cc": list(inbound.cc)},
        text=inbound.visible_text,
        language=inbound.language,
        sent_at=inbound.sent_at,
    )
    Attachment.objects.add_inbound(message, inbound.files)
    if enquiry:
        asked = {"enquiry": enquiry.pk, "first": False}
        events.record(ticket, Event.Kind.ENQUIRY_SENT, actor=colleague, message=message, **asked)
        return message
    lifecycle.answered(ticket, message.text)
    events.record(ticket, Event.Kind.REPLY_SENT, actor=colleague, message=message)
    return message


def _note(
    ticket: Ticket, inbound: InboundMessage, colleague: User, key: uuid.UUID, *, unverified: bool
) -> Message:
    words = inbound.visible_text.strip() or inbound.subject or "…"
    note = replies.add_note(ticket, author=colleague, body=words, key=key)
    note.is_unverified = unverified
    Attachment.objects.add_inbound(note, inbound.files)
    return note


def _keep(message: Message, inbound: InboundMessage) -> None:
    """Where the words came from: the raw mail, and the colleague's address."""
    message.record_id, message.via = inbound.record_id, inbound.sender.identity[:320]
    message.authenticity = inbound.authenticity
    message.save(update_fields=["record", "via", "authenticity", "is_unverified"])


def _reached_customer(ticket: Ticket, inbound: InboundMessage) -> bool:
    theirs = set(ticket.customer.identities.values_list("value", flat=True))
    return any(address.lower() in theirs for address in (*inbound.to, *inbound.cc))


def _is_a_colleagues(address: str) -> bool:
    return User.objects.filter(email=address.lower(), is_active=True).exists()


def _key(inbound: InboundMessage, what: str) -> uuid.UUID:
    """The same for the same mail, so that it is taken once."""
    return uuid.uuid5(_NAMESPACE, f"{what} {inbound.external_id} {inbound.digest}")
