"""What the customer of a ticket was told of the answer, for programs."""

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts.models import Scope
from helpdesk.rest.schema import describe
from helpdesk.rest.sheets import Sheet
from helpdesk.rest.views import Desk
from tickets import access
from tickets.expected.models import ExpectedTime


class ExpectedTimeSheet(Sheet):
    """Minutes are working minutes; `new_until` is there once it is seen that `until` will not hold."""

    low_minutes = serializers.IntegerField(source="low", read_only=True)
    high_minutes = serializers.IntegerField(source="high", read_only=True)

    class Meta:
        model = ExpectedTime
        fields = (
            *("told_at", "by", "low_minutes", "high_minutes", "until"),
            *("slips_at", "new_until", "corrected_at", "outcome", "settled_at"),
        )
        read_only_fields = fields


class ExpectedTimes(Desk):
    """When the customer of a ticket was told to expect an answer. Not found where nothing was told."""

    noun = "tickets"
    reads = Scope.TICKETS_READ
    sheet = ExpectedTimeSheet

    @describe("Read the expected time that the customer was told", gives=ExpectedTimeSheet)
    def expected(self, request: Request, number: int) -> Response:
        row = ExpectedTime.objects.filter(ticket=access.ticket(request.user, number)).first()
        if row is None:
            raise Http404
        return self.shown(row)
