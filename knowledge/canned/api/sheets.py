"""Canned responses as JSON: what they say, what they do, and one as it stands on a ticket."""

from typing import Any

from rest_framework import serializers

from channels_app.models import Channel
from helpdesk.accounts import access as staff_access
from helpdesk.rest import whose
from helpdesk.rest.fields import Choice, Number, Strict, Text, Truth
from helpdesk.rest.fields import Row as RowField
from helpdesk.rest.sheets import Named, Sheet
from helpdesk.rest.whose import EVERYBODY, ME, TEAM
from knowledge.canned.models import LONGEST, CannedResponse
from tickets.models import Topic

STEPS = "Actions that go with it, by name as in macros, without `reply` and `note`."
WORDINGS = (
    "By language (ISO 639): `body`, a text with placeholders, and `html`, the same formatted, or empty."
)


class WordingValues(Strict):
    body = Text(max_length=LONGEST, required=False, allow_blank=True, default="")
    html = Text(max_length=4 * LONGEST, required=False, allow_blank=True, default="")


class ResponseSheet(Sheet):
    """A canned response with its wordings. `used` and `solved` count replies sent with it, a week later."""

    related = ("owner", "team")
    prefetch = ("wordings", "topics")

    owner = Named(read_only=True, allow_null=True)
    team = Named(read_only=True, allow_null=True)
    topics = serializers.SlugRelatedField(slug_field="key", many=True, read_only=True)
    steps = serializers.DictField(
        child=serializers.JSONField(allow_null=True), read_only=True, help_text=STEPS
    )
    wordings = serializers.SerializerMethodField(help_text=WORDINGS)

    class Meta:
        model = CannedResponse
        fields = (
            *("id", "title", "shortcut", "owner", "team", "topics", "channels", "steps", "wordings"),
            *("is_active", "used", "solved", "made_at", "changed_at"),
        )
        read_only_fields = fields

    def get_wordings(self, response: CannedResponse) -> dict[str, dict[str, str]]:
        return {each.language: {"body": each.body, "html": each.html} for each in response.wordings.all()}


class ResponseValues(Strict):
    title = Text(max_length=80)
    shortcut = serializers.RegexField(r"^([^\W_][\w-]*)?\Z", max_length=30, required=False, allow_blank=True)
    whose = Choice(
        choices=[ME, TEAM, EVERYBODY], default=ME, help_text="Who may use it; `team` needs a team."
    )
    team = RowField(staff_access.teams, required=False, help_text="The id of the team it is for.")
    topics = serializers.SlugRelatedField(
        slug_field="key", many=True, required=False, queryset=Topic.objects.filter(is_active=True)
    )
    channels = serializers.ListField(
        child=Choice(choices=Channel.Kind.choices), required=False, help_text="Kinds; none: for all."
    )
    steps = serializers.DictField(
        child=serializers.JSONField(allow_null=True), required=False, help_text=STEPS
    )
    wordings = serializers.DictField(child=WordingValues(), help_text=WORDINGS)
    is_active = Truth(required=False)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        whose.checked(given, "A response for a team names it, and no other does.")
        codes = given.get("wordings", {})
        if wrong := next((code for code in codes if not _is_language(code)), None):
            raise serializers.ValidationError({"wordings": [f"This is no language: {wrong}"]})
        return given


class UseValues(Strict):
    ticket = Number(help_text="The number of the ticket.")
    language = Text(
        max_length=8, required=False, help_text="Of the wording; the customer's when it is left out."
    )
    words_only = Truth(required=False, help_text="Leave out the actions.")


class FilledSheet(serializers.Serializer):
    """What went into the caller's draft."""

    language = serializers.CharField()
    wanted = serializers.CharField(
        help_text="The customer's language; another where there is no wording in it."
    )
    text = serializers.CharField()
    html = serializers.CharField(help_text="Empty where nothing is formatted.")
    missing = serializers.ListField(
        child=serializers.CharField(), help_text="Placeholders that nothing is known for: they stand in it."
    )
    files = serializers.ListField(child=serializers.CharField(), help_text="The names of files on the draft.")


def _is_language(code: str) -> bool:
    return 2 <= len(code) <= 8 and code.replace("-", "").isascii() and code.replace("-", "").isalpha()
