"""Which custom fields there are."""

from django.db.models import QuerySet
from django_filters import FilterSet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.rest import pages
from helpdesk.rest.filters import OneOf
from helpdesk.rest.schema import describe
from helpdesk.rest.sheets import Sheet
from helpdesk.rest.views import Desk
from tickets.models import CustomField

BY_PLACE: pages.Orders = {"id": ("id",), "-id": ("-id",)}


class FieldSheet(Sheet):
    """A custom field: its `key` names it in `custom`, `labels` and `options` are what people call things."""

    labels = serializers.DictField(child=serializers.CharField(), read_only=True)
    options = serializers.ListField(child=serializers.JSONField(), read_only=True)
    ticket_kinds = serializers.ListField(child=serializers.CharField(allow_blank=True), read_only=True)

    class Meta:
        model = CustomField
        fields = ("id", "of", "key", "kind", "labels", "options", "ticket_kinds", "position")
        read_only_fields = fields


class FieldFilter(FilterSet):
    of = OneOf(CustomField.Of.values, help_text="Whose fields.")

    class Meta:
        model = CustomField
        fields: list[str] = []


class Fields(Desk):
    """The custom fields in use. Admins define them in Django admin."""

    noun = "custom-fields"
    sheet, filters, orders = FieldSheet, FieldFilter, BY_PLACE

    @describe("List custom fields", gives=FieldSheet)
    def list(self, request: Request) -> Response:
        return self.listed(_fields())

    @describe("Read a custom field", gives=FieldSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(self.one(_fields(), pk=pk))


def _fields() -> QuerySet[CustomField]:
    return CustomField.objects.active()
