"""Tickets: found as in the workspace, read whole, opened and changed."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from channels_app.messages import Sender
from helpdesk.accounts.models import Scope
from helpdesk.rest import keys, pages
from helpdesk.rest.fields import Nothing
from helpdesk.rest.problems import conflict
from helpdesk.rest.schema import NOTHING, describe
from helpdesk.rest.views import Desk, check
from tickets import access, bin, customers, editing, filters, internal, lifecycle, opening, orders, snoozing
from tickets.api.forms import NewInternal, NewTicket, Snooze, TicketValues
from tickets.api.refusing import refusals
from tickets.api.sheets import TicketSheet
from tickets.models import Customer, Identity, Message, Ticket
from tickets.narrowing import TicketFilter


class Ticketed(Desk):
    """What shows a ticket."""

    noun = "tickets"
    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE
    sheet = TicketSheet

    def afterwards(self, ticket: Ticket) -> Response:
        """The ticket as it is now, unless it went where the caller does not see it."""
        try:
            return self.shown(self.one(access.tickets(self.request.user), pk=ticket.pk))
        except Http404:
            return Response(status=204)


class Tickets(Ticketed):
    """Requests of customers: what the workspace lists, by the same filters and the same search."""

    filters = TicketFilter
    orders = orders.ORDERS

    @describe("List and search tickets", gives=TicketSheet)
    def list(self, request: Request) -> Response:
        shape = self.shape()
        check(TicketFilter(request.query_params, access.tickets(request.user), user=request.user))
        found = (shape.fetch(each) for each in filters.matching(request.user, request.query_params))
        usual = filters.order_of(request.user, request.query_params)
        return pages.page(request, found, self.orders, shape.show_all, usual=usual)

    @describe("Open a ticket", takes=NewTicket, gives={201: TicketSheet, 204: NOTHING})
    def create(self, request: Request) -> Response:
        given = self.taken(NewTicket)
        with refusals():
            message = (
                _write_first(request, given) if given["direction"] == "out" else _take_down(request, given)
            )
        ticket = message.ticket
        shown = self.afterwards(ticket)
        if shown.status_code == 200:
            shown.status_code = 201
            shown["Location"] = request.build_absolute_uri(
                reverse("tickets-api:ticket", args=[ticket.number])
            )
        return shown

    @describe("Read a ticket", gives=TicketSheet)
    def retrieve(self, request: Request, number: int) -> Response:
        return self.shown(self.one(access.tickets(request.user), number=number))

    @describe("Change a ticket", takes=TicketValues, gives={200: TicketSheet, 204: NOTHING}, versioned=True)
    def partial_update(self, request: Request, number: int) -> Response:
        ticket = access.ticket(request.user, number)
        given = self.taken(TicketValues, partial=True)
        with refusals():
            editing.change(ticket, given, actor=request.user, expected=self.expected())
        return self.afterwards(ticket)


class Turns(Ticketed):
    """Turns in a ticket's life. Each is safe to repeat: what is so already stays so."""

    @describe("Resolve a ticket: the customer's next word opens it again", takes=Nothing, gives=TicketSheet)
    def resolution(self, request: Request, number: int) -> Response:
        return self._turn(number, lifecycle.resolve)

    @describe("Close a ticket", takes=Nothing, gives=TicketSheet)
    def closure(self, request: Request, number: int) -> Response:
        return self._turn(number, lifecycle.close)

    @describe("Open a ticket again", takes=Nothing, gives=TicketSheet)
    def reopening(self, request: Request, number: int) -> Response:
        return self._turn(number, lifecycle.reopen)

    @describe("Mark a ticket as spam", takes=Nothing, gives=TicketSheet)
    def spam(self, request: Request, number: int) -> Response:
        return self._turn(number, bin.mark_spam)

    @describe("Put a ticket into the bin", takes=Nothing, gives=TicketSheet)
    def deletion(self, request: Request, number: int) -> Response:
        return self._turn(number, bin.delete)

    @describe("Bring a ticket back from spam or bin", takes=Nothing, gives=TicketSheet)
    def restoration(self, request: Request, number: int) -> Response:
        return self._turn(number, bin.restore)

    @describe("Snooze a ticket: out of the lists for a while", takes=Snooze, gives=TicketSheet)
    def snooze(self, request: Request, number: int) -> Response:
        ticket = access.ticket(request.user, number)
        until = self.taken(Snooze).get("until") or snoozing.UNTIL_ANSWERED
        with refusals():
            return self.afterwards(snoozing.snooze(ticket, until=until, actor=request.user))

    @describe("Bring a snoozed ticket back", takes=Nothing, gives=TicketSheet)
    def waking(self, request: Request, number: int) -> Response:
        return self._turn(number, snoozing.rouse)

    @describe(
        "Open a ticket for colleagues, tied to this one",
        takes=NewInternal,
        gives={201: TicketSheet, 204: NOTHING},
    )
    def internal(self, request: Request, number: int) -> Response:
        ticket = access.ticket(request.user, number)
        given = self.taken(NewInternal)
        with refusals():
            made = internal.open_for(ticket, author=request.user, key=keys.unique(request), **given)
        shown = self.afterwards(made)
        if shown.status_code == 200:
            shown.status_code = 201
        return shown

    def _turn(self, number: int, verb: Any) -> Response:
        ticket = access.ticket(self.request.user, number)
        self.taken(Nothing)
        return self.afterwards(verb(ticket, actor=self.request.user))


def _take_down(request: Request, given: dict[str, Any]) -> Message:
    """A request that reached the caller another way; from a telephone number it was a call."""
    sender = _sender(given)
    return opening.take_down(
        given["channel"],
        sender,
        author=request.user,
        subject=given.get("subject", ""),
        body=given["body"],
        key=keys.unique(request),
        files=given.get("attachments", ()),
        given=_values(given),
        spoken=sender.identity_kind == Identity.Kind.PHONE,
    )


def _write_first(request: Request, given: dict[str, Any]) -> Message:
    sender = _sender(given)
    return opening.write_first(
        given["channel"],
        given.get("customer") or customers.resolve(sender),
        author=request.user,
        subject=given.get("subject", ""),
        body=given["body"],
        key=keys.unique(request),
        to=[sender.identity],
        cc=given.get("cc", ()),
        files=given.get("attachments", ()),
        given=_values(given),
    )


def _sender(given: dict[str, Any]) -> Sender:
    """The person a new ticket is about, as somebody who writes from one of their identities."""
    if "customer" in given:
        customer: Customer = given["customer"]
        known = customer.identities.filter(kind=given["channel"].kind).order_by("id").first()
        if known is None:
            raise conflict("This customer has no identity on this channel.", "#/customer")
        kind, value, name = known.kind, known.value, customer.name
    else:
        kind, value, name = given["identity"]["kind"], given["identity"]["value"], given.get("name", "")
    return Sender(identity_kind=kind, identity=value, name=name, language=given.get("language", ""))


def _values(given: dict[str, Any]) -> dict[str, Any]:
    """What the ticket is to have besides its message."""
    return {name: given[name] for name in editing.CHANGES if name in given and name != "subject"}
