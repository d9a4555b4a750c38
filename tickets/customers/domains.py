"""Blocking a whole domain, with a question where that would shut out many; and letting it through again."""

import structlog
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from channels_app.models import Channel
from helpdesk import domains
from helpdesk.accounts.models import User
from tickets import bin
from tickets.customers import FREE_MAIL
from tickets.customers.barred import lines_of
from tickets.models import BlockedDomain, Event, Identity, Ticket
from tickets.models.ticket import TicketQuerySet

log = structlog.get_logger(__name__)
MOST = 2000
"""Blocked at once: each mail is held against all of them."""
COUNTED = 1000
OURS, PUBLIC, SUFFIX, KNOWN = "ours", "public", "suffix", "known"


class NotYours(Exception):
    """Domains are blocked, and let through again, by supervisors and admins."""


class NoDomain(ValueError):
    """This is no domain."""


class TooMany(ValueError):
    """MOST are blocked already."""


class Unsure(Exception):
    """It would shut out more than spam: `reason` is OURS, PUBLIC, SUFFIX or KNOWN, then `count` customers."""

    def __init__(self, reason: str, count: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.count = reason, count


def may_block(user: User) -> bool:
    """Supervisors and admins."""
    return user.is_active and (user.is_supervisor or user.is_admin)


def read(text: str) -> str:
    """The domain somebody typed: "@Spam.example", "spam.example", a whole address. Raises NoDomain."""
    domain = text.strip().rpartition("@")[2].strip().rstrip(".").lower()
    try:
        domain.encode("idna")
    except UnicodeError:
        raise NoDomain from None
    labels = domain.split(".")
    fit = all(label and label.replace("-", "").isalnum() and label.strip("-") == label for label in labels)
    if not fit or len(labels) < 2 or len(domain) > 253:
        raise NoDomain
    return domain


def doubt(domain: str) -> Unsure | None:
    """Why one should think twice about blocking this domain, the gravest first; None for no reason."""
    addresses = Channel.objects.exclude(address="").values_list("address", flat=True)
    mail = [*addresses, *User.objects.filter(is_active=True).values_list("email", flat=True)]
    if any(domain in lines_of(each.rpartition("@")[2].lower()) for each in mail):
        return Unsure(OURS)
    if domain in FREE_MAIL:
        return Unsure(PUBLIC)
    if not domains.registered(domain):
        return Unsure(SUFFIX)
    heard = Identity.objects.filter(kind=Identity.Kind.EMAIL, value__endswith=f"@{domain}")
    answered = heard.filter(customer__tickets__first_replied_at__isnull=False)
    count = len(answered.values_list("customer", flat=True).distinct()[:COUNTED])
    return Unsure(KNOWN, count) if count else None


@transaction.atomic
def block(domain: str, *, actor: User, sure: bool = False) -> BlockedDomain:
    """From now on what comes from this domain, and from those below it, is spam; nothing is lost.

    Tickets of before stay where they are. Nothing happens when it is blocked already. Raises NotYours,
    NoDomain, TooMany, and Unsure where one should think twice, unless one is `sure`.
    """
    if not may_block(actor):
        raise NotYours
    domain = read(domain)
    standing = BlockedDomain.objects.standing()
    if known := standing.filter(domain=domain).first():
        return known
    if standing.count() >= MOST:
        raise TooMany
    if not sure and (reason := doubt(domain)):
        raise reason
    made, is_new = BlockedDomain.objects.get_or_create(
        domain=domain, lifted_at=None, defaults={"blocked_by": actor}
    )
    if is_new:
        log.info("domain.blocked", domain=made.pk, by=actor.pk)
    return made


@transaction.atomic
def let_through(blocked: BlockedDomain, *, actor: User, restore: bool = False) -> int:
    """Hear what comes from there again; with `restore` bring back what was held, and tell how many tickets.

    Raises NotYours.
    """
    if not may_block(actor):
        raise NotYours
    held = list(held_tickets(blocked).order_by("pk")) if restore else []
    for ticket in held:
        bin.restore(ticket, actor=actor)
    blocked = BlockedDomain.objects.select_for_update().get(pk=blocked.pk)
    if blocked.lifted_at is None:
        blocked.lifted_at, blocked.lifted_by = timezone.now(), actor
        blocked.save(update_fields=["lifted_at", "lifted_by"])
        log.info("domain.let_through", domain=blocked.pk, by=actor.pk)
    return len(held)


def held_tickets(blocked: BlockedDomain) -> TicketQuerySet:
    """What came from there meanwhile, as far as it is still in the spam."""
    told = _told().filter(data__domain=blocked.pk)
    return Ticket.objects.filter(folder=Ticket.Folder.SPAM, pk__in=told.values("ticket"))


def held() -> dict[int, int]:
    """Blocked domain → how many tickets are held in the spam because of it; one query."""
    spam = _told().filter(ticket__folder=Ticket.Folder.SPAM).order_by()
    return dict(spam.values_list("data__domain").annotate(count=Count("ticket", distinct=True)))


def _told() -> QuerySet[Event]:
    return Event.objects.filter(kind=Event.Kind.FOLDER_CHANGED, data__why="domain_blocked")
