"""The log of webhooks: what was told, what came back, told once more."""

from django.urls import reverse
from django_filters import FilterSet
from rest_framework.request import Request
from rest_framework.response import Response

from channels_app.webhooks import access, calling
from channels_app.webhooks.api.sheets import TYPES, CallSheet, WholeCallSheet
from channels_app.webhooks.models import Call
from channels_app.webhooks.payloads import TEST
from helpdesk.accounts.models import Scope
from helpdesk.rest.fields import Nothing
from helpdesk.rest.filters import Id, Words, before, since
from helpdesk.rest.schema import describe
from helpdesk.rest.views import Desk
from tickets.models import Delivery


class CallFilter(FilterSet):
    webhook = Id(field_name="webhook_id", help_text="A webhook's id.")
    event = Id(field_name="event_id", help_text="An event's id.")
    type = Words(lookup_expr="in", words=[*TYPES, TEST], help_text="Any of these.")
    state = Words(
        field_name="delivery__state",
        lookup_expr="in",
        words=Delivery.State.values,
        help_text="Any of these.",
    )
    created_after = since("created_at")
    created_before = before("created_at")

    class Meta:
        model = Call
        fields: list[str] = []


class CallLog(Desk):
    """What webhooks were told, each with the answers to it; kept for a month."""

    noun = "calls"
    reads, writes = Scope.WEBHOOKS_READ, Scope.WEBHOOKS_WRITE
    sheet, filters = CallSheet, CallFilter
    orders = {"-id": ("-id",), "id": ("id",)}

    @describe("List calls", gives=CallSheet)
    def list(self, request: Request) -> Response:
        return self.listed(access.calls(request.user))


class Calls(Desk):
    """What webhooks were told, each with the answers to it; kept for a month."""

    noun = "calls"
    reads, writes = Scope.WEBHOOKS_READ, Scope.WEBHOOKS_WRITE
    sheet = WholeCallSheet

    @describe("Read a call with its payload", gives=WholeCallSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(self.one(access.calls(request.user), pk=pk))

    @describe("Tell it once more, under the same id", takes=Nothing, gives=WholeCallSheet)
    def resend(self, request: Request, pk: int) -> Response:
        """What failed is tried anew; of what was taken the answer is the call that repeats it."""
        found = access.call(request.user, pk)
        self.taken(Nothing)
        return self.retrieve(request, calling.resend(found, actor=request.user).pk)

    @describe("Send a test, also by a webhook that is off", takes=Nothing, gives={201: WholeCallSheet})
    def test(self, request: Request, pk: int) -> Response:
        found = access.webhook(request.user, pk)
        self.taken(Nothing)
        made = self.one(access.calls(request.user), pk=calling.test(found, actor=request.user).pk)
        return self.shown(made, status=201, location=reverse("webhooks-api:call", args=[made.pk]))
