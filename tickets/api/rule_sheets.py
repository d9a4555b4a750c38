"""Rules as JSON: what they say and said, what they did, and what one would have done."""

from typing import Any

from rest_framework import serializers

from helpdesk.rest.fields import Choice, Number, Strict, Text, Truth
from helpdesk.rest.sheets import Named, Sheet
from tickets.models import Rule, RuleRun, RuleVersion, Ticket
from tickets.models.rule import LONGEST_WAIT
from tickets.rules import clocks, conditions, keeping, traits, triggers, undoing
from tickets.rules.actions import ACTIONS, MOST, STOP
from tickets.rules.conditions import MOST_ROWS

WHEN = f"What sets it off, any of: {', '.join(sorted(triggers.TRIGGERS))}. Empty for a rule of time."
CLOCK = f"Instead, time that passes: {', '.join(clocks.CLOCKS)}; empty for a rule of what happens."
OPS = "; ".join(f"{sort}: {', '.join(ops)}" for sort, ops in conditions.OPS.items())
FIELD = (
    f"One of: {', '.join(sorted(traits.TRAITS))}; or `{traits.CUSTOM}` and the key of a custom field. "
    f"What is asked decides which `op` there are: {OPS}."
)
DO = f"One of: {', '.join(sorted(ACTIONS))}; `{STOP}` leaves out the rules after it."


class ConditionRow(Strict):
    field = Text(max_length=80, help_text=FIELD)
    op = Text(max_length=20)
    value = serializers.JSONField(allow_null=True)


class Conditions(Strict):
    """All rows of `all` hold, and one of `any`, where there are some."""

    all = ConditionRow(many=True, required=False, max_length=MOST_ROWS)
    any = ConditionRow(many=True, required=False, max_length=MOST_ROWS)


class RuleAction(Strict):
    do = Text(max_length=40, help_text=DO)
    value = serializers.JSONField(allow_null=True, required=False, help_text="As in macros.")


class RuleValues(Strict):
    """A rule of what happens has `triggers`; one of time has `clock`, `minutes` and `statuses`."""

    name = Text(max_length=80)
    triggers = serializers.ListField(child=Text(max_length=24), max_length=50, required=False, help_text=WHEN)
    clock = Text(max_length=16, allow_blank=True, required=False, help_text=CLOCK)
    minutes = Number(max_value=LONGEST_WAIT, required=False)
    statuses = serializers.ListField(
        child=Choice(choices=Ticket.Status.values), max_length=20, required=False
    )
    at_work = Truth(required=False, help_text="At night it waits for the morning of the ticket's team.")
    overdue_too = Truth(required=False, help_text="When switched on, tickets whose time has passed come too.")
    conditions = Conditions(required=False)
    actions = RuleAction(many=True, max_length=MOST)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """Something that happens, or time that passes: whoever names one takes back the other."""
        if given.get("triggers") and given.get("clock"):
            raise serializers.ValidationError({"clock": ["Either triggers or a clock: not both."]})
        return {**given, "clock": ""} if given.get("triggers") else given


class RuleOrder(Strict):
    rules = serializers.ListField(
        child=Number(),
        min_length=1,
        max_length=keeping.MOST,
        help_text="The ids of rules in their order; those that are not named come after, as they were.",
    )


class RuleSheet(Sheet):
    """What happens by itself: when this happens, if that holds, do these. Made switched off."""

    triggers = serializers.ListField(child=serializers.CharField(), read_only=True, help_text=WHEN)
    statuses = serializers.ListField(child=serializers.CharField(), read_only=True)
    conditions = serializers.DictField(child=serializers.JSONField(), read_only=True, help_text=FIELD)
    actions = serializers.ListField(child=serializers.JSONField(), read_only=True, help_text=DO)

    class Meta:
        model = Rule
        fields = (
            *("id", "name", "position", "is_active", "triggers", "clock", "minutes", "statuses", "at_work"),
            *("overdue_too", "conditions", "actions", "version", "made_at", "changed_at"),
        )
        read_only_fields = fields


class RuleVersionSheet(Sheet):
    """A rule as it was from `at` on; `body` holds all that it said."""

    related = ("by",)

    by = Named(read_only=True, allow_null=True)
    body = serializers.DictField(child=serializers.JSONField(), read_only=True)

    class Meta:
        model = RuleVersion
        fields = ("number", "body", "by", "at")
        read_only_fields = fields


class RuleRunSheet(Sheet):
    """What a rule did to a ticket: `done` is action, before and after; `left` is action and why not."""

    related = ("ticket", "undone_by")

    ticket = serializers.IntegerField(source="ticket.number", read_only=True)
    rule = serializers.IntegerField(source="rule_id", read_only=True, allow_null=True)
    done = serializers.ListField(child=serializers.JSONField(), read_only=True)
    left = serializers.ListField(child=serializers.JSONField(), read_only=True)
    can_be_undone = serializers.SerializerMethodField()
    undone_by = Named(read_only=True, allow_null=True)

    class Meta:
        model = RuleRun
        fields = (
            *("id", "key", "ticket", "rule", "name", "version", "done", "left", "at", "can_be_undone"),
            *("undone_at", "undone_by"),
        )
        read_only_fields = fields

    def get_can_be_undone(self, run: RuleRun) -> bool:
        return undoing.can_be_undone(run)


class WouldSheet(serializers.Serializer):
    ticket = serializers.IntegerField(source="ticket.number", read_only=True)
    at = serializers.DateTimeField(read_only=True)


class RehearsalSheet(serializers.Serializer):
    """What a rule would have done; tickets as they were then, the newest first, at most 50."""

    days = serializers.IntegerField(read_only=True)
    looked = serializers.IntegerField(read_only=True, help_text="At how many events or moments.")
    is_cut = serializers.BooleanField(read_only=True, help_text="Whether older ones were left out.")
    times = serializers.IntegerField(read_only=True, help_text="How often it would have run.")
    tickets = serializers.IntegerField(read_only=True, help_text="On how many tickets.")
    would = WouldSheet(many=True, read_only=True)
    follows = Named(many=True, read_only=True, help_text="Rules that are on and that it may set off.")
