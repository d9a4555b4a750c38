"""The customers' book: people, where they write from, and whom they belong to."""

from typing import Any

from django.urls import reverse
from django_filters import FilterSet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts.models import Scope
from helpdesk.accounts.zones import ZONES
from helpdesk.rest import pages
from helpdesk.rest.fields import Choice, Row, Strict, Text, Words
from helpdesk.rest.filters import Id, OneOf
from helpdesk.rest.schema import NOTHING, describe
from helpdesk.rest.views import Desk
from tickets import access, directory
from tickets.api.forms import CustomValues, IdentityForm, Language
from tickets.api.people import CustomerSheet, IdentitySheet, OrganisationSheet
from tickets.api.refusing import refusals
from tickets.customers import uniting
from tickets.models import Customer, CustomField, Identity
from tickets.narrowing import IMPORTANCES
from tickets.people import CustomerFilter, OrganisationFilter

BY_ID: pages.Orders = {"-id": ("-id",), "id": ("id",)}


class CustomerValues(Strict):
    """What can be written down about a customer; what is not said stays as it is."""

    name = Text(max_length=200, allow_blank=True, required=False)
    organisation = Row(
        access.organisations,
        required=False,
        allow_null=True,
        help_text="An organisation's id; null for none.",
    )
    language = Language(required=False)
    time_zone = Text(required=False, allow_blank=True, max_length=64, help_text="Such as `Europe/Budapest`.")
    country = Text(
        required=False, allow_blank=True, max_length=2, help_text="ISO 3166-1 alpha-2, such as `HU`."
    )
    importance = Choice(choices=list(IMPORTANCES), required=False)
    notes = Text(max_length=20_000, allow_blank=True, required=False)
    custom = CustomValues(CustomField.Of.CUSTOMER)

    def validate_importance(self, value: str) -> int:
        return int(IMPORTANCES[value])

    def validate_time_zone(self, value: str) -> str:
        if value and value not in ZONES:
            raise serializers.ValidationError("A name of the IANA database, such as Europe/Budapest.")
        return value

    def validate_country(self, value: str) -> str:
        if value and not (value.isascii() and value.isalpha() and len(value) == 2):
            raise serializers.ValidationError("Two letters, as in ISO 3166-1 alpha-2.")
        return value.upper()


class NewCustomer(CustomerValues):
    identities = IdentityForm(many=True, min_length=1, max_length=20)


class Customers(Desk):
    """People who ask. A colleague sees those of visible tickets, and those who have no ticket yet."""

    noun = "customers"
    reads, writes = Scope.CUSTOMERS_READ, Scope.CUSTOMERS_WRITE
    sheet, filters, orders = CustomerSheet, CustomerFilter, BY_ID

    @describe("List and find customers", gives=CustomerSheet)
    def list(self, request: Request) -> Response:
        return self.listed(access.customers(request.user))

    @describe("Add a customer", takes=NewCustomer, gives=CustomerSheet, status=201)
    def create(self, request: Request) -> Response:
        given = self.taken(NewCustomer)
        identities = [(each["kind"], each["value"]) for each in given.pop("identities")]
        with refusals():
            made = directory.add_customer(given, identities, actor=request.user)
        return self._shown(made, 201)

    @describe("Read a customer", gives=CustomerSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(self.one(access.customers(request.user), pk=uniting.survivor(pk)))

    @describe("Change a customer", takes=CustomerValues, gives=CustomerSheet, versioned=True)
    def partial_update(self, request: Request, pk: int) -> Response:
        customer = self.one(access.customers(request.user), pk=pk)
        given = self.taken(CustomerValues, partial=True)
        with refusals():
            directory.change_customer(customer, given, actor=request.user, expected=self.expected())
        return self._shown(customer, 200)

    def _shown(self, customer: Customer, status: int) -> Response:
        found = self.one(access.customers(self.request.user), pk=customer.pk)
        return self.shown(
            found, status=status, location=_at("customer", customer.pk) if status == 201 else ""
        )


class IdentityFilter(FilterSet):
    customer = Id(field_name="customer_id", help_text="A customer's id.")
    kind = OneOf(Identity.Kind.values, help_text="What kind of address it is.")

    class Meta:
        model = Identity
        fields: list[str] = []


class Identities(Desk):
    """Where customers write from. Whoever writes from there is that customer."""

    noun = "identities"
    reads, writes = Scope.CUSTOMERS_READ, Scope.CUSTOMERS_WRITE
    sheet, filters, orders = IdentitySheet, IdentityFilter, BY_ID

    @describe("List identities", gives=IdentitySheet)
    def list(self, request: Request) -> Response:
        return self.listed(access.identities(request.user))

    @describe("Read an identity", gives=IdentitySheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(self.one(access.identities(request.user), pk=pk))

    @describe("Join another identity to a customer", takes=IdentityForm, gives=IdentitySheet, status=201)
    def create(self, request: Request, pk: int) -> Response:
        customer = access.customer(request.user, pk)
        given = self.taken(IdentityForm)
        with refusals():
            made = directory.add_identity(customer, given["kind"], given["value"], actor=request.user)
        return self.shown(made, status=201, location=_at("identity", made.pk))

    @describe("Part an identity from its customer", gives=NOTHING, status=204)
    def destroy(self, request: Request, pk: int) -> Response:
        found = self.one(access.identities(request.user), pk=pk)
        with refusals():
            directory.remove_identity(found, actor=request.user)
        return Response(status=204)


class OrganisationValues(Strict):
    """What can be written down about an organisation; what is not said stays as it is."""

    name = Text(max_length=160)
    domains = Words(longest=253, most=50, required=False, help_text="Who writes from there belongs to it.")
    notes = Text(max_length=20_000, allow_blank=True, required=False)
    custom = CustomValues(CustomField.Of.ORGANISATION)

    def validate_domains(self, value: list[str]) -> list[str]:
        return directory.domains(value)


class Organisations(Desk):
    """Companies that customers belong to."""

    noun = "organisations"
    reads, writes = Scope.CUSTOMERS_READ, Scope.CUSTOMERS_WRITE
    sheet, filters, orders = OrganisationSheet, OrganisationFilter, BY_ID

    @describe("List organisations", gives=OrganisationSheet)
    def list(self, request: Request) -> Response:
        return self.listed(access.organisations(request.user))

    @describe("Add an organisation", takes=OrganisationValues, gives=OrganisationSheet, status=201)
    def create(self, request: Request) -> Response:
        given = self.taken(OrganisationValues)
        with refusals():
            made = directory.add_organisation(given, actor=request.user)
        return self.shown(made, status=201, location=_at("organisation", made.pk))

    @describe("Read an organisation", gives=OrganisationSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(self.one(access.organisations(request.user), pk=pk))

    @describe("Change an organisation", takes=OrganisationValues, gives=OrganisationSheet, versioned=True)
    def partial_update(self, request: Request, pk: int) -> Response:
        found = self.one(access.organisations(request.user), pk=pk)
        given = self.taken(OrganisationValues, partial=True)
        with refusals():
            changed = directory.change_organisation(
                found, given, actor=request.user, expected=self.expected()
            )
        return self.shown(changed)


def _at(name: str, pk: Any) -> str:
    return reverse(f"tickets-api:{name}", args=[pk])
