"""Taking the next ticket: the most urgent one that nobody has, for one colleague alone."""

from django.db import transaction
from django.db.models import Q

from helpdesk.accounts.models import User
from tickets import access, assignment, horizon, orders, presence
from tickets.models import Ticket
from tickets.models.ticket import TicketQuerySet

LOOKED_AT = 30
"""How many of the most urgent are looked at, so that one somebody is reading already is passed over."""


@transaction.atomic
def take_next(user: User) -> Ticket | None:
    """Give the colleague the most urgent ticket they may take: of nobody, new or open, its customer waiting.

    In their own teams, or in none; of somebody in no team, wherever they may see. One that a colleague has
    before them is passed over, and so is one that somebody else is taking at this moment. With none left it
    is the most urgent of their own; None if that is not there either.
    """
    free = _of_teams(_waiting(user).filter(assignee=None), user)
    urgent = orders.named("urgent")
    ids = list(urgent.sort(free).values_list("pk", flat=True)[:LOOKED_AT])
    read = presence.of(ids, but=user.pk)
    ids = [pk for pk in ids if pk not in read]
    locked = free.filter(pk__in=ids).select_for_update(of=("self",), skip_locked=True)
    ticket = urgent.sort(locked).first()
    if ticket is not None:
        return assignment.assign(ticket, user, actor=user)
    return urgent.sort(_waiting(user).filter(assignee=user)).first()


def _waiting(user: User) -> TicketQuerySet:
    found = access.tickets(user).on_desk().awake().filter(waiting_since__isnull=False)
    return found.filter(status__in=(Ticket.Status.NEW, Ticket.Status.OPEN))


def _of_teams(found: TicketQuerySet, user: User) -> TicketQuerySet:
    teams = horizon.team_ids(user)
    return found.filter(Q(team__in=teams) | Q(team=None)) if teams else found
