"""How a ticket stands, and what it holds: operators with a few words to choose from."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from helpdesk.accounts.models import User
from tickets import reading
from tickets.models import Attachment, Message, Seen, Ticket
from tickets.narrowing import PRIORITIES
from tickets.search import vocabulary
from tickets.search.trouble import Wrong


def _choice(operator: str, value: str) -> str:
    found = vocabulary.meant(operator, value)
    if not found:
        known = ", ".join(vocabulary.words_of(operator, get_language() or "en"))
        raise Wrong(
            _("“%(word)s” is nothing that can be asked for: %(known)s.") % {"word": value, "known": known}
        )
    return found


def _tag(value: str, user: User) -> Q:
    return Q(tags__contains=[" ".join(value.split()).lower()])


def _is(value: str, user: User) -> Q:
    meant = _choice("is", value)
    if meant in Ticket.Status.values:
        return Q(status=meant)
    if meant in Ticket.PUT_AWAY:
        return Q(folder=meant)
    return _STATES[meant](user)


def _unread(user: User) -> Q:
    seen = Seen.objects.filter(user=user.pk, ticket=OuterRef("pk"), at__gte=OuterRef("last_message_at"))
    return Q(~Exists(seen), last_message_at__gt=Now() - reading.FRESH)


def _has(value: str, user: User) -> Q:
    meant, mine = _choice("has", value), Message.objects.filter(ticket=OuterRef("pk"))
    if meant == "attachment":
        return Q(Exists(Attachment.objects.shown().filter(message__ticket=OuterRef("pk"), inline=False)))
    side = Message.Direction.NOTE if meant == "note" else Message.Direction.OUT
    return Q(Exists(mine.filter(direction=side).exclude(purpose__in=Message.AUTOMATIC)))


def _kind(value: str, user: User) -> Q:
    meant = _choice("kind", value)
    return Q(kind="" if meant == "none" else meant)


def _priority(value: str, user: User) -> Q:
    return Q(priority=PRIORITIES[_choice("priority", value)])


def _language(value: str, user: User) -> Q:
    return Q(language=value.lower())


RULES: dict[str, Callable[[str, User], Q]] = {
    "tag": _tag,
    "is": _is,
    "has": _has,
    "kind": _kind,
    "priority": _priority,
    "language": _language,
}
_STATES: dict[str, Callable[[User], Q]] = {
    "unfinished": lambda user: Q(status__in=Ticket.UNFINISHED),
    "unread": _unread,
    "unanswered": lambda user: Q(first_replied_at=None),
    "answered": lambda user: Q(first_replied_at__isnull=False),
    "mine": lambda user: Q(assignee=user.pk),
    "unassigned": lambda user: Q(assignee=None),
    "snoozed": lambda user: Q(snoozed_until__isnull=False),
    "overdue": lambda user: Q(due_at__lte=Now(), status__in=Ticket.UNFINISHED),
    "due": lambda user: Q(due_at__gt=Now(), due_soon_at__lte=Now(), status__in=Ticket.UNFINISHED),
    "escalated": lambda user: Q(escalated_at__isnull=False),
}
