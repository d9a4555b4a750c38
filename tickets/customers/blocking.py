"""Senders nobody wants to hear from: what they write goes to the spam, and comes back from there."""

from django.db import transaction
from django.utils import timezone

from helpdesk.accounts.models import User
from tickets import bin, events
from tickets.models import Customer, Event, Ticket
from tickets.models.ticket import TicketQuerySet


@transaction.atomic
def block(customer: Customer, *, actor: User) -> Customer:
    """From now on whatever this customer writes, from any of their identities, is spam; nothing is lost.

    Their tickets of before stay where they are. Nothing happens when they are blocked already.
    """
    customer = Customer.objects.select_for_update().get(pk=customer.pk)
    if customer.blocked_at is None:
        customer.blocked_at, customer.blocked_by = timezone.now(), actor
        customer.save(update_fields=["blocked_at", "blocked_by"])
        events.record(None, Event.Kind.CUSTOMER_BLOCKED, actor=actor, customer=customer.pk)
    return customer


@transaction.atomic
def unblock(customer: Customer, *, actor: User, restore: bool = False) -> Customer:
    """Let through what they write from now on; with `restore` also what was held while they were blocked."""
    held = list(held_tickets(customer)) if restore else []
    for ticket in sorted(held, key=lambda each: each.pk):  # tickets before customers
        bin.restore(ticket, actor=actor)
    customer = Customer.objects.select_for_update().get(pk=customer.pk)
    if customer.blocked_at is not None:
        customer.blocked_at = customer.blocked_by = None
        customer.save(update_fields=["blocked_at", "blocked_by"])
        events.record(None, Event.Kind.CUSTOMER_UNBLOCKED, actor=actor, customer=customer.pk)
    return customer


def held_tickets(customer: Customer) -> TicketQuerySet:
    """What this customer wrote while blocked, as far as it is still in the spam."""
    blocked = Event.objects.filter(kind=Event.Kind.FOLDER_CHANGED, data__why="blocked")
    spam = Ticket.objects.filter(customer=customer, folder=Ticket.Folder.SPAM)
    return spam.filter(pk__in=blocked.filter(ticket__customer=customer).values("ticket"))
