"""Saved views: listed, made, changed and removed. `GET tickets/?view={id}` gives the tickets in one."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts import access as staff_access
from helpdesk.accounts.models import Scope
from helpdesk.rest import pages, whose
from helpdesk.rest.fields import Choice, Number, Strict, Text, Words
from helpdesk.rest.schema import NOTHING, describe
from helpdesk.rest.sheets import Named, Sheet
from helpdesk.rest.views import Desk
from helpdesk.rest.whose import EVERYBODY, ME, TEAM
from tickets import access, orders, views
from tickets.api.forms import Row
from tickets.api.refusing import refusals
from tickets.models import View
from tickets.narrowing import TicketFilter

LONGEST_FILTER = 400
FURTHEST = 10_000


class ViewSheet(Sheet):
    """A saved list: `filters` are those of `tickets/`, and `tickets` is the address of what it holds."""

    related = ("owner", "team")

    owner = Named(read_only=True, allow_null=True)
    team = Named(read_only=True, allow_null=True)
    filters = serializers.DictField(child=serializers.CharField(), read_only=True)
    columns = serializers.ListField(child=serializers.CharField(), read_only=True)
    tickets = serializers.SerializerMethodField()

    class Meta:
        model = View
        fields = (
            *("id", "title", "owner", "team", "filters", "order", "columns", "position", "made_at"),
            "tickets",
        )
        read_only_fields = fields

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_tickets(self, view: View) -> str:
        address = f"{reverse('tickets-api:tickets')}?view={view.pk}"
        request = self.context.get("request")
        return request.build_absolute_uri(address) if request else address


class Filters(serializers.DictField):
    """Filters of `tickets/` by name, each as the address would say it: `{"status": "new,open"}`."""

    child = Text(max_length=LONGEST_FILTER, allow_blank=True)

    def to_internal_value(self, data: Any) -> dict[str, str]:
        if isinstance(data, dict) and (unknown := sorted(set(data) - set(TicketFilter.base_filters))):
            raise serializers.ValidationError(f"There is no filter {unknown[0][:40]!r}.")
        return super().to_internal_value(data)


class ViewValues(Strict):
    title = Text(max_length=60)
    whose = Choice(
        choices=[ME, TEAM, EVERYBODY], default=ME, help_text="Who may use it; `team` needs a team."
    )
    team = Row(staff_access.teams, required=False, help_text="The id of the team it is for.")
    filters = Filters(required=False)
    order = Choice(choices=list(orders.ORDERS), default=orders.USUAL)
    columns = Words(longest=16, most=len(View.Column), required=False)
    position = Number(min_value=0, max_value=FURTHEST, required=False)

    def validate_columns(self, value: list[str]) -> list[str]:
        if unknown := sorted(set(value) - set(View.Column.values)):
            raise serializers.ValidationError(f"There is no column {unknown[0]!r}.")
        return value

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        return whose.checked(given, "A view for a team names it, and no other does.")


class Views(Desk):
    """Saved views of the caller, of their teams and of everybody."""

    noun = "views"
    reads, writes = Scope.TICKETS_READ, Scope.TICKETS_WRITE
    sheet = ViewSheet
    orders = {"created": ("id",), "-created": ("-id",)}

    @describe("List saved views", gives=ViewSheet)
    def list(self, request: Request) -> Response:
        shape = self.shape()
        return pages.page(request, [shape.fetch(access.views(request.user))], self.orders, shape.show_all)

    @describe("Save a view", takes=ViewValues, gives=ViewSheet, status=201)
    def create(self, request: Request) -> Response:
        given = whose.home(self.taken(ViewValues), request)
        given.pop("position", None)
        with refusals():
            made = views.make(given.pop("title"), actor=request.user, **{"filters": {}, **given})
        return self.shown(made, status=201, location=reverse("tickets-api:view", args=[made.pk]))

    @describe("Read a view", gives=ViewSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(access.view(request.user, pk))

    @describe("Change a view", takes=ViewValues, gives=ViewSheet)
    def partial_update(self, request: Request, pk: int) -> Response:
        view = access.view(request.user, pk)
        given = whose.home(self.taken(ViewValues, partial=True), request)
        with refusals():
            return self.shown(views.change(view, actor=request.user, **given))

    @describe("Remove a view; its tickets stay", gives={204: NOTHING})
    def destroy(self, request: Request, pk: int) -> Response:
        with refusals():
            views.remove(access.view(request.user, pk), actor=request.user)
        return Response(status=204)
