"""A message as a letter on the page: whose words, how they are shown, and what became of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from channels_app.messages import Fate
from helpdesk.prepared import Lookup
from tickets import markup, naming, undelivered
from tickets.models import Attachment, Delivery, Message, Ticket
from tickets.web import belonging, cautions, rich, text, times
from tickets.web.rows import initials

WORST_FIRST = (
    Delivery.State.FAILED,
    Delivery.State.UNKNOWN,
    Delivery.State.SENDING,
    Delivery.State.PENDING,
    Delivery.State.SENT,
    Delivery.State.DROPPED,
)


@dataclass(frozen=True)
class Outcome:
    """What became of a message at one recipient."""

    who: str
    fate: str
    why: str
    """In the reader's language, "" when the server's code says nothing."""
    words: str
    """What the server said."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message as the page shows it."""

    pk: int
    side: str
    """Whose words: "customer" (or somebody else outside), "agent" or "note"."""
    by: str
    initials: str
    at: datetime
    when: str
    message: Message
    letter: text.Letter
    framed: bool
    formatted: SafeString
    """A colleague's own formatting, "" when there is none."""
    files: list[Attachment]
    delivery: Delivery | None
    refused: list[Outcome]
    told: list[Outcome]
    """What is known of recipients besides: a delay, a success, that it was read."""
    caution: cautions.Caution
    new_subject: str
    may_split: bool

    @property
    def is_marked(self) -> bool:
        """Whether something stands above its words."""
        shown = self.caution.sender or self.caution.pictures or self.caution.trackers
        return bool(shown or self.new_subject or self.message.via) or self._is_odd

    @property
    def _is_odd(self) -> bool:
        return self.message.is_unverified or self.message.is_bcc

    @property
    def is_told(self) -> bool:
        """Whether what became of it needs words: not while it is on its way, nor when it simply went."""
        trouble = self.delivery and self.delivery.state in (Delivery.State.FAILED, Delivery.State.UNKNOWN)
        return bool(trouble or self.refused or self.told or self.reached)

    @property
    def reached(self) -> list[str]:
        """Who has it, where others do not: said only then."""
        known = self.delivery.outcomes if self.delivery else {}
        told = {who: outcome for who, outcome in known.items() if who != "*"}
        having = [who for who, outcome in told.items() if outcome.get("ok", False)]
        return having if len(having) < len(told) else []


def of(ticket: Ticket, messages: list[Message], now: datetime) -> list[Letter]:
    """These messages as letters, with their files and what became of them."""
    careful, belongings = cautions.of(messages), _Belongings.of(messages)
    letters, subject = [], ticket.subject
    for message in messages:
        new = "" if message.enquiry_id else belonging.new_subject(message, subject)
        subject = new or subject
        caution = careful.get(message.pk, cautions.NONE)
        theirs = message.direction == Message.Direction.IN and message.enquiry_id is None
        may_split = theirs and len(messages) > 1
        letters.append(_letter(message, belongings, now, caution, new_subject=new, may_split=may_split))
    return letters


@dataclass(frozen=True)
class _Belongings:
    """What belongs to each of some messages."""

    files: Mapping[int, list[Attachment]]
    deliveries: Mapping[int, list[Delivery]]

    @classmethod
    def of(cls, messages: Iterable[Message]) -> Self:
        """Asks twice, however many there are."""
        by_id = {message.pk: message for message in messages}
        found = cls({pk: [] for pk in by_id}, {pk: [] for pk in by_id})
        for file in _files(list(by_id)):
            file.message = by_id[file.message_id or 0]
            found.files[file.message.pk].append(file)
        for delivery in _sendings(list(by_id)):
            found.deliveries[delivery.message_id or 0].append(delivery)
        return found


def _letter(
    message: Message,
    belongings: _Belongings,
    now: datetime,
    caution: cautions.Caution,
    *,
    new_subject: str,
    may_split: bool,
) -> Letter:
    side, by = _side(message)
    delivery = _worst(belongings.deliveries[message.pk])
    outcomes = _outcomes(delivery)
    ours = side != "customer" and bool(message.html)
    return Letter(
        pk=message.pk,
        side=side,
        by=by,
        initials=initials(by),
        at=message.created_at,
        when=times.moment(message.created_at, now),
        message=message,
        letter=text.letter(message.text, message.folds),
        formatted=_formatted(message) if ours else SafeString(),
        framed=bool(message.html) and not ours and (rich.is_rich(message.html) or not message.text.strip()),
        files=belongings.files[message.pk],
        delivery=delivery,
        refused=[one for one in outcomes if one.fate == Fate.FAILED],
        told=[one for one in outcomes if one.fate != Fate.FAILED],
        caution=caution,
        new_subject=new_subject,
        may_split=may_split,
    )


def _formatted(message: Message) -> SafeString:
    """Cleaned when it was written, and here once more; its pictures are files of the message."""
    inline = message.attachments.filter(inline=True) if "<img" in message.html else ()
    addresses = {each.content_id: reverse("tickets:attachment", args=[each.pk, each.name]) for each in inline}
    return mark_safe(markup.opened(message.html, addresses))  # noqa: S308


def _side(message: Message) -> tuple[str, str]:
    if message.direction == Message.Direction.IN:
        given = message.sender_name or message.sender_address
        return "customer", given or (naming.of(message.customer) if message.customer else "?")
    by = message.author.byline if message.author else _("The desk")
    return ("note" if message.direction == Message.Direction.NOTE else "agent"), by


def _worst(deliveries: Iterable[Delivery]) -> Delivery | None:
    """The delivery of a message that needs a person most."""
    return min(deliveries, key=lambda each: WORST_FIRST.index(each.state), default=None)


def _outcomes(delivery: Delivery | None) -> list[Outcome]:
    """What is known of each recipient, with the reason a report gave."""
    known: dict[str, Any] = delivery.outcomes if delivery else {}
    return [
        Outcome(
            who="" if who == "*" else who,
            fate=told.get("fate") or (Fate.FAILED if told.get("permanent", True) else Fate.DELAYED),
            why=undelivered.reason(told.get("status") or undelivered.status_in(told.get("reason", ""))),
            words=told.get("reason", ""),
        )
        for who, told in known.items()
        if "fate" in told or not told.get("ok", True)
    ]


_shown_files = Attachment.objects.shown().order_by("id")
_files = Lookup(lambda messages: _shown_files.filter(message__any_of=messages), list, planned=True)
_sendings = Lookup(lambda messages: Delivery.objects.filter(message__any_of=messages), list, planned=True)
