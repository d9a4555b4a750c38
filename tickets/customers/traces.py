"""Where a customer stands, in all tables: gathered before anything of it is erased."""

from dataclasses import dataclass

from django.db.models import Q

from channels_app.models import InboundRecord
from tickets.models import Customer, Identity, Message, Ticket


class Erased(Exception):
    """Nothing is left of this customer."""


@dataclass(frozen=True)
class Traces:
    """Where a customer stands, gathered before anything goes."""

    customers: list[int]
    """Themselves, and those who were joined into them."""
    addresses: list[str]
    tickets: list[int]
    messages: list[int]
    records: list[int]


def gather(customer: Customer) -> Traces:
    """Tickets are locked before customers; the latter so that nothing new comes to them meanwhile."""
    ids, found = [customer.pk], [customer.pk]
    while found := list(Customer.objects.filter(merged_into__in=found).values_list("pk", flat=True)):
        ids += found
    tickets = Ticket.objects.select_for_update().filter(customer__in=ids).order_by("pk")
    theirs = list(tickets.values_list("pk", flat=True))
    locked = Customer.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    if any(each.erased_at for each in locked if each.pk == customer.pk):
        raise Erased(str(customer))
    addresses = list(Identity.objects.filter(customer__in=ids).values_list("value", flat=True))
    said = list(
        Message.objects.filter(Q(customer__in=ids) | Q(ticket__in=theirs)).values_list("pk", "record_id")
    )
    records = {record for _pk, record in said if record}
    records |= set(InboundRecord.objects.filter(sender_key__in=addresses).values_list("pk", flat=True))
    return Traces(ids, addresses, theirs, [pk for pk, _record in said], sorted(records))
