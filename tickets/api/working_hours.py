"""Working hours for programs: weeks and the days that differ, set up by admins."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts.hours import Span
from helpdesk.accounts.models import Calendar, Scope
from helpdesk.accounts.zones import ZONES
from helpdesk.rest.fields import Strict, Text
from helpdesk.rest.problems import conflict
from helpdesk.rest.schema import NOTHING, describe
from helpdesk.rest.sheets import Sheet
from helpdesk.rest.views import Desk
from tickets.api.policies import refusals
from tickets.api.policy_sheets import ForecastSheet
from tickets.sla import access, forecast, hours_text, keeping, terms

SPAN = {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}
SPANS = {"type": "object", "additionalProperties": {"type": "array", "items": SPAN}}
NAMES = {"type": "object", "additionalProperties": {"type": "string"}}
WEEKDAYS = [str(day) for day in range(7)]
MOST_SHIFTS = 12


class WorkingHoursSheet(Sheet):
    """`week` has the spans of each weekday, 0 being Monday; `days` those that differ, empty for a day off."""

    prefetch = ("shifts", "holidays")

    week = serializers.SerializerMethodField()
    days = serializers.SerializerMethodField()
    day_names = serializers.SerializerMethodField()

    class Meta:
        model = Calendar
        fields = ("id", "name", "time_zone", "week", "days", "day_names", "changed_at")
        read_only_fields = fields

    @extend_schema_field(SPANS)
    def get_week(self, calendar: Calendar) -> Any:
        return terms.hours_written(calendar.name, calendar.hours())["week"]

    @extend_schema_field(SPANS)
    def get_days(self, calendar: Calendar) -> Any:
        return terms.hours_written(calendar.name, calendar.hours())["days"]

    @extend_schema_field(NAMES)
    def get_day_names(self, calendar: Calendar) -> Any:
        return {each.day.isoformat(): each.name for each in calendar.holidays.all() if each.name}


class Spans(serializers.ListField):
    """The hours of a day, such as [["09:00", "12:00"], ["13:00", "17:00"]]; 00:00 as an end is midnight."""

    def __init__(self, **options: Any) -> None:
        pair = serializers.ListField(child=serializers.TimeField(), min_length=2, max_length=2)
        super().__init__(child=pair, max_length=MOST_SHIFTS, **options)

    def to_internal_value(self, data: Any) -> list[Span]:
        found = sorted((starts, ends) for starts, ends in super().to_internal_value(data))
        if not hours_text.make_sense(found):
            raise serializers.ValidationError("A span ends after it begins, and none overlaps another.")
        return found


class HoursValues(Strict):
    """As they are read. `week` and `days` are given whole: nobody works on a weekday that is left out.

    The names of days are kept for those that stay, unless `day_names` has others.
    """

    name = Text(max_length=80)
    time_zone = Text(max_length=64, required=False, help_text="Such as Europe/Budapest; else UTC.")
    week = serializers.DictField(child=Spans(), required=False)
    days = serializers.DictField(child=Spans(), required=False)
    day_names = serializers.DictField(child=Text(max_length=hours_text.LONGEST_NAME), required=False)

    def validate_time_zone(self, value: str) -> str:
        if value not in ZONES:
            raise serializers.ValidationError("There is no such time zone.")
        return value

    def validate_week(self, value: dict[str, Any]) -> dict[int, list[Span]]:
        if wrong := sorted(set(value) - set(WEEKDAYS)):
            raise serializers.ValidationError({wrong[0]: ["A day of the week, from 0 (Monday) to 6."]})
        return {int(day): spans for day, spans in value.items()}

    def validate_days(self, value: dict[str, Any]) -> dict[date, list[Span]]:
        if len(value) > hours_text.MOST_DAYS:
            raise serializers.ValidationError(f"At most {hours_text.MOST_DAYS} days.")
        if many := [day for day, spans in value.items() if len(spans) > 1]:
            raise serializers.ValidationError({many[0]: ["One span at most, or none for a day off."]})
        return _dated(value)

    def validate_day_names(self, value: dict[str, str]) -> dict[date, str]:
        return _dated(value)


class Timed(Desk):
    """What admins set up of working hours."""

    noun = "working-hours"
    reads, writes = Scope.SETTINGS_READ, Scope.SETTINGS_WRITE

    def _kept(self, pk: int) -> Calendar:
        found = access.calendars(self.request.user).filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def _given(self, **options: Any) -> dict[str, Any]:
        if not access.may_set_up(self.request.user):
            raise PermissionDenied
        return self.taken(HoursValues, **options)


class WorkingHours(Timed):
    """The working hours that policies, teams and colleagues go by."""

    sheet = WorkingHoursSheet
    orders = {"id": ("id",), "-id": ("-id",)}

    @describe("List working hours", gives=WorkingHoursSheet)
    def list(self, request: Request) -> Response:
        return self.listed(access.calendars(request.user))

    @describe("Read working hours", gives=WorkingHoursSheet)
    def retrieve(self, request: Request, pk: int) -> Response:
        return self.shown(self.one(access.calendars(request.user), pk=pk))

    @describe("Make working hours", takes=HoursValues, gives=WorkingHoursSheet, status=201)
    def create(self, request: Request) -> Response:
        given = self._given()
        with refusals():
            made = keeping.change_hours(Calendar(), given, actor=request.user)
        row = self.one(access.calendars(request.user), pk=made.pk)
        return self.shown(row, status=201, location=reverse("tickets-api:working-hours-one", args=[row.pk]))

    @describe("Change working hours", takes=HoursValues, gives=WorkingHoursSheet, versioned=True)
    def partial_update(self, request: Request, pk: int) -> Response:
        calendar = self._kept(pk)
        given = self._given(partial=True)
        with refusals():
            keeping.change_hours(calendar, given, actor=request.user, expected=self.expected())
        return self.retrieve(request, pk)

    @describe("Remove working hours that nobody goes by", gives={204: NOTHING})
    def destroy(self, request: Request, pk: int) -> Response:
        try:
            keeping.remove_hours(self._kept(pk), actor=request.user)
        except keeping.InUse as refusal:
            raise conflict("Policies, teams or colleagues go by them.") from refusal
        return Response(status=204)


class HoursForecasts(Timed):
    """What other working hours would change for the open tickets, before they are kept."""

    @describe("What a change would do: nothing is done", takes=HoursValues, gives=ForecastSheet)
    def foresee(self, request: Request, pk: int) -> Response:
        calendar = self._kept(pk)
        hours = keeping.hours_with(calendar, self._given(partial=True))
        found = forecast.forecast(forecast.with_hours(calendar, hours), timezone.now())
        return Response(ForecastSheet(found).data)


def _dated(given: Mapping[str, Any]) -> dict[date, Any]:
    found: dict[date, Any] = {}
    for written, value in given.items():
        try:
            found[date.fromisoformat(written)] = value
        except ValueError as wrong:
            raise serializers.ValidationError({written: ["A day, such as 2026-12-25."]}) from wrong
    return found
