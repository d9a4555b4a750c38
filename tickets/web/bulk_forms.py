"""What is done with chosen tickets, and to which: a form for each button of the list."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from tickets import snoozing
from tickets.web.forms import (
    AssigneeForm,
    KindForm,
    PriorityForm,
    SnoozeForm,
    StatusForm,
    TagsForm,
    TeamForm,
    TopicForm,
)
from tickets.web.typed import Key


class FolderForm(forms.Form):
    value = forms.ChoiceField(choices=[(name, name) for name in ("desk", "spam", "bin")])


class OwnForm(forms.Form):
    """Whether the colleague watches the chosen, or has them as new."""

    value = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda given: given == "1")


class SleepForm(SnoozeForm):
    """Until when the chosen are snoozed; "awake" wakes them, and its `value` is None."""

    AWAKE = "awake"
    value = forms.ChoiceField(choices=[*SnoozeForm.base_fields["value"].choices, (AWAKE, AWAKE)])  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        if given.get("value") in (None, self.AWAKE):
            return {**given, "value": None}
        now = timezone.now()
        until = self.until(now)
        if until is None:
            raise forms.ValidationError(_("Until when? Choose a day and a time."))
        try:
            snoozing.check(until, now)
        except snoozing.BadTime:
            raise forms.ValidationError(_("Choose a time to come, within a year.")) from None
        return {**given, "value": until}


class BatchForm(forms.Form):
    key = Key()
    number = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        numbers = [each for each in data.getlist("number") if each.isascii() and each.isdecimal()]
        self.fields["number"].choices = [(each, each) for each in numbers]  # type: ignore[attr-defined]


# Buttons first: a tag that was begun means nothing when another button is pressed.
FORMS: dict[str, type[forms.Form]] = {
    "assignee": AssigneeForm,
    "team": TeamForm,
    "status": StatusForm,
    "priority": PriorityForm,
    "kind": KindForm,
    "topic": TopicForm,
    "folder": FolderForm,
    "snooze": SleepForm,
    "new": OwnForm,
    "watch": OwnForm,
    "tag_add": TagsForm,
    "tag_remove": TagsForm,
}
TYPED = ("tag_add", "tag_remove")
