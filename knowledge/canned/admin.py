"""Canned responses in Django admin: who may use which, what they say, the starter set; uses as they stand."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from channels_app.models import Channel
from helpdesk.showcase import Audited, ReadOnly
from knowledge.canned import by_rule, keeping, shipping
from knowledge.canned.models import CannedResponse, RepeatedAnswer, ResponseFile, Use, Wording

__all__ = ["by_rule"]  # loading this registers what rules can do


class ResponseForm(forms.ModelForm):
    channels = forms.MultipleChoiceField(choices=Channel.Kind.choices, required=False)

    class Meta:
        model = CannedResponse
        fields = ("title", "shortcut", "owner", "team", "topics", "channels", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named: Any = CannedResponse._meta.get_field("channels")
        self.fields["channels"].label = named.verbose_name
        self.fields["channels"].help_text = named.help_text

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        home = {"owner": given.get("owner"), "team": given.get("team")}
        same = CannedResponse.objects.filter(**home, shortcut__iexact=given.get("shortcut", ""))
        if given.get("shortcut") and same.exclude(pk=self.instance.pk).exists():
            self.add_error("shortcut", _("Another response has this shortcut."))
        return given


class WordingForm(forms.ModelForm):
    class Meta:
        model = Wording
        fields = ("language", "body", "html")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("body"):
            words = {"body": given["body"], "html": given.get("html", "")}
            try:
                sound = keeping.sound_wordings({"x": words})
            except keeping.Refused as refused:
                raise forms.ValidationError(
                    _("This placeholder or condition is not known: %(what)s")
                    % {"what": next(iter(refused.errors.values()))}
                ) from refused
            given |= sound["x"]
        return given


class WordingInline(admin.StackedInline):
    model = Wording
    form = WordingForm
    extra = 0
    min_num = 1


class FileInline(admin.TabularInline):
    model = ResponseFile
    extra = 0
    fields = ("name", "language", "content_type", "size")
    readonly_fields = fields
    can_delete = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(CannedResponse)
class CannedResponseAdmin(Audited):
    form = ResponseForm
    change_list_template = "admin/canned/responses.html"
    list_display = ("title", "shortcut", "owner", "team", "is_active", "used", "solved")
    list_filter = ("is_active", "team", "topics")
    list_select_related = ("owner", "team")
    search_fields = ("title", "shortcut", "wordings__body")
    filter_horizontal = ("topics",)
    inlines = [WordingInline, FileInline]

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The kinds of channel are the form's own."""
        return super().get_form(request, obj, change, **{**kwargs, "fields": ResponseForm.Meta.fields})

    def get_urls(self) -> list[Any]:
        load = path("load/", self.admin_site.admin_view(require_POST(self.load)), name="canned_load")
        return [load, *super().get_urls()]

    def load(self, request: HttpRequest) -> HttpResponse:
        """The starter set, as far as it is not there yet."""
        made = shipping.load()
        said = ngettext("%(count)d response was added.", "%(count)d responses were added.", made)
        messages.success(request, said % {"count": made})
        return redirect("admin:canned_cannedresponse_changelist")


@admin.register(Use)
class UseAdmin(ReadOnly[Use]):
    list_display = ("response", "ticket", "user", "language", "at", "is_solved")
    list_select_related = ("response", "ticket", "user")
    list_filter = ("is_solved",)


@admin.register(RepeatedAnswer)
class RepeatedAnswerAdmin(ReadOnly[RepeatedAnswer]):
    list_display = ("__str__", "language", "times", "writers", "owner", "team", "state")
    list_select_related = ("owner", "team")
    list_filter = ("state", "language")
