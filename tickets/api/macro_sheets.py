"""Macros as JSON: what they do, and what running one did."""

from typing import Any

from rest_framework import serializers

from helpdesk.accounts import access as staff_access
from helpdesk.rest import whose
from helpdesk.rest.fields import Choice, Number, Row, Strict, Text
from helpdesk.rest.sheets import Named, Sheet
from helpdesk.rest.whose import EVERYBODY, ME, TEAM
from tickets.bulk import MOST
from tickets.models import Batch, Macro

STEPS = (
    "What it does, by name: `team`, `assignee` (an id, null, or `me`), `kind`, `priority` (1 to 4), "
    "`tag_add`, `tag_remove`, `custom`, `status`, `snooze` (`3h`, `1d`, `3d`, `7d` or `answer`), `reply` "
    "and `note`, texts with placeholders."
)


class MacroSheet(Sheet):
    """Several changes to a ticket in one. A reply is put into the draft of whoever runs it, never sent."""

    related = ("owner", "team")

    owner = Named(read_only=True, allow_null=True)
    team = Named(read_only=True, allow_null=True)
    steps = serializers.DictField(
        child=serializers.JSONField(allow_null=True), read_only=True, help_text=STEPS
    )

    class Meta:
        model = Macro
        fields = ("id", "title", "owner", "team", "steps", "made_at", "changed_at")
        read_only_fields = fields


class MacroValues(Strict):
    title = Text(max_length=60)
    whose = Choice(
        choices=[ME, TEAM, EVERYBODY], default=ME, help_text="Who may run it; `team` needs a team."
    )
    team = Row(staff_access.teams, required=False, help_text="The id of the team it is for.")
    steps = serializers.DictField(child=serializers.JSONField(allow_null=True), help_text=STEPS)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        return whose.checked(given, "A macro for a team names it, and no other does.")


class Running(Strict):
    tickets = serializers.ListField(
        child=Number(min_value=1), min_length=1, max_length=MOST, help_text="The numbers of the tickets."
    )


class RunSheet(Sheet):
    """A macro that was run: how many tickets it changed, and how many were left as they were."""

    changed = serializers.SerializerMethodField()

    class Meta:
        model = Batch
        fields = ("id", "changed", "left", "made_at", "undone_at")
        read_only_fields = fields

    def get_changed(self, batch: Batch) -> int:
        return len(batch.changes)
