"""Who may see what a ticket is tied to: other tickets, and what was asked of others. See `access`."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from tickets import access, horizon
from tickets.horizon import Viewer
from tickets.models import Enquiry, Link, Ticket


def links(user: Viewer, ticket: Ticket) -> QuerySet[Link]:
    """What a visible ticket is linked with, `seen` telling whether this colleague may see the other one."""
    other = access.tickets(user).exclude(pk=ticket.pk)
    seen = Exists(other.filter(Q(pk=OuterRef("source")) | Q(pk=OuterRef("target"))))
    found = Link.objects.filter(Q(source=ticket) | Q(target=ticket)).annotate(seen=seen)
    return found.select_related("source", "target").order_by("kind", "id")


def seen_links(user: Viewer, ticket: Ticket) -> QuerySet[Link]:
    """The links of a ticket whose other end this colleague may see too."""
    who = horizon.horizon(user)
    both = who.rule("source__") & who.rule("target__")
    return Link.objects.filter(both, Q(source=ticket) | Q(target=ticket)).select_related("source", "target")


def link(user: Viewer, ticket: Ticket, pk: int) -> Link:
    """A link of this ticket whose other end the colleague may see too; raises Http404."""
    return get_object_or_404(seen_links(user, ticket).filter(pk=pk))


def enquiries(user: Viewer) -> QuerySet[Enquiry]:
    """What was asked of others on visible tickets."""
    return Enquiry.objects.filter(horizon.horizon(user).rule("ticket__"))


def enquiry(user: Viewer, pk: int) -> Enquiry:
    """An enquiry on a ticket this colleague may see; raises Http404."""
    return get_object_or_404(enquiries(user).filter(pk=pk).select_related("ticket__channel", "made_by"))
