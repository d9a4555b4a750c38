"""What customers write into the suggestion box."""

from django import forms
from django.utils.translation import gettext_lazy

from knowledge.models.suggestion import LONGEST_COMMENT, LONGEST_TEXT, LONGEST_TITLE


class IdeaForm(forms.Form):
    """What a customer suggests; `website` is a trap that people do not see."""

    title = forms.CharField(label=gettext_lazy("What do you suggest?"), max_length=LONGEST_TITLE)
    text = forms.CharField(
        label=gettext_lazy("Why, and how would it help you?"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    website = forms.CharField(required=False)


class CommentForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your comment"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    website = forms.CharField(required=False)
