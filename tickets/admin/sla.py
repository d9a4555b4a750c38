"""Policies of times in Django admin, and what became of them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from helpdesk.showcase import Audited, ReadOnly, linked
from tickets.models import SlaClock, SlaEdition, SlaPolicy, SlaVersion
from tickets.models.sla import Told
from tickets.sla import policies

_TELLINGS = ("warn_tells", "late_tells")


class PolicyForm(forms.ModelForm):
    warn_tells = forms.MultipleChoiceField(choices=Told, required=False, widget=forms.CheckboxSelectMultiple)
    late_tells = forms.MultipleChoiceField(choices=Told, required=False, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = SlaPolicy
        fields = [
            *("name", "position", "is_active", "kind", "priority", "importance", "channel", "organisation"),
            *("team", "calendar", "first_reply", "next_reply", "resolution", "pauses_on_hold", "warn_share"),
            *(
                "warn_minutes",
                "warn_tells",
                "late_tells",
                "raises_priority",
                "escalate_minutes",
                "hands_back",
            ),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in _TELLINGS:
            if name in self.fields:
                self.fields[name].label = SlaPolicy._meta.get_field(name).verbose_name  # type: ignore[union-attr]


@admin.register(SlaPolicy)
class SlaPolicyAdmin(Audited):
    form = PolicyForm
    list_display = ("name", "position", "first_reply", "next_reply", "resolution", "calendar", "is_active")
    list_editable = ("position", "is_active")
    list_filter = ("is_active",)
    list_select_related = ("calendar",)
    search_fields = ("name",)
    autocomplete_fields = ("organisation",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        policies.notice(timezone.now(), actor=request.user)  # type: ignore[arg-type]


@admin.register(SlaVersion)
class SlaVersionAdmin(ReadOnly[SlaVersion]):
    list_display = ("__str__", "made_at", "made_by")
    list_select_related = ("made_by",)


@admin.register(SlaEdition)
class SlaEditionAdmin(ReadOnly[SlaEdition]):
    list_display = ("pk", "made_at", "reached", "finished_at")


@admin.register(SlaClock)
class SlaClockAdmin(ReadOnly[SlaClock]):
    list_display = ("pk", "ticket_link", "target", "started_at", "due_at", "ended_at", "outcome")
    list_filter = ("target", "outcome")
    list_select_related = ("ticket",)
    search_fields = ("=ticket__number",)
    sortable_by = ()
    exclude = ("ticket",)
    readonly_fields = ("ticket_link",)
    ticket_link = staticmethod(linked("ticket", gettext_lazy("ticket")))
