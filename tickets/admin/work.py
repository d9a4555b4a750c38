"""Checklists and buttons to other systems, which admins set up; steps and time spent, as they stand."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpdesk.showcase import Audited, ReadOnly, linked
from tickets import shortcuts
from tickets.models import Checklist, Shortcut, Step, TimeSpent
from tickets.models.work import LONGEST_STEP

MOST_STEPS = 50


class ChecklistForm(forms.ModelForm):
    """Its steps as lines."""

    lines = forms.CharField(
        label=gettext_lazy("steps"),
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("One step a line."),
    )

    class Meta:
        model = Checklist
        fields = ("title", "team", "position", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lines"].initial = "\n".join(self.instance.steps or [])

    def clean_lines(self) -> str:
        steps = [" ".join(line.split()) for line in self.cleaned_data["lines"].splitlines() if line.strip()]
        if len(steps) > MOST_STEPS or any(len(step) > LONGEST_STEP for step in steps):
            said = _("At most %(most)d steps of %(long)d letters.")
            raise forms.ValidationError(said % {"most": MOST_STEPS, "long": LONGEST_STEP})
        self.instance.steps = steps
        return self.cleaned_data["lines"]


@admin.register(Checklist)
class ChecklistAdmin(Audited):
    form = ChecklistForm
    list_display = ("title", "team", "position", "is_active")
    list_filter = ("team", "is_active")
    list_select_related = ("team",)
    search_fields = ("title",)
    fields = ("title", "team", "lines", "position", "is_active")

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The lines are the form's own: the admin must not look for them among the columns."""
        return super().get_form(request, obj, change, **{**kwargs, "fields": ChecklistForm.Meta.fields})


class ShortcutForm(forms.ModelForm):
    class Meta:
        model = Shortcut
        fields = ("label", "url", "team", "position", "is_active")
        widgets = {"url": forms.TextInput(attrs={"class": "vLargeTextField"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = ", ".join(f"{{{name}}}" for name in shortcuts.NAMES)
        said = _(
            "Begins with https:// or http:// and the server. What stands in braces is filled in: %(names)s; "
            "custom fields as {ticket.custom.key} and {customer.custom.key}."
        )
        self.fields["url"].help_text = said % {"names": names}

    def clean_url(self) -> str:
        url = self.cleaned_data["url"].strip()
        try:
            shortcuts.check(url)
        except shortcuts.NoSuchName as wrong:
            raise forms.ValidationError(_("Nothing is called so: %(name)s") % {"name": wrong}) from wrong
        except shortcuts.NoAddress as wrong:
            said = _("An address that begins with https:// or http:// and a server of your choice.")
            raise forms.ValidationError(said) from wrong
        return url


@admin.register(Shortcut)
class ShortcutAdmin(Audited):
    form = ShortcutForm
    list_display = ("label", "url", "team", "position", "is_active")
    list_filter = ("team", "is_active")
    list_select_related = ("team",)
    search_fields = ("label", "url")


@admin.register(Step)
class StepAdmin(ReadOnly[Step]):
    list_display = ("id", "text", "ticket_link", "done_by_link", "done_at")
    list_select_related = ("ticket", "done_by")
    search_fields = ("=ticket__number", "text")
    sortable_by = ()
    exclude = ("ticket", "done_by", "made_by")
    readonly_fields = ("ticket_link", "done_by_link", "made_by_link")
    ticket_link = staticmethod(linked("ticket", gettext_lazy("ticket")))
    done_by_link = staticmethod(linked("done_by", gettext_lazy("done by")))
    made_by_link = staticmethod(linked("made_by", gettext_lazy("added by")))


@admin.register(TimeSpent)
class TimeSpentAdmin(ReadOnly[TimeSpent]):
    list_display = ("id", "minutes", "note", "ticket_link", "user_link", "at")
    list_select_related = ("ticket", "user")
    search_fields = ("=ticket__number", "user__name", "note")
    sortable_by = ()
    exclude = ("ticket", "user")
    readonly_fields = ("ticket_link", "user_link")
    ticket_link = staticmethod(linked("ticket", gettext_lazy("ticket")))
    user_link = staticmethod(linked("user", gettext_lazy("colleague")))
