"""Senders blocked and let through again."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts.models import Scope
from helpdesk.rest.fields import Nothing, Strict
from helpdesk.rest.schema import describe
from helpdesk.rest.views import Desk
from tickets import access
from tickets.api.people import CustomerSheet
from tickets.customers import blocking


class UnblockForm(Strict):
    restore = serializers.BooleanField(default=False, help_text="Bring back what was held meanwhile.")


class Blocks(Desk):
    """Senders whose mail goes to the spam."""

    noun = "customers"
    reads, writes = Scope.CUSTOMERS_READ, Scope.CUSTOMERS_WRITE
    sheet = CustomerSheet

    @describe("Block a customer: their mail goes to the spam", takes=Nothing, gives=CustomerSheet)
    def block(self, request: Request, pk: int) -> Response:
        customer = access.customer(request.user, pk)
        self.taken(Nothing)
        blocking.block(customer, actor=request.user)
        return self.shown(self.one(access.customers(request.user), pk=pk))

    @describe("Let a blocked customer through again", takes=UnblockForm, gives=CustomerSheet)
    def unblock(self, request: Request, pk: int) -> Response:
        customer = access.customer(request.user, pk)
        restore = self.taken(UnblockForm)["restore"]
        blocking.unblock(customer, actor=request.user, restore=restore)
        return self.shown(self.one(access.customers(request.user), pk=pk))
