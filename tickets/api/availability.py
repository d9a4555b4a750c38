"""Whether a colleague is there for new tickets: read by everybody, set by themselves and who leads them."""

from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts import access as staff_access
from helpdesk.accounts.models import Scope, User
from helpdesk.rest.fields import Choice, Strict
from helpdesk.rest.schema import describe
from helpdesk.rest.sheets import Sheet
from helpdesk.rest.views import Desk
from tickets import availability
from tickets.models import Availability
from tickets.routing import staff


class AvailabilityForm(Strict):
    state = Choice(choices=Availability.State.values)
    reason = Choice(
        choices=[value for value in Availability.Reason.values if value],
        required=False,
        help_text="Of a pause.",
    )
    until = serializers.DateTimeField(
        required=False, allow_null=True, help_text="When a pause ends by itself: to come, within a day."
    )


class AvailabilitySheet(Sheet):
    """`load` and `capacity` are counted in effort, by tickets whose customer waits for an answer."""

    user = serializers.IntegerField(source="pk", read_only=True)
    load = serializers.SerializerMethodField()
    breath = serializers.SerializerMethodField(
        help_text="Until when nothing new comes after a call or a chat; null for who gets no breath now."
    )

    class Meta:
        model = Availability
        fields = ("user", "state", "reason", "since", "until", "capacity", "load", "breath")
        read_only_fields = fields

    def get_load(self, row: Availability) -> int:
        return staff.with_loads([row], {}, timezone.now())[0].load

    def get_breath(self, row: Availability) -> datetime | None:
        return row.breath(timezone.now())


class Availabilities(Desk):
    """Who is there for new tickets."""

    noun = "availability"
    reads, writes = Scope.STAFF_READ, Scope.TICKETS_WRITE
    sheet = AvailabilitySheet

    @describe("Read whether a colleague is there", gives=AvailabilitySheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(availability.of(_colleague(request, pk)))

    @describe("Say whether a colleague is there", takes=AvailabilityForm, gives=AvailabilitySheet)
    def update(self, request: Request, pk: int) -> Response:
        user, actor = _colleague(request, pk), request.user
        if not availability.may_set(actor, user):
            raise Http404
        given = self.taken(AvailabilityForm)
        until = given.get("until")
        try:
            availability.be(user, given["state"], actor=actor, reason=given.get("reason", ""), until=until)
        except availability.BadTime as refusal:
            wrong = {"until": ["A pause ends at a time to come, within a day."]}
            raise serializers.ValidationError(wrong) from refusal
        return self.shown(availability.of(user))


def _colleague(request: Request, pk: int) -> User:
    viewer: Any = request.user
    found = staff_access.users(viewer).filter(pk=pk, is_program=False, is_active=True).first()
    if found is None:
        raise Http404
    return found
