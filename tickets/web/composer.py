"""What the composer shows: a reply, a note and perhaps a forward, each as it was begun."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from helpdesk.accounts.guard import StaffRequest
from helpdesk.accounts.models import Company
from helpdesk.prepared import Lookup
from tickets import addressbook, naming, news, recipients, undelivered
from tickets.models import Draft, Message, Ticket
from tickets.recipients import Recipients
from tickets.web import later, standing, times, writings

FIELDS = ("to", "cc", "bcc")
FOR_EVERYBODY = "reply_all"
"""Not a mode of its own: a reply whose recipients are everybody in sight."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a page knows that hands a reply over: see `news.since`."""

    seen: int
    own: frozenset[uuid.UUID]


def composer(request: StaffRequest, ticket: Ticket, known: Known | None = None) -> dict[str, Any]:
    """The forms, each with what was begun in it and a fresh key; a forward once it was begun.

    `known` is what the page knew that shows it again; without, a draft says what its author had seen.
    """
    drafts = writings.begun(ticket, request.user)
    newest = max(drafts.values(), key=lambda draft: draft.updated_at, default=None)
    last = last_letter(ticket)
    forms = [_writing(Draft.Mode.NOTE, drafts.get(Draft.Mode.NOTE))]
    if not ticket.is_internal:
        forms.insert(0, _reply(ticket, request.user.pk, drafts.get(Draft.Mode.REPLY), last, known))
    if forward := drafts.get(Draft.Mode.FORWARD):
        forms.append(_forward(forward))
    came_back = [each for each in naming.identities(ticket.customer) if each.bounced_at]
    return {
        "ticket": ticket,
        "comes_back": [(each, undelivered.reason(each.bounce_status)) for each in came_back],
        "who": naming.of(ticket.customer),
        "forms": forms,
        "mode": newest.mode if newest else forms[0]["mode"],
        "begun": bool(newest),
        "last": last,
        "others": _others(last) if last else 0,
        "laters": later.CHOICES.items(),
        "snoozes": later.SNOOZES.items(),
    }


def last_letter(ticket: Ticket) -> Message | None:
    """What a plain reply answers: the customer's last message, else the last there is."""
    return _their_last.first(ticket.pk, ticket.customer_id) or _last.first(ticket.pk)


def _letters(ticket: int) -> QuerySet[Message]:
    said = Message.objects.filter(ticket=ticket, enquiry=None).exclude(direction=Message.Direction.NOTE)
    return said.defer("search", "html").order_by("-id")


_last = Lookup(lambda ticket: _letters(ticket)[:1], int, planned=True)
_their_last = Lookup(
    lambda ticket, customer: _letters(ticket).filter(direction=Message.Direction.IN, customer=customer)[:1],
    int,
    int,
    planned=True,
)


def _others(message: Message) -> int:
    """How many more a reply to all would reach than a reply; asks nothing about a mail to one address."""
    if len(message.to) + len(message.cc) < 2:
        return 0
    return len(to_everybody(message).everybody) - len(recipients.reply(message).everybody)


def to_everybody(message: Message) -> Recipients:
    return recipients.reply_all(message, addressbook.our_addresses())


def _reply(
    ticket: Ticket, author: int, draft: Draft | None, last: Message | None, known: Known | None
) -> dict[str, Any]:
    form = _writing(Draft.Mode.REPLY, draft)
    if not form["to"]:
        form["to"] = ", ".join(_to_customer(ticket, last))
    answers = draft.answers if draft else None
    if answers and (last is None or answers.pk != last.pk):
        form["answered"] = _named(answers)
    return form | _known_by(ticket, author, draft, known) | {"promising": _promising(ticket, form["body"])}


def _promising(ticket: Ticket, body: str) -> dict[str, Any]:
    """What is offered about promises; while nothing is written and nothing stands, that is nothing."""
    if not body.strip() and ticket.promised_until is None:
        return {}
    return standing.writing(ticket, body, Company.load())


def _known_by(ticket: Ticket, author: int, draft: Draft | None, known: Known | None) -> dict[str, Any]:
    """What whoever writes has seen once this is shown: what came since they began is shown with it."""
    newest = getattr(ticket, "newest", None) or 0
    queued = writings.waiting_replies(ticket, author)
    own = {each.key for each in queued} | (known.own if known else set())
    shown = {"seen": newest, "own": " ".join(map(str, own))}
    if known:
        came = news.since(ticket, known.seen, reader=author, own=known.own)
        going = [each for each in queued if each.key not in known.own]
    elif draft and draft.seen is not None and draft.seen < newest:
        came, going = news.since(ticket, draft.seen, reader=author), []
    else:
        return shown | {"seen": max(newest, draft.seen or 0) if draft else newest}
    told = [*_told(came, author), *_going(going)]
    return shown | {
        "seen": max([newest, *(each.pk for each in came)]),
        "news": told,
        "all_own": all(each["own"] for each in told),
    }


def _told(came: Iterable[Message], reader: int) -> list[dict[str, Any]]:
    """What came meanwhile, as the composer shows it."""
    return [
        {
            **_named(each),
            **({"by": _("You, from another tab or device")} if each.author_id == reader else {}),
            "text": each.visible_text[:1000],
            "side": each.direction,
            "own": each.author_id == reader,
        }
        for each in came
    ]


def _going(queued: Iterable[Draft]) -> list[dict[str, Any]]:
    """Replies of one's own from elsewhere that wait for their time."""
    now = timezone.now()
    return [
        {
            "by": _("You, from another tab or device"),
            "when": _("goes out: %(when)s") % {"when": times.moment(each.due_at or now, now)},
            "text": each.body[:1000],
            "side": Message.Direction.OUT,
            "own": True,
        }
        for each in queued
    ]


def _to_customer(ticket: Ticket, last: Message | None) -> list[str]:
    if last and (wanted := recipients.reply(last).written("to")):
        return wanted
    kind = ticket.channel.kind if ticket.channel else ""
    known = ticket.customer.identities.filter(kind=kind).order_by("id").first()
    return [recipients.written(known.value, ticket.customer.name)] if known else []


def _forward(draft: Draft) -> dict[str, Any]:
    form = _writing(Draft.Mode.FORWARD, draft)
    if draft.answers:
        form["passed_on"] = {**_named(draft.answers), "text": draft.answers.text[:2000]}
    return form


def _named(message: Message) -> dict[str, str]:
    by = message.sender_name or message.sender_address or (str(message.author) if message.author else "")
    by = by or (naming.of(message.customer) if message.customer else "")
    return {"by": by, "when": times.moment(message.created_at, timezone.now())}


def _writing(mode: str, draft: Draft | None) -> dict[str, Any]:
    typed = {field: ", ".join(getattr(draft, field)) if draft else "" for field in FIELDS}
    return {
        "mode": mode,
        "draft": draft,
        "body": draft.body if draft else "",
        "html": draft.html if draft else "",
        "channel": draft.channel if draft else None,
        **typed,
        "answers": draft.answers_id or "" if draft else "",
        "files": [file for file in draft.attachments.all() if not file.inline] if draft else [],
        "key": uuid.uuid4(),
        "saved": times.moment(draft.updated_at, timezone.now()) if draft else "",
        "errors": {},
    }
