"""How soon tickets are to be answered, for programs: policies, hours, and why a ticket is due when."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts.models import Calendar, Scope
from helpdesk.rest.schema import describe
from helpdesk.rest.sheets import Named, Sheet
from helpdesk.rest.views import Desk
from tickets import access as ticket_access
from tickets.models import SlaPolicy
from tickets.sla import access, terms, why
from tickets.sla.why import Why

SPAN = {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}
SPANS = {"type": "object", "additionalProperties": {"type": "array", "items": SPAN}}


class PolicySheet(Sheet):
    """All that it names has to hold for a ticket; the first that fits, by `position`, is the ticket's.

    `first_reply`, `next_reply`, `resolution`, `warn_minutes` and `escalate_minutes` are working minutes.
    """

    related = ("channel", "organisation", "team", "calendar")

    kind = serializers.CharField(read_only=True, help_text="Empty: of any kind.")
    channel = Named(read_only=True, allow_null=True)
    organisation = Named(read_only=True, allow_null=True)
    team = Named(read_only=True, allow_null=True)
    calendar = Named(read_only=True, allow_null=True, help_text="Working hours; null is round the clock.")
    warn_tells = serializers.ListField(child=serializers.CharField(), read_only=True)
    late_tells = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = SlaPolicy
        fields = (
            *("id", "name", "position", "is_active", "kind", "priority", "importance", "channel"),
            *("organisation", "team", "calendar", "first_reply", "next_reply", "resolution"),
            *("pauses_on_hold", "warn_share", "warn_minutes", "warn_tells", "late_tells"),
            *("raises_priority", "escalate_minutes", "hands_back"),
        )
        read_only_fields = fields


class WorkingHoursSheet(Sheet):
    """`week` has the spans of each weekday, 0 being Monday; `days` those that differ, empty for a day off."""

    prefetch = ("shifts", "holidays")

    week = serializers.SerializerMethodField()
    days = serializers.SerializerMethodField()

    class Meta:
        model = Calendar
        fields = ("id", "name", "time_zone", "week", "days")
        read_only_fields = fields

    @extend_schema_field(SPANS)
    def get_week(self, calendar: Calendar) -> Any:
        return terms.hours_written(calendar.name, calendar.hours())["week"]

    @extend_schema_field(SPANS)
    def get_days(self, calendar: Calendar) -> Any:
        return terms.hours_written(calendar.name, calendar.hours())["days"]


class PauseSheet(serializers.Serializer):
    start = serializers.DateTimeField(read_only=True)
    end = serializers.DateTimeField(read_only=True, allow_null=True)
    why = serializers.CharField(read_only=True)


class StretchSheet(serializers.Serializer):
    start = serializers.DateTimeField(read_only=True)
    end = serializers.DateTimeField(read_only=True)


class DueTimeSheet(serializers.Serializer):
    """One time to keep, with what it was reckoned from; minutes are working minutes."""

    target = serializers.CharField(read_only=True, help_text="first_reply, next_reply or resolution.")
    state = serializers.CharField(read_only=True, help_text="running, paused, met, late or dropped.")
    policy = serializers.CharField(read_only=True)
    version = serializers.IntegerField(read_only=True, help_text="Of the policy.")
    hours = serializers.CharField(read_only=True, help_text="Empty: round the clock.")
    started_at = serializers.DateTimeField(read_only=True)
    due_at = serializers.DateTimeField(read_only=True, allow_null=True, help_text="Null while it is paused.")
    ended_at = serializers.DateTimeField(read_only=True, allow_null=True)
    allowed_minutes = serializers.IntegerField(read_only=True, allow_null=True)
    used_minutes = serializers.IntegerField(read_only=True)
    left_minutes = serializers.IntegerField(read_only=True)
    is_overdue = serializers.BooleanField(read_only=True)
    pauses = PauseSheet(many=True, read_only=True)
    counted = StretchSheet(many=True, read_only=True, help_text="The hours that count.")


class Policies(Desk):
    """The policies of times. Admins set them up at the desk, where it is said what a change would do."""

    noun = "sla-policies"
    reads = Scope.SETTINGS_READ
    sheet = PolicySheet
    orders = {"position": ("position", "id"), "id": ("id",), "-id": ("-id",)}

    @describe("List policies of times", gives=PolicySheet)
    def list(self, request: Request) -> Response:
        return self.listed(access.policies(request.user))

    @describe("Read a policy of times", gives=PolicySheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(self.one(access.policies(request.user), pk=pk))


class WorkingHours(Desk):
    """The working hours that policies count in."""

    noun = "working-hours"
    reads = Scope.SETTINGS_READ
    sheet = WorkingHoursSheet
    orders = {"id": ("id",), "-id": ("-id",)}

    @describe("List working hours", gives=WorkingHoursSheet)
    def list(self, request: Request) -> Response:
        return self.listed(access.calendars(request.user))

    @describe("Read working hours", gives=WorkingHoursSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(self.one(access.calendars(request.user), pk=pk))


class DueTimes(Desk):
    """When a ticket is due, and why then."""

    noun = "tickets"
    reads = Scope.TICKETS_READ

    @describe("Read when a ticket is due, and why", gives=DueTimeSheet(many=True))
    def due_times(self, request: Request, number: int) -> Response:
        """Those that run or pause first, then those that ended, the newest first."""
        found = why.of(ticket_access.ticket(request.user, number), timezone.now())
        return Response(DueTimeSheet([_told(each) for each in found], many=True).data)


def _told(found: Why) -> dict[str, Any]:
    clock = found.clock
    return {
        "target": clock.target,
        "state": found.state,
        "policy": found.terms.name,
        "version": found.terms.number,
        "hours": found.terms.calendar_name,
        "started_at": clock.started_at,
        "due_at": clock.due_at,
        "ended_at": clock.ended_at,
        "allowed_minutes": None if found.allowed is None else _minutes(found.allowed),
        "used_minutes": _minutes(found.used),
        "left_minutes": _minutes(found.left),
        "is_overdue": found.is_overdue,
        "pauses": [{"start": start, "end": end, "why": reason} for start, end, reason in clock.pauses],
        "counted": [{"start": start, "end": end} for start, end in found.counted],
    }


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)
