"""Policies of times as JSON: what they say and said, and what a change would do to the open tickets."""

from typing import Any

from rest_framework import serializers

from helpdesk.accounts import access as staff_access
from helpdesk.rest.fields import Choice, Number, Row, Strict, Text, Truth, Words
from helpdesk.rest.sheets import Named, Sheet
from tickets import access as ticket_access
from tickets.models import Customer, SlaPolicy, SlaVersion, Ticket
from tickets.models.sla import LONGEST, Told
from tickets.sla import access, forecast

MINUTES = {"max_value": LONGEST, "allow_null": True, "required": False}
TELLS = f"Any of: {', '.join(Told.values)}."


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


class PolicyValues(Strict):
    """Null and an empty text take a value away: the policy is then for tickets of any.

    It sets one of the three times at least, and warns by `warn_share` (percent of the time) or by
    `warn_minutes`; whoever names one takes back the other.
    """

    name = Text(max_length=80)
    position = Number(required=False, help_text="Its place in the order, 1 being the first; else the last.")
    is_active = Truth(required=False)
    kind = Choice(choices=Ticket.Kind.values, required=False)
    priority = Number(
        required=False, allow_null=True, min_value=2, max_value=4, help_text="At least: 2 to 4, urgent."
    )
    importance = Number(
        required=False,
        allow_null=True,
        min_value=min(Customer.Importance.values[1:]),
        max_value=max(Customer.Importance.values),
        help_text="Of the customer, at least.",
    )
    channel = Row(ticket_access.channels, required=False, allow_null=True, help_text="A channel's id.")
    organisation = Row(
        ticket_access.organisations, required=False, allow_null=True, help_text="An organisation's id."
    )
    team = Row(staff_access.teams, required=False, allow_null=True, help_text="A team's id.")
    calendar = Row(
        access.calendars,
        required=False,
        allow_null=True,
        help_text="The id of working hours; null is round the clock.",
    )
    first_reply = Number(**MINUTES)
    next_reply = Number(**MINUTES)
    resolution = Number(**MINUTES)
    pauses_on_hold = Truth(required=False)
    warn_share = Number(required=False, allow_null=True, max_value=99)
    warn_minutes = Number(**MINUTES)
    warn_tells = Words(longest=12, most=len(Told), required=False, help_text=TELLS)
    late_tells = Words(longest=12, most=len(Told), required=False, help_text=TELLS)
    raises_priority = Truth(required=False)
    escalate_minutes = Number(**MINUTES)
    hands_back = Truth(required=False)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        ways = ("warn_share", "warn_minutes")
        for one, other in (ways, ways[::-1]):
            if given.get(one) and other not in given:
                return {**given, other: None}
        return given


class PolicyVersionSheet(Sheet):
    """What a policy said from `made_at` on; `terms` holds all of it, its working hours too."""

    related = ("made_by",)

    made_by = Named(read_only=True, allow_null=True)
    terms = serializers.DictField(child=serializers.JSONField(), read_only=True)

    class Meta:
        model = SlaVersion
        fields = ("number", "terms", "made_by", "made_at")
        read_only_fields = fields


class ChangesSheet(serializers.Serializer):
    """How many open tickets; one may be among several."""

    earlier = serializers.IntegerField(read_only=True, default=0, help_text="Would be due earlier.")
    later = serializers.IntegerField(read_only=True, default=0, help_text="Would be due later.")
    breached = serializers.IntegerField(read_only=True, default=0, help_text="Would be overdue at once.")
    begun = serializers.IntegerField(read_only=True, default=0, help_text="Would get a due time.")
    gone = serializers.IntegerField(read_only=True, default=0, help_text="Would have none any more.")


class Numbers(serializers.ListField):
    """Numbers of tickets; none where nothing would change so."""

    def __init__(self) -> None:
        super().__init__(child=serializers.IntegerField(), read_only=True, default=list)


class ExamplesSheet(serializers.Serializer):
    """Some of them."""

    earlier, later, breached, begun, gone = Numbers(), Numbers(), Numbers(), Numbers(), Numbers()


class ForecastSheet(serializers.Serializer):
    """What would change for the tickets that are open now. Nothing is written."""

    looked_at = serializers.IntegerField(
        read_only=True, help_text=f"Open tickets; the newest {forecast.MOST} of more."
    )
    is_all = serializers.BooleanField(read_only=True)
    counts = ChangesSheet(read_only=True)
    examples = ExamplesSheet(read_only=True)
