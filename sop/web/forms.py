"""Forms of those who write procedures."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from channels_app.models import Channel
from helpdesk.accounts.models import Team, User
from sop.models import Chapter, Procedure, Wording
from tickets.models import Customer, Organisation, Ticket, Topic


class BeginForm(forms.Form):
    """A new procedure: what it is called, in which language, in which category."""

    title = forms.CharField(label=_("Title"), max_length=160)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    chapter = forms.ModelChoiceField(
        Chapter.objects.select_related("parent__parent"),
        label=_("Category"),
        empty_label=_("Choose a category"),
    )


class WritingForm(forms.Form):
    """All but the steps, which have as many fields as there are of them: see `sop.web.stepping`."""

    title = forms.CharField(label=_("Title"), max_length=160)
    summary = forms.CharField(
        label=_("In one sentence"),
        max_length=300,
        required=False,
        help_text=_("When is it needed, and what comes of it?"),
    )
    words = forms.CharField(
        label=_("Found by the words"),
        max_length=500,
        required=False,
        help_text=_("What customers write and colleagues search when they need it, with commas between."),
    )
    note = forms.CharField(
        label=_("What changed"),
        max_length=300,
        required=False,
        help_text=_("Stands with the version when it is published."),
    )
    is_to_be_read = forms.BooleanField(
        label=_("Put it before all whom it concerns, until they have read it"), required=False
    )

    @classmethod
    def of(cls, row: Wording) -> "WritingForm":
        return cls(initial={"title": row.title, "summary": row.summary, "words": row.words})


class PlaceForm(forms.Form):
    """Where a procedure stands, who answers for it, for whom it is, and which tickets it fits."""

    chapter = forms.ModelChoiceField(Chapter.objects.select_related("parent__parent"), label=_("Category"))
    owner = forms.ModelChoiceField(
        User.objects.people().at_work(),
        label=pgettext_lazy("of a procedure", "Owner"),
        required=False,
        help_text=_("Who sees to it that it holds true."),
    )
    review_on = forms.DateField(
        label=_("To be read again on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    review_months = forms.IntegerField(
        label=_("Read again every so many months"), min_value=0, max_value=120, help_text=_("0: never.")
    )
    teams = forms.ModelMultipleChoiceField(
        Team.objects.all(),
        label=_("For the teams"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: for all."),
    )
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.filter(is_active=True).select_related("parent__parent__parent"),
        label=_("Fits the topics"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    needed_for = forms.ModelMultipleChoiceField(
        Topic.objects.filter(is_active=True).select_related("parent__parent__parent"),
        label=_("Needed for the topics"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Routing gives tickets of these only to those who have read it."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Only for the kinds"),
        choices=Ticket.Kind.choices[1:],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    channels = forms.MultipleChoiceField(
        label=_("Only for the channels"),
        choices=Channel.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    importance = forms.TypedChoiceField(
        label=_("Only for customers from this importance on"), choices=Customer.Importance.choices, coerce=int
    )
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.all(), label=_("Only for the organisations"), required=False
    )

    def __init__(self, data: Any = None, *, procedure: Procedure) -> None:
        initial: dict[str, Any] = {name: getattr(procedure, name) for name in self.base_fields}
        for name in ("teams", "topics", "needed_for", "organisations"):
            initial[name] = list(getattr(procedure, name).values_list("pk", flat=True))
        super().__init__(data, initial=initial, prefix="place")
        if not Organisation.objects.exists():
            del self.fields["organisations"]
