"""Forms of those who look after the suggestion box."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from knowledge import centres
from knowledge.models import HelpCentre, Shown, Suggestion
from knowledge.models.suggestion import LONGEST_ANSWER, LONGEST_COMMENT, LONGEST_TEXT, LONGEST_TITLE
from knowledge.suggestions import deciding


class NewForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=LONGEST_TITLE)
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)


class BeginForm(NewForm):
    centre = forms.ModelChoiceField(
        HelpCentre.objects.all(),
        label=gettext_lazy("Help centre"),
        required=False,
        empty_label=gettext_lazy("The first one"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not centres.several():
            del self.fields["centre"]


class DecisionForm(NewForm):
    """The words of a suggestion, who sees it, and what becomes of it."""

    shown = forms.ChoiceField(label=gettext_lazy("Who sees it"), choices=Shown.choices)
    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=Suggestion.Status.choices)
    answer = forms.CharField(
        label=gettext_lazy("The company's answer"),
        max_length=LONGEST_ANSWER,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("In the language of the suggestion; readers see it with the status."),
    )

    @classmethod
    def of(cls, row: Suggestion) -> "DecisionForm":
        return cls(initial={name: getattr(row, name) for name in deciding.FIELDS})


class ReplyForm(forms.Form):
    text = forms.CharField(max_length=LONGEST_COMMENT)
    key = forms.UUIDField()
