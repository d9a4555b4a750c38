"""Help centres in Django admin: what each is called, how it looks, its domains and channels."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import Max
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpdesk.showcase import Audited, InLanguages
from knowledge import centres, providers
from knowledge.admin.domains import ChannelInline, DomainInline, is_first
from knowledge.admin.pictures import PictureField, Shown
from knowledge.models import HelpCentre


class CentreForm(InLanguages):
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: all of them."),
    )
    videos_from = forms.MultipleChoiceField(
        label=gettext_lazy("Videos from"),
        choices=providers.NAMES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Their videos play in articles once the reader asks for it; of others the link stays."
        ),
    )
    new_logo = PictureField(label=gettext_lazy("Logo"), required=False)
    new_icon = PictureField(label=gettext_lazy("Icon in browsers"), required=False)

    class Meta:
        model = HelpCentre
        exclude = ("logo", "icon")

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for name in ("logo", "icon"):
            if picture := getattr(self.instance, name):
                self.initial[f"new_{name}"] = Shown(picture)

    def save(self, commit: bool = True) -> Any:
        for name in ("logo", "icon"):
            kept = PictureField.kept(self.cleaned_data[f"new_{name}"], getattr(self.instance, name))
            setattr(self.instance, name, kept)
        return super().save(commit)


@admin.register(HelpCentre)
class HelpCentreAdmin(Audited):
    form = CentreForm
    inlines = (DomainInline, ChannelInline)
    list_display = ("__str__", "slug", "position", "found_at", "is_open")
    readonly_fields = ("found_at",)
    prepopulated_fields = {"slug": ("name",)}

    def get_queryset(self, request: HttpRequest) -> Any:
        return HelpCentre.objects.with_hosts()

    @admin.display(description=gettext_lazy("found at"))
    def found_at(self, centre: HelpCentre) -> str:
        if centre.pk is None:
            return "–"
        centre.is_first = is_first(centre)
        return format_html('<a href="{0}">{0}</a>', centres.address(centre, "help-begin"))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        given: dict[str, Any] = super().get_changeform_initial_data(request)
        return {"slug": "" if HelpCentre.objects.exists() else "main", **given}

    def has_delete_permission(self, request: HttpRequest, obj: HelpCentre | None = None) -> bool:
        """The first one stays: it answers for what is no other's."""
        return super().has_delete_permission(request, obj) and (obj is None or not is_first(obj))

    def save_model(self, request: HttpRequest, obj: HelpCentre, form: Any, change: bool) -> None:
        if not change:  # the first one has the number 1, whoever made it
            obj.pk = (HelpCentre.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        centres.forget()
        if not is_first(form.instance) and not form.instance.channels.exists():
            told = _("It has no channel of its own: nobody can write to it, and no requests are shown there.")
            messages.warning(request, told)

    def delete_model(self, request: HttpRequest, obj: HelpCentre) -> None:
        super().delete_model(request, obj)
        centres.forget()

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        super().delete_queryset(request, queryset)
        centres.forget()
