"""The stream of a ticket: messages as letters, events as whispered lines, the middle folded when long."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.db.models import Count, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from channels_app.messages import Fate
from helpdesk.prepared import Lookup
from tickets import markup, undelivered
from tickets.access import Viewer
from tickets.models import Attachment, Delivery, Event, Message, Ticket
from tickets.web import belonging, cautions, history, rich, ruled, text, times, writings
from tickets.web.actors import with_addresses
from tickets.web.names import Names
from tickets.web.rows import customer_name, initials

FOLD_ABOVE = 20
FIRST, LAST = 1, 19  # shown of a folded stream: how it began, and where it stands
MOST_EVENTS = 300
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


@dataclass(frozen=True, kw_only=True)
class Whisper:
    """An event as a line between the letters."""

    pk: int
    at: datetime
    when: str
    icon: str
    sentence: str
    loud: bool
    words: str = ""
    """What a receipt said."""
    undo: str = ""
    """The address that undoes it, "" when that is not possible any more, or never was."""
    pick: int | None = None
    more: str = ""
    """The address that tells more of it, and takes it back where that is possible."""


@dataclass(frozen=True, kw_only=True)
class Fold:
    at: datetime
    count: int


Item = Letter | Whisper | Fold | belonging.Line | writings.Waiting


def stream(ticket: Ticket, viewer: Viewer, *, whole: bool = False) -> list[Item]:
    """Everything on the ticket in order; above 20 messages the middle is folded unless `whole`."""
    now = timezone.now()
    messages, folded = _messages(ticket, whole)
    letters = _letters(ticket, messages, now)
    since = letters[FIRST].at if folded else None
    names = Names()
    happened = list(_events(ticket, since))
    undoings = belonging.undoings(happened, ticket, viewer)
    whispers = [_whisper(event, names, now, undoings.get(event.pk)) for event in happened]
    fold = [Fold(at=letters[FIRST].at, count=folded)] if folded else []
    head, rest = letters[: FIRST if folded else 0], letters[FIRST if folded else 0 :]
    told: list[Letter | Whisper | belonging.Line] = [*rest, *whispers, *belonging.lines(ticket, viewer)]
    return [*head, *fold, *sorted(told, key=lambda item: item.at), *writings.waiting(ticket, viewer)]


def letters_of(ticket: Ticket, messages: list[Message]) -> list[Letter]:
    """These messages as letters, with their files and what became of them."""
    return _letters(ticket, messages, timezone.now())


def newest(items: Iterable[Item], viewer: Viewer) -> int:
    """The newest message of others that says something to take into account, 0 for none."""
    letters = (item.message for item in items if isinstance(item, Letter))
    spoken = [each.pk for each in letters if each.author_id != viewer.pk and not each.is_automatic]
    return max(spoken, default=0)


def _letters(ticket: Ticket, messages: list[Message], now: datetime) -> list[Letter]:
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


def _messages(ticket: Ticket, whole: bool) -> tuple[list[Message], int]:
    """The messages to show, and how many are folded away behind the first."""
    shown, folded = (list(_said(ticket.pk)), 0) if whole else (_newest(ticket.pk), 0)
    if not whole:
        shown.reverse()
    if not whole and len(shown) > FOLD_ABOVE:
        beginning = list(_said(ticket.pk).annotate(total=_total(ticket.pk))[:FIRST])
        shown = [*beginning, *shown[-LAST:]]
        folded = beginning[0].total - FIRST - LAST
    return shown, folded


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


def _said(ticket: int) -> QuerySet[Message]:
    found = Message.objects.filter(ticket=ticket).exclude(purpose=Message.Purpose.RECEIPT)
    found = found.select_related("author", "customer").order_by("created_at", "id")
    return found.defer("search", "digest")  # the search document is as long as the message


def _total(ticket: int) -> Subquery:
    """How many messages there are, asked with the first of them."""
    return Subquery(
        _said(ticket).select_related(None).order_by().values("ticket").annotate(n=Count("pk")).values("n")
    )


def _happened(ticket: int) -> QuerySet[Event]:
    found = Event.objects.filter(ticket=ticket, kind__in=history.WHISPERED)
    return with_addresses(found.select_related("user", "customer")).order_by("-id")


_newest = Lookup(lambda ticket: _said(ticket).reverse()[: FOLD_ABOVE + 1], int, planned=True)
_shown_files = Attachment.objects.shown().order_by("id")
_files = Lookup(lambda messages: _shown_files.filter(message__any_of=messages), list, planned=True)
_sendings = Lookup(lambda messages: Delivery.objects.filter(message__any_of=messages), list, planned=True)
_newest_events = Lookup(lambda ticket: _happened(ticket)[:MOST_EVENTS], int, planned=True)


def _events(ticket: Ticket, since: datetime | None) -> Iterable[Event]:
    if since is None:
        return reversed(_newest_events(ticket.pk))
    return reversed(_happened(ticket.pk).filter(at__gte=since)[:MOST_EVENTS])


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
        return "customer", given or (customer_name(message.customer) if message.customer else "?")
    by = message.author.byline if message.author else _("The desk")
    return ("note" if message.direction == Message.Direction.NOTE else "agent"), by


def _whisper(event: Event, names: Names, now: datetime, undo: tuple[str, int] | None = None) -> Whisper:
    return Whisper(
        pk=event.pk,
        at=event.at,
        when=times.moment(event.at, now),
        icon=history.ICONS.get(event.kind, "info"),  # type: ignore[call-overload]
        sentence=history.sentence(event, names),
        loud=event.kind == Event.Kind.DELIVERY_FAILED,
        words=event.message.text if event.kind == Event.Kind.ACKNOWLEDGED and event.message else "",
        undo=undo[0] if undo else "",
        pick=undo[1] if undo else None,
        more=ruled.more(event),
    )


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


def history_lines(ticket: Ticket) -> list[Whisper]:
    """The whole history, newest first, at most 300 lines."""
    found = with_addresses(ticket.events.select_related("user", "customer"))
    return whispers(found.order_by("-id")[:MOST_EVENTS])


def whispers(events: Iterable[Event]) -> list[Whisper]:
    """Events as lines, in the order given."""
    now, names = timezone.now(), Names()
    return [_whisper(event, names, now) for event in events]
