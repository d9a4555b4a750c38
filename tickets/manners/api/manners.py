"""How one writes to a customer, for programs: the note on their country, their greeting, their holidays."""

from django.http import Http404
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts.models import Scope
from helpdesk.rest.schema import describe
from helpdesk.rest.views import Desk
from tickets import access
from tickets.manners import beside
from tickets.manners.models import CountryNote


class HolidaySheet(serializers.Serializer):
    day = serializers.DateField(read_only=True)
    name = serializers.CharField(read_only=True)


class MannersSheet(serializers.Serializer):
    """`place` is a country in capitals or a language; `by` says what told it, `country` being the record."""

    place = serializers.CharField(source="place.code", read_only=True)
    by = serializers.ChoiceField(choices=["country", "phone", "domain", "zone", "language"], read_only=True)
    formality = serializers.ChoiceField(
        choices=CountryNote.Formality.values, source="place.formality", read_only=True
    )
    order = serializers.ChoiceField(choices=CountryNote.Order.values, source="place.order", read_only=True)
    address = serializers.CharField(source="said.address", read_only=True)
    care = serializers.CharField(source="said.care", read_only=True)
    language = serializers.CharField(read_only=True, help_text="Of the greeting and the closing words.")
    greeting = serializers.CharField(read_only=True)
    ending = serializers.CharField(read_only=True)
    holidays = HolidaySheet(many=True, read_only=True)
    local_time = serializers.SerializerMethodField()

    def get_local_time(self, found: beside.Beside) -> str | None:
        return found.today.isoformat(timespec="minutes") if found.has_time else None


class Manners(Desk):
    """How one writes to a customer. Not found where nothing tells their country or language."""

    noun = "customers"
    reads = Scope.CUSTOMERS_READ

    @describe("Read how one writes to a customer", gives=MannersSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        customer = access.customer(request.user, pk)
        found = beside.of(customer, customer.identities.all(), timezone.now(), reader="en")
        if found is None:
            raise Http404
        return Response(MannersSheet(found).data)
