"""Customers, who they are joined with, and their organisations: seen by whoever sees a ticket of theirs."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull

from helpdesk.accounts.models import User
from tickets.access.finding import on_tickets, one
from tickets.horizon import Viewer, sees_everything
from tickets.models import Customer, Identity, Organisation, Ticket, Union
from tickets.models.customer import CustomerQuerySet
from tickets.models.union import UnionQuerySet


def customers(user: Viewer) -> CustomerQuerySet:
    """Customers with a ticket that this colleague may see, and those who have no ticket yet.

    Who was joined into another customer, or erased, is a customer no more.
    """
    if not isinstance(user, User) or not user.is_active:
        return Customer.objects.none()
    if sees_everything(user):
        return Customer.objects.living()
    theirs = Ticket.objects.filter(customer=OuterRef("pk")).values("pk")
    seen = theirs.filter(on_tickets(user))
    # Not EXISTS, which PostgreSQL answers by reading all tickets first: a look into the index for each row.
    none, one = IsNull(Subquery(theirs[:1]), True), IsNull(Subquery(seen[:1]), False)
    return Customer.objects.living().filter(Q(none) | Q(one))


def customer(user: Viewer, pk: int) -> Customer:
    """A customer whom this colleague may see; raises Http404."""
    return one(customers(user).filter(pk=pk).select_related("organisation"))


def identities(user: Viewer) -> QuerySet[Identity]:
    return Identity.objects.filter(customer__in=customers(user))


def unions(user: Viewer, customer: Customer) -> UnionQuerySet:
    """Who was joined into this customer, whom the colleague may see, and can be taken apart from them."""
    standing = Union.objects.standing().filter(target=customer)
    return standing.filter(target__in=customers(user)).select_related("source", "united_by")


def union(user: Viewer, pk: int) -> Union:
    """A join of two customers of whom this colleague may see the one that goes on; raises Http404."""
    found = one(Union.objects.filter(pk=pk).select_related("source", "target"))
    customer(user, _heir(found.target).pk)
    return found


def organisations(user: Viewer) -> QuerySet[Organisation]:
    """Organisations with a customer whom this colleague may see, and those without any customer."""
    if not isinstance(user, User) or not user.is_active:
        return Organisation.objects.none()
    if sees_everything(user):
        return Organisation.objects.all()
    empty = ~Exists(Customer.objects.filter(organisation=OuterRef("pk")))
    return Organisation.objects.filter(empty | Exists(customers(user).filter(organisation=OuterRef("pk"))))


def organisation(user: Viewer, pk: int) -> Organisation:
    """An organisation that this colleague may see; raises Http404."""
    return one(organisations(user).filter(pk=pk))


def _heir(customer: Customer) -> Customer:
    """The customer this one was joined into, at the end of all joins; mostly themselves."""
    while customer.merged_into is not None:
        customer = customer.merged_into
    return customer
