"""When a ticket is due and why, for programs."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.accounts.models import Scope
from helpdesk.rest.schema import describe
from helpdesk.rest.views import Desk
from tickets import access as ticket_access
from tickets.sla import why
from tickets.sla.why import Why


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
