"""What goes out, and what became of it."""

from django_filters import FilterSet
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts.models import Scope
from helpdesk.rest.fields import Nothing
from helpdesk.rest.filters import Id, Words, before, since
from helpdesk.rest.schema import describe
from helpdesk.rest.views import Desk
from tickets import access, fates
from tickets.api.messages import BY_AGE
from tickets.api.sheets import DeliverySheet
from tickets.models import Delivery


class DeliveryFilter(FilterSet):
    state = Words(
        field_name="state", lookup_expr="in", words=Delivery.State.values, help_text="Any of these."
    )
    ticket = Id(field_name="message__ticket__number", help_text="A ticket's number.")
    message = Id(field_name="message_id", help_text="A message's id.")
    channel = Id(field_name="channel_id", help_text="A channel's id.")
    created_after = since("created_at")
    created_before = before("created_at")

    class Meta:
        model = Delivery
        fields: list[str] = []


class Deliveries(Desk):
    """Messages on their way out, one delivery for each group of recipients."""

    noun = "deliveries"
    reads, writes = Scope.DELIVERIES_READ, Scope.DELIVERIES_WRITE
    sheet, filters, orders = DeliverySheet, DeliveryFilter, BY_AGE

    @describe("List deliveries", gives=DeliverySheet)
    def list(self, request: Request) -> Response:
        return self.listed(access.deliveries(request.user))

    @describe("Read a delivery", gives=DeliverySheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(self.one(access.deliveries(request.user), pk=pk))

    @describe("Send what failed once more, under the same id", takes=Nothing, gives=DeliverySheet)
    def resend(self, request: Request, pk: int) -> Response:
        delivery = access.delivery(request.user, pk)
        self.taken(Nothing)
        fates.resend(delivery, actor=request.user)
        return self.retrieve(request, pk)

    @describe("Give up what failed; the message stays on the ticket", takes=Nothing, gives=DeliverySheet)
    def drop(self, request: Request, pk: int) -> Response:
        delivery = access.delivery(request.user, pk)
        self.taken(Nothing)
        fates.drop(delivery, actor=request.user)
        return self.retrieve(request, pk)
