"""Customers, their identities and organisations, as JSON."""

from rest_framework import serializers

from helpdesk.rest.sheets import Named, Sheet
from tickets.models import Customer, Identity, Organisation


class IdentitySheet(Sheet):
    customer = serializers.IntegerField(source="customer_id", read_only=True)

    class Meta:
        model = Identity
        fields = ("id", "customer", "kind", "value", "created_at")
        read_only_fields = fields


class OrganisationSheet(Sheet):
    class Meta:
        model = Organisation
        fields = ("id", "name", "domains", "notes")
        read_only_fields = fields


class CustomerSheet(Sheet):
    related = ("organisation",)
    prefetch = ("identities",)

    organisation = Named(read_only=True, allow_null=True)
    identities = IdentitySheet(many=True, read_only=True)

    class Meta:
        model = Customer
        fields = (
            *("id", "name", "organisation", "identities", "language", "time_zone", "country", "notes"),
            "created_at",
        )
        read_only_fields = fields
