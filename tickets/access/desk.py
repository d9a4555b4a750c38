"""Tickets, and what stands on them: a colleague sees of it what they see of the ticket."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from helpdesk.accounts.models import User
from helpdesk.prepared import Lookup, Lookups
from tickets import beside, sight
from tickets.access.finding import on_tickets, one
from tickets.horizon import Horizon, Viewer, horizon
from tickets.models import Doubt, Event, Message, Move, Notification, Promise, Ticket
from tickets.models.message import MessageQuerySet
from tickets.models.move import DoubtQuerySet
from tickets.models.notification import NotificationQuerySet
from tickets.models.promise import PromiseQuerySet
from tickets.models.ticket import TicketQuerySet


def tickets(user: Viewer) -> TicketQuerySet:
    """The tickets this colleague may see, spam and bin included."""
    return Ticket.objects.filter(on_tickets(user))


def ticket(user: Viewer, number: int) -> Ticket:
    """The ticket with this number, with customer, team, assignee and channel; raises Http404.

    `is_entangled` tells whether there is a doubt on it or another ticket follows it: mostly nothing is to be
    asked for then. `newest` is the id of its last message; for the rest see `beside`.
    """
    found = _tickets[horizon(user)].first(number)
    if found is None:
        raise Http404
    return found


def earlier_tickets(user: Viewer, ticket: Ticket, most: int = 6) -> list[Ticket]:
    """The other tickets of its customer that this colleague may see, the newest first, at most `most`."""
    return _earlier[horizon(user), most](ticket.customer_id, ticket.pk)


def messages(user: Viewer) -> MessageQuerySet:
    return Message.objects.filter(on_tickets(user, "ticket__"))


def message(user: Viewer, pk: int) -> Message:
    """A message on a ticket this colleague may see; raises Http404."""
    return one(messages(user).filter(pk=pk).select_related("ticket"))


def events(user: Viewer) -> QuerySet[Event]:
    """What happened on visible tickets."""
    return Event.objects.filter(on_tickets(user, "ticket__"), ticket__isnull=False)


def move(user: Viewer, pk: int) -> Move:
    """A join or split between two tickets that this colleague may both see; raises Http404."""
    both = on_tickets(user, "source__") & on_tickets(user, "target__")
    return one(Move.objects.filter(both, pk=pk).select_related("source", "target"))


def doubts(user: Viewer, ticket: Ticket) -> DoubtQuerySet:
    """What is in doubt on a ticket that this colleague may see, whatever they may see of the other one."""
    seen = on_tickets(user, "ticket__") & Q(ticket=ticket) | on_tickets(user, "other__") & Q(other=ticket)
    return Doubt.objects.filter(seen).select_related("ticket", "other")


def doubt(user: Viewer, ticket: Ticket, pk: int | None = None) -> Doubt:
    """The doubt of this ticket, or the one with this key on either ticket; its own is visible or Http404."""
    mine = doubts(user, ticket).filter(on_tickets(user, "ticket__"))
    return one(mine.filter(pk=pk) if pk else mine.filter(ticket=ticket))


def all_doubts(user: Viewer) -> DoubtQuerySet:
    """The doubts of every ticket that this colleague may see, on either side.

    `own_is_seen` tells whether they see the message that is in doubt, or only where it may belong.
    """
    own = tickets(user).filter(pk=OuterRef("ticket"))
    seen = on_tickets(user, "ticket__") | on_tickets(user, "other__")
    return Doubt.objects.filter(seen).annotate(own_is_seen=Exists(own))


def own_doubt(user: Viewer, pk: int) -> Doubt:
    """A doubt about a message that this colleague may see; raises Http404."""
    found = Doubt.objects.filter(on_tickets(user, "ticket__"), pk=pk)
    return one(found.select_related("ticket", "other"))


def promises(user: Viewer) -> PromiseQuerySet:
    """What was promised on tickets that this colleague may see."""
    return Promise.objects.filter(on_tickets(user, "ticket__"))


def promise(user: Viewer, pk: int) -> Promise:
    """A promise on a visible ticket; raises Http404."""
    return one(promises(user).filter(pk=pk).select_related("ticket", "made_by"))


def notifications(user: Viewer) -> NotificationQuerySet:
    """What this colleague is told, about tickets they may see still, or about none."""
    return Notification.objects.filter(on_tickets(user, "ticket__") | Q(ticket=None), user=user.pk)


def colleagues(ticket: Ticket) -> QuerySet[User]:
    """The colleagues who may see this ticket, so who may be given it: the same rule from the other side."""
    return sight.who_see(ticket.team_id, escalated=ticket.escalated_at is not None)


def names_of_colleagues(ticket: Ticket) -> list[User]:
    """Those colleagues by name and address alone, for a page that lists them."""
    return sight.named(ticket.team_id, escalated=ticket.escalated_at is not None)


def _whole_ticket(seen: Horizon) -> Lookup[Ticket]:
    followed = Ticket.objects.filter(follows=OuterRef("pk"))
    doubted = Doubt.objects.filter(Q(ticket=OuterRef("pk")) | Q(other=OuterRef("pk")))
    newest = Message.objects.filter(ticket=OuterRef("pk")).order_by("-created_at", "-id").values("pk")[:1]
    asked = {**beside.asked(), "is_entangled": Exists(followed) | Exists(doubted), "newest": Subquery(newest)}
    found = Ticket.objects.filter(seen.rule()).annotate(**asked)
    found = found.select_related("customer__organisation", "team", "assignee", "channel")
    return Lookup(lambda number: found.filter(number=number), int, planned=True)


def _earlier_ticket(key: tuple[Horizon, int]) -> Lookup[Ticket]:
    seen, most = key
    found = Ticket.objects.filter(seen.rule()).order_by("-id")
    return Lookup(lambda customer, this: found.filter(customer=customer).exclude(pk=this)[:most], int, int)


_tickets, _earlier = Lookups(_whole_ticket), Lookups(_earlier_ticket)
