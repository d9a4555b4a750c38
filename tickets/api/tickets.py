"""Tickets: found as in the workspace, read whole."""

from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts.models import Scope
from helpdesk.rest import pages
from helpdesk.rest.schema import describe
from helpdesk.rest.views import Desk, check
from tickets import access, filters
from tickets.api.sheets import TicketSheet
from tickets.narrowing import TicketFilter


class Tickets(Desk):
    """Requests of customers: what the workspace lists, by the same filters and the same search."""

    noun = "tickets"
    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE
    sheet, filters = TicketSheet, TicketFilter
    orders = {
        "-last_message": ("-last_message_at", "-id"),
        "last_message": ("last_message_at", "id"),
        "-created": ("-id",),
        "created": ("id",),
    }

    @describe("List and search tickets", gives=TicketSheet)
    def list(self, request: Request) -> Response:
        shape = self.shape()
        check(TicketFilter(request.query_params, access.tickets(request.user), user=request.user))
        found = (shape.fetch(each) for each in filters.matching(request.user, request.query_params))
        return pages.page(request, found, self.orders, shape.show_all)

    @describe("Read a ticket", gives=TicketSheet)
    def retrieve(self, request: Request, number: int) -> Response:
        return self.shown(self.one(access.tickets(request.user), number=number))
