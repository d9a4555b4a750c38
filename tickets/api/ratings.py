"""What customers said of how their requests were handled."""

from django_filters import FilterSet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts.models import Scope
from helpdesk.rest.filters import Id, OneOf
from helpdesk.rest.schema import describe
from helpdesk.rest.sheets import Named, Sheet
from helpdesk.rest.views import Desk
from tickets import ratings
from tickets.models import Rating, Ticket


class RatingSheet(Sheet):
    """A customer's word on one resolution of a ticket; `agent` had the ticket when it was rated."""

    related = ("ticket", "agent")

    ticket = serializers.IntegerField(source="ticket.number", read_only=True)
    customer = serializers.IntegerField(source="customer_id", read_only=True)
    agent = Named(read_only=True, allow_null=True)

    class Meta:
        model = Rating
        fields = ("id", "ticket", "customer", "agent", "score", "comment", "resolved_at", "at", "changed_at")
        read_only_fields = fields


class RatingFilter(FilterSet):
    ticket = Id(field_name="ticket__number", help_text="The number of the ticket.")
    score = OneOf(list(Ticket.Score.values))

    class Meta:
        model = Rating
        fields: list[str] = []


class Ratings(Desk):
    """What customers said of finished tickets: read only."""

    noun = "ratings"
    reads = Scope.TICKETS_READ
    sheet, filters = RatingSheet, RatingFilter
    orders = {"-id": ("-id",), "id": ("id",)}

    @describe("List ratings", gives=RatingSheet)
    def list(self, request: Request) -> Response:
        return self.listed(ratings.visible(request.user))

    @describe("Read a rating", gives=RatingSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(self.one(ratings.visible(request.user), pk=pk))
