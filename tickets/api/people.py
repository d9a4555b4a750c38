"""Customers, their identities and organisations, as JSON."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from helpdesk.rest.sheets import Named, Sheet
from tickets.models import Customer, Identity, Organisation
from tickets.narrowing import IMPORTANCES


class IdentitySheet(Sheet):
    """Where a customer writes from, and whether mail to it came back."""

    customer = serializers.IntegerField(source="customer_id", read_only=True)

    class Meta:
        model = Identity
        fields = ("id", "customer", "kind", "value", "created_at", "bounced_at", "bounce_reason")
        read_only_fields = fields


class OrganisationSheet(Sheet):
    """A company that customers belong to."""

    custom = serializers.DictField(child=serializers.JSONField(), read_only=True)

    class Meta:
        model = Organisation
        fields = ("id", "name", "domains", "notes", "custom")
        read_only_fields = fields


class CustomerSheet(Sheet):
    """A person who asks. In passing only `id` and `name` are shown."""

    related = ("organisation",)
    prefetch = ("identities",)

    organisation = Named(read_only=True, allow_null=True)
    identities = IdentitySheet(many=True, read_only=True)
    importance = serializers.SerializerMethodField()
    custom = serializers.DictField(child=serializers.JSONField(), read_only=True)

    class Meta:
        model = Customer
        fields = (
            *("id", "name", "organisation", "identities", "language", "time_zone", "country", "notes"),
            *("importance", "custom", "blocked_at", "created_at"),
        )
        read_only_fields = fields

    @extend_schema_field({"type": "string", "enum": list(IMPORTANCES)})
    def get_importance(self, customer: Customer) -> str:
        return Customer.Importance(customer.importance).name.lower()
