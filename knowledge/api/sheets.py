"""Suggestions as JSON: what customers wish for, and what is said to it."""

from django.conf import settings
from rest_framework import serializers

from helpdesk.rest.fields import Choice, Number, Strict, Text
from helpdesk.rest.sheets import Named, Sheet
from knowledge.models import Shown, Suggestion, SuggestionComment
from knowledge.models.suggestion import LONGEST_ANSWER, LONGEST_COMMENT, LONGEST_TEXT, LONGEST_TITLE

SHOWN = "`waiting` for approval, `public`, or `hidden`."


class SuggestionSheet(Sheet):
    """A suggestion; `votes` counts who wants it, `merged_into` is the one it was united with."""

    votes = serializers.IntegerField(source="wanted", read_only=True)
    comments = serializers.IntegerField(source="said", read_only=True, help_text="The public ones.")
    customer = serializers.IntegerField(source="customer_id", read_only=True, allow_null=True)
    centre = serializers.IntegerField(
        source="centre_id", read_only=True, allow_null=True, help_text="The help centre; null: the first one."
    )
    merged_into = serializers.IntegerField(source="merged_into_id", read_only=True, allow_null=True)

    class Meta:
        model = Suggestion
        fields = (
            *("id", "title", "text", "language", "status", "shown", "answer", "customer", "votes"),
            *("comments", "centre", "merged_into", "made_at", "decided_at"),
        )
        read_only_fields = fields


class SuggestionValues(Strict):
    title = Text(max_length=LONGEST_TITLE)
    text = Text(max_length=LONGEST_TEXT, required=False, allow_blank=True)
    language = Choice(choices=settings.LANGUAGES)


class DecisionValues(SuggestionValues):
    status = Choice(choices=Suggestion.Status.choices, required=False)
    shown = Choice(choices=Shown.choices, required=False, help_text=SHOWN)
    answer = Text(max_length=LONGEST_ANSWER, required=False, allow_blank=True)


class UniteValues(Strict):
    into = Number(help_text="The id of the suggestion that votes and comments go to.")


class CommentSheet(Sheet):
    """What a customer, or with an `author` the company, says to a suggestion."""

    related = ("author",)

    customer = serializers.IntegerField(source="customer_id", read_only=True, allow_null=True)
    author = Named(read_only=True, allow_null=True)

    class Meta:
        model = SuggestionComment
        fields = ("id", "customer", "author", "text", "shown", "made_at")
        read_only_fields = fields


class CommentValues(Strict):
    text = Text(max_length=LONGEST_COMMENT)
