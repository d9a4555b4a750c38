"""Who may see what. Views and programs fetch tickets, messages and files only through here.

The table in docs/admin/access.md says the same in words and is tested cell by cell.
"""

from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull
from django.http import Http404

from channels_app.models import Channel
from helpdesk.accounts.models import User
from helpdesk.prepared import Lookup, Lookups
from tickets import beside, sight
from tickets.horizon import Horizon, Viewer, horizon, sees_everything, team_ids
from tickets.models import (
    Attachment,
    Batch,
    Customer,
    Delivery,
    Doubt,
    Draft,
    Event,
    Identity,
    Macro,
    Mailing,
    Message,
    Move,
    Notification,
    Organisation,
    Promise,
    Ticket,
    Union,
    View,
)
from tickets.models.ticket import TicketQuerySet

Row = TypeVar("Row", bound=Model)


def tickets(user: Viewer) -> TicketQuerySet:
    """The tickets this colleague may see, spam and bin included."""
    return Ticket.objects.filter(_ticket_rule(user))


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


def messages(user: Viewer) -> QuerySet[Message]:
    return Message.objects.filter(_ticket_rule(user, "ticket__"))


def message(user: Viewer, pk: int) -> Message:
    """A message on a ticket this colleague may see; raises Http404."""
    return _one(messages(user).filter(pk=pk).select_related("ticket"))


def attachment(user: Viewer, pk: int) -> Attachment:
    """A file of a message, or of one's own draft, on a visible ticket, or sent ahead; raises Http404."""
    of_message = _ticket_rule(user, "message__ticket__") & Q(message__isnull=False)
    of_draft = _ticket_rule(user, "draft__ticket__") & Q(draft__author_id=user.pk)
    rule = of_message | of_draft | Q(pk__in=uploads(user).values("pk"))
    return _one(Attachment.objects.filter(rule, pk=pk).select_related("message", "draft"))


def uploads(user: Viewer) -> QuerySet[Attachment]:
    """The files that this colleague has sent ahead, which nothing has taken yet."""
    return Attachment.objects.filter(uploader=user.pk, uploader__isnull=False, uploader__is_active=True)


def may_release(user: Viewer, attachment: Attachment) -> bool:
    """Whether this colleague may let go a file that is held: a supervisor, or with a virus only an admin."""
    if not isinstance(user, User) or not user.is_active or attachment.message_id is None:
        return False
    infected = attachment.state == Attachment.State.INFECTED
    return user.is_admin or (user.is_supervisor and not infected)


def deliveries(user: Viewer) -> QuerySet[Delivery]:
    return Delivery.objects.filter(_ticket_rule(user, "message__ticket__"), message__isnull=False)


def delivery(user: Viewer, pk: int) -> Delivery:
    """A delivery of a message on a visible ticket; raises Http404."""
    return _one(deliveries(user).filter(pk=pk).select_related("message__ticket"))


def notices(user: Viewer) -> QuerySet[Delivery]:
    """The desk's own mail to colleagues, which an admin answers for."""
    own = Delivery.objects.filter(kind__in=[Delivery.Kind.NOTICE, Delivery.Kind.PUSH], message=None)
    return own if isinstance(user, User) and user.is_active and user.is_admin else own.none()


def outgoing(user: Viewer, pk: int) -> Delivery:
    """A delivery of either sort that this colleague may decide about; raises Http404."""
    visible = Q(pk__in=deliveries(user).filter(pk=pk).values("pk")) | Q(pk__in=notices(user).values("pk"))
    return _one(Delivery.objects.filter(visible, pk=pk).select_related("message__ticket"))


def events(user: Viewer) -> QuerySet[Event]:
    """What happened on visible tickets."""
    return Event.objects.filter(_ticket_rule(user, "ticket__"), ticket__isnull=False)


def move(user: Viewer, pk: int) -> Move:
    """A join or split between two tickets that this colleague may both see; raises Http404."""
    both = _ticket_rule(user, "source__") & _ticket_rule(user, "target__")
    return _one(Move.objects.filter(both, pk=pk).select_related("source", "target"))


def doubts(user: Viewer, ticket: Ticket) -> QuerySet[Doubt]:
    """What is in doubt on a ticket that this colleague may see, whatever they may see of the other one."""
    seen = _ticket_rule(user, "ticket__") & Q(ticket=ticket) | _ticket_rule(user, "other__") & Q(other=ticket)
    return Doubt.objects.filter(seen).select_related("ticket", "other")


def doubt(user: Viewer, ticket: Ticket, pk: int | None = None) -> Doubt:
    """The doubt of this ticket, or the one with this key on either ticket; its own is visible or Http404."""
    mine = doubts(user, ticket).filter(_ticket_rule(user, "ticket__"))
    return _one(mine.filter(pk=pk) if pk else mine.filter(ticket=ticket))


def all_doubts(user: Viewer) -> QuerySet[Doubt]:
    """The doubts of every ticket that this colleague may see, on either side.

    `own_is_seen` tells whether they see the message that is in doubt, or only where it may belong.
    """
    own = tickets(user).filter(pk=OuterRef("ticket"))
    seen = _ticket_rule(user, "ticket__") | _ticket_rule(user, "other__")
    return Doubt.objects.filter(seen).annotate(own_is_seen=Exists(own))


def own_doubt(user: Viewer, pk: int) -> Doubt:
    """A doubt about a message that this colleague may see; raises Http404."""
    found = Doubt.objects.filter(_ticket_rule(user, "ticket__"), pk=pk)
    return _one(found.select_related("ticket", "other"))


def colleagues(ticket: Ticket) -> QuerySet[User]:
    """The colleagues who may see this ticket, so who may be given it: the same rule from the other side."""
    return sight.who_see(ticket.team_id, escalated=ticket.escalated_at is not None)


def names_of_colleagues(ticket: Ticket) -> list[User]:
    """Those colleagues by name and address alone, for a page that lists them."""
    return sight.named(ticket.team_id, escalated=ticket.escalated_at is not None)


def customers(user: Viewer) -> QuerySet[Customer]:
    """Customers with a ticket that this colleague may see, and those who have no ticket yet.

    Who was joined into another customer, or erased, is a customer no more.
    """
    if not isinstance(user, User) or not user.is_active:
        return Customer.objects.none()
    if sees_everything(user):
        return Customer.objects.living()
    theirs = Ticket.objects.filter(customer=OuterRef("pk")).values("pk")
    seen = theirs.filter(_ticket_rule(user))
    # Not EXISTS, which PostgreSQL answers by reading all tickets first: a look into the index for each row.
    none, one = IsNull(Subquery(theirs[:1]), True), IsNull(Subquery(seen[:1]), False)
    return Customer.objects.living().filter(Q(none) | Q(one))


def customer(user: Viewer, pk: int) -> Customer:
    """A customer whom this colleague may see; raises Http404."""
    return _one(customers(user).filter(pk=pk).select_related("organisation"))


def identities(user: Viewer) -> QuerySet[Identity]:
    return Identity.objects.filter(customer__in=customers(user))


def unions(user: Viewer, customer: Customer) -> QuerySet[Union]:
    """Who was joined into this customer, whom the colleague may see, and can be taken apart from them."""
    standing = Union.objects.standing().filter(target=customer)
    return standing.filter(target__in=customers(user)).select_related("source", "united_by")


def union(user: Viewer, pk: int) -> Union:
    """A join of two customers of whom this colleague may see the one that goes on; raises Http404."""
    found = _one(Union.objects.filter(pk=pk).select_related("source", "target"))
    customer(user, _heir(found.target).pk)
    return found


def organisation(user: Viewer, pk: int) -> Organisation:
    """An organisation that this colleague may see; raises Http404."""
    return _one(organisations(user).filter(pk=pk))


def organisations(user: Viewer) -> QuerySet[Organisation]:
    """Organisations with a customer whom this colleague may see, and those without any customer."""
    if not isinstance(user, User) or not user.is_active:
        return Organisation.objects.none()
    if sees_everything(user):
        return Organisation.objects.all()
    empty = ~Exists(Customer.objects.filter(organisation=OuterRef("pk")))
    return Organisation.objects.filter(empty | Exists(customers(user).filter(organisation=OuterRef("pk"))))


def drafts(user: Viewer) -> QuerySet[Draft]:
    """What this colleague is writing on tickets they may see."""
    return Draft.objects.open().filter(_ticket_rule(user, "ticket__"), author=user.pk)


def views(user: Viewer) -> QuerySet[View]:
    """The saved views of this colleague, their teams and everybody: what they hold is a matter apart."""
    if not isinstance(user, User) or not user.is_active:
        return View.objects.none()
    return _views_of(user.pk, horizon(user))


def list_of_views(user: User) -> list[View]:
    """The same, for every page."""
    return _listed_views[horizon(user)](user.pk) if user.is_active else []


def view(user: Viewer, pk: int) -> View:
    """A saved view that this colleague may use; raises Http404."""
    return _one(views(user).filter(pk=pk).select_related("team", "owner"))


def macros(user: Viewer) -> QuerySet[Macro]:
    """The macros of this colleague, their teams and everybody."""
    if not isinstance(user, User) or not user.is_active:
        return Macro.objects.none()
    shared = Q(owner=None) if sees_everything(user) else Q(owner=None, team=None) | Q(team__in=team_ids(user))
    return Macro.objects.filter(Q(owner=user.pk) | shared)


def macro(user: Viewer, pk: int) -> Macro:
    """A macro that this colleague may run; raises Http404."""
    return _one(macros(user).filter(pk=pk).select_related("team", "owner"))


def may_shape(user: Viewer, *, owner_id: int | None, team_id: int | None) -> bool:
    """Whether this colleague may make, change and remove such a view: one's own; a team's by its supervisors;
    everybody's by any supervisor; all by admins.
    """
    if not isinstance(user, User) or not user.is_active:
        return False
    if owner_id is not None:
        return owner_id == user.pk
    if user.is_admin or not user.is_supervisor:
        return user.is_admin
    return team_id is None or team_id in team_ids(user)


def batches(user: Viewer) -> QuerySet[Batch]:
    """The changes of many tickets that this colleague made themselves."""
    return Batch.objects.filter(user=user.pk, user__is_active=True)


def batch(user: Viewer, pk: int) -> Batch:
    """A change of many tickets that this colleague made themselves; raises Http404."""
    return _one(batches(user).filter(pk=pk))


def draft(user: Viewer, pk: int) -> Draft:
    """A draft of this colleague's own; raises Http404."""
    return _one(drafts(user).filter(pk=pk))


def mailing(user: Viewer, pk: int) -> Mailing:
    """A message to many that this colleague sent; an admin sees everybody's. Raises Http404."""
    found = Mailing.objects.filter(pk=pk).select_related("channel")
    return _one(found if isinstance(user, User) and user.is_admin else found.filter(author=user.pk))


def queued_drafts(user: Viewer, *, everybody: bool = False) -> QuerySet[Draft]:
    """Replies that wait for their time: one's own, for supervisors and admins everybody's when asked."""
    found = Draft.objects.queued().filter(_ticket_rule(user, "ticket__"))
    leads = isinstance(user, User) and (user.is_supervisor or user.is_admin)
    return found if everybody and leads else found.filter(author=user.pk)


def queued(user: Viewer, pk: int) -> Draft:
    """A reply that waits, one's own or, for supervisors and admins, anybody's; raises Http404."""
    return _one(queued_drafts(user, everybody=True).filter(pk=pk).select_related("ticket", "author"))


def promises(user: Viewer) -> QuerySet[Promise]:
    """What was promised on tickets that this colleague may see."""
    return Promise.objects.filter(_ticket_rule(user, "ticket__"))


def promise(user: Viewer, pk: int) -> Promise:
    """A promise on a visible ticket; raises Http404."""
    return _one(promises(user).filter(pk=pk).select_related("ticket", "made_by"))


def notifications(user: Viewer) -> QuerySet[Notification]:
    """What this colleague is told, about tickets they may see still, or about none."""
    return Notification.objects.filter(_ticket_rule(user, "ticket__") | Q(ticket=None), user=user.pk)


def channels(user: Viewer) -> QuerySet[Channel]:
    """The channels a colleague may write by: the rule of tickets, by the channel's team. No settings."""
    if not isinstance(user, User) or not user.is_active:
        return Channel.objects.none()
    if sees_everything(user):
        return Channel.objects.all()
    return Channel.objects.filter(Q(team__in=team_ids(user)) | Q(team=None))


def groups(user: Viewer) -> list[str]:
    """The names of the live groups whose hints this colleague may hear."""
    if not isinstance(user, User) or not user.is_active:
        return []
    if sees_everything(user):
        return ["desk", f"user-{user.pk}", f"bell-{user.pk}"]
    seen = ["team-none", *(f"team-{pk}" for pk in team_ids(user)), f"user-{user.pk}", f"bell-{user.pk}"]
    return [*seen, "escalated"] if user.is_supervisor else seen


def _ticket_rule(user: Viewer, prefix: str = "") -> Q:
    """The rows whose ticket (behind `prefix`) this colleague may see."""
    return horizon(user).rule(prefix)


def _views_of(owner: int, seen: Horizon) -> QuerySet[View]:
    shared = Q(owner=None) if seen.everything else Q(owner=None, team=None) | Q(team__in=seen.teams)
    return View.objects.filter(Q(owner=owner) | shared)


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
_listed_views = Lookups(lambda seen: Lookup(lambda owner: _views_of(owner, seen), int, planned=True))


def _heir(customer: Customer) -> Customer:
    """The customer this one was joined into, at the end of all joins; mostly themselves."""
    while customer.merged_into is not None:
        customer = customer.merged_into
    return customer


def _one(found: QuerySet[Row]) -> Row:
    row = found.first()
    if row is None:
        raise Http404
    return row
