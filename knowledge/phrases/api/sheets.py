"""Pairs of phrases as JSON."""

from rest_framework import serializers

from helpdesk.rest.fields import Choice, Strict, Text, Truth
from helpdesk.rest.sheets import Sheet
from knowledge.phrases.models import PhrasePair

AVOID = (
    "One phrase a line, each found in all its forms; `refund*` with any ending, `=but` in that form alone."
)
PREFER = "One phrase a line, the best first; a dash where the words are best left out."


class PairSheet(Sheet):
    """A pair of phrases."""

    class Meta:
        model = PhrasePair
        fields = ("id", "language", "avoid", "prefer", "why", "context", "is_active", "changed_at")
        read_only_fields = fields


class PairValues(Strict):
    language = serializers.RegexField(r"^[a-z]{2}\Z", help_text="ISO 639-1, such as `en`.")
    avoid = Text(max_length=600, help_text=AVOID)
    prefer = Text(max_length=600, help_text=PREFER)
    why = Text(max_length=200, required=False, allow_blank=True)
    context = Choice(choices=PhrasePair.Context.choices, required=False)
    is_active = Truth(required=False)
