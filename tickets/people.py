"""Customers and organisations as they are asked for: in the same words by the workspace and by the API."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.db.models import Count, Exists, Max, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Lower
from django.utils.dateparse import parse_datetime
from django_filters import FilterSet

from helpdesk.accounts.models import User
from helpdesk.rest.filters import Id, Text, Words, YesNo, before, since
from tickets import access, customers
from tickets.custom_filter import Custom
from tickets.models import Customer, CustomField, Event, Identity, Organisation, Ticket
from tickets.narrowing import IMPORTANCES

Row = TypeVar("Row", bound=Model)
PAGE = 50


@dataclass(frozen=True)
class Page(Generic[Row]):
    rows: list[Row]
    next: str
    """Cursor of the page after this one, "" on the last."""


@dataclass(frozen=True)
class Totals:
    """A customer's tickets, as far as the reader may see them, spam and bin left out."""

    tickets: int
    unfinished: int
    last_at: datetime | None


class CustomerFilter(FilterSet):
    q = Text(method="called", max_length=200, help_text="A part of the name, or the beginning of an address.")
    email = Text(method="writing_from", max_length=254, help_text="Exactly this e-mail address.")
    phone = Text(method="writing_from", max_length=64, help_text="Exactly this phone number.")
    organisation = Id(field_name="organisation_id", help_text="An organisation's id.")
    importance = Words(method="of_importance", words=IMPORTANCES, help_text="Any of these.")
    language = Text(field_name="language", max_length=8, help_text="A language code, such as `hu`.")
    country = Text(field_name="country", lookup_expr="iexact", max_length=2, help_text="Such as `HU`.")
    blocked = YesNo(method="is_blocked", help_text="Whether their mail goes to the spam.")
    custom = Custom(CustomField.Of.CUSTOMER)
    created_after = since("created_at")
    created_before = before("created_at")

    class Meta:
        model = Customer
        fields: list[str] = []

    def called(self, found: QuerySet[Customer], name: str, value: str) -> QuerySet[Customer]:
        written = Identity.objects.filter(value__startswith=value.lower()).values("customer")
        return found.filter(Q(name__icontains=value) | Q(pk__in=written))

    def writing_from(self, found: QuerySet[Customer], name: str, value: str) -> QuerySet[Customer]:
        known = Identity.objects.filter(kind=name, value=customers.normalise(name, value))
        return found.filter(pk__in=known.values("customer"))

    def of_importance(self, found: QuerySet[Customer], name: str, value: list[str]) -> QuerySet[Customer]:
        return found.filter(importance__in=[IMPORTANCES[word] for word in value])

    def is_blocked(self, found: QuerySet[Customer], name: str, value: bool) -> QuerySet[Customer]:
        return found.filter(blocked_at__isnull=not value)


class OrganisationFilter(FilterSet):
    name = Text(lookup_expr="icontains", max_length=160, help_text="A part of the name.")
    domain = Text(method="of_domain", max_length=253, help_text="Exactly this domain.")
    custom = Custom(CustomField.Of.ORGANISATION)

    class Meta:
        model = Organisation
        fields: list[str] = []

    def of_domain(self, found: QuerySet[Organisation], name: str, value: str) -> QuerySet[Organisation]:
        return found.filter(domains__contains=[value.lower()])


def customers_listed(user: User, asked: Mapping[str, Any], *, after: str = "") -> Page[Customer]:
    """One page of the customers this colleague may see, by name, with organisation and identities at hand.

    `asked` are words of `CustomerFilter`, of which nonsense is left out. Who has no name stands first.
    """
    found = CustomerFilter(asked, access.customers(user)).qs
    found = found.annotate(sorted_by=Lower("name")).select_related("organisation")
    return _page(found.prefetch_related("identities"), after)


def organisations_listed(user: User, asked: Mapping[str, Any], *, after: str = "") -> Page[Organisation]:
    """One page of the organisations this colleague may see, by name, with how many customers each has."""
    found = OrganisationFilter(asked, access.organisations(user)).qs
    members = Customer.objects.living().filter(organisation=OuterRef("pk")).order_by()
    counted = members.values("organisation").annotate(count=Count("pk")).values("count")
    return _page(found.annotate(sorted_by=Lower("name"), members=Subquery(counted)), after)


def tickets_listed(user: User, customer: Customer, *, after: str = "", limit: int = 25) -> Page[Ticket]:
    """One page of a customer's tickets, the newest first, as far as the colleague may see them."""
    found = access.tickets(user).filter(customer=customer).exclude(folder=Ticket.Folder.MERGED)
    if cursor := _read(after):
        at, pk = cursor
        found = found.filter(created_at__lte=at).exclude(created_at=at, pk__gte=pk)
    rows = list(found.select_related("assignee", "team").order_by("-created_at", "-pk")[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(rows[:limit], f"{last.created_at.isoformat()}_{last.pk}" if last else "")


def _read(cursor: str) -> tuple[datetime, int] | None:
    """The place among tickets that a cursor names; None for none and for nonsense."""
    at, _mark, pk = cursor.rpartition("_")
    try:
        moment = parse_datetime(at)
        known = moment is not None and moment.tzinfo is not None and pk.isascii() and pk.isdecimal()
        return (moment.astimezone(UTC), int(pk[:18])) if moment and known else None
    except (ValueError, OverflowError):
        return None


def totals(user: User, customer: Customer) -> Totals:
    """What a customer's page says of their tickets; one query."""
    desk = access.tickets(user).filter(customer=customer, folder=Ticket.Folder.DESK)
    unfinished = Count("pk", filter=Q(status__in=Ticket.UNFINISHED))
    found = desk.aggregate(tickets=Count("pk"), unfinished=unfinished, last_at=Max("last_message_at"))
    return Totals(**found)


def held(blocked: Iterable[Customer]) -> dict[int, int]:
    """Customer → how many tickets are held in the spam because they are blocked; one query."""
    told = Event.objects.filter(kind=Event.Kind.FOLDER_CHANGED, data__why="blocked", ticket=OuterRef("pk"))
    spam = Ticket.objects.filter(customer__in=[each.pk for each in blocked], folder=Ticket.Folder.SPAM)
    found = spam.filter(Exists(told)).order_by().values_list("customer").annotate(count=Count("pk"))
    return dict(found)


def told_of(customer: Customer) -> QuerySet[Event]:
    """What happened to the customer as such, the newest first."""
    found = Event.objects.filter(ticket=None).annotate(about=KT("data__customer"))
    return found.filter(about=str(customer.pk)).select_related("user", "customer").order_by("-pk")


def tickets_of_organisation(user: User, organisation: Organisation, *, limit: int = 10) -> list[Ticket]:
    """The newest tickets of an organisation's customers that the colleague may see."""
    desk = access.tickets(user).filter(customer__organisation=organisation, folder=Ticket.Folder.DESK)
    return list(desk.select_related("assignee").order_by("-pk")[:limit])


def _page(found: QuerySet[Any], after: str) -> Page[Any]:
    """By name in small letters, then by id; the cursor is "id_name" of the last row."""
    pk, mark, name = after.partition("_")
    if mark and pk.isascii() and pk.isdecimal():
        found = found.filter(sorted_by__gte=name).exclude(sorted_by=name, pk__lte=int(pk[:18]))
    rows = list(found.order_by("sorted_by", "pk")[: PAGE + 1])
    if len(rows) <= PAGE:
        return Page(rows, "")
    last = rows[PAGE - 1]
    return Page(rows[:PAGE], f"{last.pk}_{last.sorted_by}")
