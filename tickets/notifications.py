"""Telling colleagues: lines of the bell, each for one person, until they have read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from helpdesk.accounts.models import User
from tickets import access, live
from tickets.models import Message, Notification, Ticket
from tickets.telling import mail, ways
from tickets.telling.push import sending
from tickets.telling.ways import MATTERS, NEWS

Kind = Notification.Kind


@dataclass(frozen=True, kw_only=True)
class News:
    """What one colleague is to be told of."""

    user: User
    kind: Notification.Kind
    ticket: Ticket | None
    message: Message | None = None
    by_id: int | None = None

    @property
    def told_of(self) -> tuple[int, int | None, str]:
        """What is told of once: to whom, of which message, as what."""
        return (self.user.pk, self.message.pk if self.message else None, self.kind)


def notify(
    users: Iterable[User],
    kind: Notification.Kind,
    *,
    ticket: Ticket | None,
    message: Message | None = None,
    by: User | None = None,
) -> list[User]:
    """Tell each of them once, but not whoever did it; their open pages hear of it. Who was told.

    `ticket` is None for what is about none: something to be read.
    """
    by_id = by.pk if by else None
    return tell([News(user=user, kind=kind, ticket=ticket, message=message, by_id=by_id) for user in users])


@transaction.atomic
def tell(news: Iterable[News]) -> list[User]:
    """The same for many at a time, in a few queries: none for nothing. Of each ticket a colleague has one."""
    meant = [each for each in news if each.user.is_active and each.user.pk != each.by_id]
    if not meant:
        return []
    known, standing = _told_before(meant), _standing(meant)
    fresh: list[Notification] = []
    renewed: list[Notification] = []
    for each in meant:
        place = (each.user.pk, each.ticket.pk if each.ticket else None, ways.matter(each.kind))
        line = standing.get(place)
        if _is_known(each, known) or (line and each.kind == Kind.WATCHED != line.kind):
            continue
        (renewed if line else fresh).append(_filled(line or Notification(user=each.user), each))
    _write(fresh, renewed)
    told = [each.user for each in meant]
    live.publish(*(f"bell-{user.pk}" for user in told))
    return told


def _told_before(meant: Sequence[News]) -> set[tuple[int, int | None, str]]:
    """Who has which line already: a message is told of once."""
    said = {each.message.pk for each in meant if each.message}
    if not said:
        return set()
    known = Notification.objects.filter(message__in=said, user__in={each.user.pk for each in meant})
    return set(known.values_list("user", "message", "kind"))


def _is_known(each: News, known: set[tuple[int, int | None, str]]) -> bool:
    """Who watches a ticket has heard of a message by whatever line told them of it."""
    if each.kind != Kind.WATCHED:
        return each.told_of in known
    return any(each.told_of[:2] == line[:2] for line in known)


def _standing(meant: Sequence[News]) -> dict[tuple[int, int | None, int | None], Notification]:
    """The line that a colleague has not read yet, by colleague, ticket and matter."""
    kinds = {
        kind for each in meant if (place := ways.matter(each.kind)) is not None for kind in MATTERS[place]
    }
    if not kinds:
        return {}
    unread = Notification.objects.unread().filter(user__in={each.user.pk for each in meant}, kind__in=kinds)
    tickets = {each.ticket.pk for each in meant if each.ticket}
    found = unread.filter(ticket__in=tickets).select_for_update().order_by("pk")
    return {(line.user_id, line.ticket_id, ways.matter(line.kind)): line for line in found}


def _filled(line: Notification, news: News) -> Notification:
    """A new line, or one that stands, with what is to be told now. Who has a mail about it gets no other."""
    line.user, line.ticket, line.message = news.user, news.ticket, news.message
    if line.kind != news.kind:
        line.mailed_at = None
    line.kind, line.by_id, line.created_at = news.kind, news.by_id, timezone.now()
    return line


def _write(fresh: list[Notification], renewed: list[Notification]) -> None:
    lines = [*fresh, *renewed]
    choices = ways.of(line.user_id for line in lines)
    wanted = [ways.chosen(choices.get(line.user_id), line.kind) for line in lines]
    for line, way in zip(lines, wanted, strict=True):
        line.is_quiet = not way.page
    Notification.objects.bulk_create(fresh)
    if renewed:
        Notification.objects.bulk_update(
            renewed, ["kind", "message", "by", "created_at", "is_quiet", "mailed_at"]
        )
    for line, way in zip(lines, wanted, strict=True):
        _tell(line, way)
    now = timezone.now()
    pushed = [
        line
        for line, way in zip(lines, wanted, strict=True)
        if way.push and not ways.is_quiet(choices.get(line.user_id), now, line.user.time_zone)
    ]
    if pushed:
        sending.queue(pushed)


def _tell(line: Notification, wanted: ways.Ways) -> None:
    """Outside the page, as the colleague wants it, of a ticket that they may see."""
    if wanted.mail == ways.NOW and not line.mailed_at and _may_see(line) and mail.write(line):
        line.mailed_at = timezone.now()
        line.save(update_fields=["mailed_at"])


def _may_see(line: Notification) -> bool:
    return line.ticket_id is None or access.tickets(line.user).filter(pk=line.ticket_id).exists()


def read(user: User, *, pks: Iterable[int] | None = None) -> int:
    """These were read, all of them when none are named; how many were not before."""
    unread = Notification.objects.unread().filter(user=user)
    if pks is not None:
        unread = unread.filter(pk__in=list(pks))
    count = unread.update(read_at=timezone.now())
    if count:
        live.publish(f"bell-{user.pk}")
    return count


def seen(user: User, ticket: Ticket) -> int:
    """The colleague has the ticket before them: what only leads there was read; how many lines."""
    news = Notification.objects.filter(user=user, ticket=ticket, kind__in=NEWS)
    return read(user, pks=pks) if (pks := list(news.unread().values_list("pk", flat=True))) else 0


def let_go(before: Iterable[tuple[int, int]]) -> None:
    """Of these colleagues and tickets: it is theirs no more, and so is what its owner was told."""
    given = {ticket: user for user, ticket in before}
    theirs = Notification.objects.unread().filter(ticket__in=given, kind__in=(Kind.ASSIGNED, Kind.WROTE))
    lines = [line for line in theirs if line.user_id == given.get(line.ticket_id or 0)]
    Notification.objects.filter(pk__in=[line.pk for line in lines]).update(read_at=timezone.now())
    live.publish(*{f"bell-{line.user_id}" for line in lines})
