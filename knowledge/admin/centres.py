"""Help centres in Django admin: what each is called, how it looks, its domains and channels."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpdesk.showcase import Audited, InLanguages
from knowledge import centres, writing
from knowledge.models import CentreChannel, Domain, HelpCentre, Picture
from tickets.inspection import raster

PASTED = re.compile(r"^(?:https?://)?([^/]*?)\.?/?$", re.IGNORECASE)


@dataclass
class Shown:
    """A picture as the field of a form shows what is there."""

    picture: Picture

    @property
    def url(self) -> str:
        return reverse("knowledge:help-picture", args=[self.picture.token])

    def __str__(self) -> str:
        return str(self.picture)


class PictureField(forms.FileField):
    """A picture to draw; what it gives is a kept `Picture`, None when it is taken away."""

    def to_python(self, data: Any) -> Any:
        sent = super().to_python(data)
        content = sent.read(writing.MOST_BYTES + 1) if sent else b""
        found = raster.read(content)
        if sent and (found is None or not found.is_reasonable or len(content) > writing.MOST_BYTES):
            raise ValidationError(_("This file is no picture, or larger than 5 MB."))
        return (content, sent.name, found.content_type) if sent and found else None

    @staticmethod
    def kept(value: Any, before: Picture | None) -> Picture | None:
        """After cleaning: the new one stored, the one before, or none."""
        if isinstance(value, tuple):
            content, name, kind = value
            return writing.add_picture(content, name, content_type=kind)
        return before if value else None


class CentreForm(InLanguages):
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: all of them."),
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


class DomainForm(forms.ModelForm):
    """A name as people paste it, brought to how browsers send it."""

    name = forms.CharField(label=gettext_lazy("Domain"), max_length=300, help_text="help.example.com")

    def clean_name(self) -> str:
        given = PASTED.sub(r"\1", self.cleaned_data["name"].strip()).lower()
        try:
            name = given if given.isascii() else given.encode("idna").decode("ascii")
        except UnicodeError:
            name = given
        if name in centres.of_the_desk():
            raise ValidationError(
                _("This is the desk's own address, where colleagues sign in. Take another name.")
            )
        return name


class DomainInline(admin.TabularInline):
    model = Domain
    form = DomainForm
    extra = 1


class ChannelFormSet(forms.BaseInlineFormSet):
    def clean(self) -> None:
        """The contact form's mailbox is one of these: else its requests would show at another centre."""
        super().clean()
        centre: Any = self.instance
        rows = [form.cleaned_data for form in self.forms if hasattr(form, "cleaned_data")]
        own = {each["channel"].pk for each in rows if each.get("channel") and not each.get("DELETE")}
        if centre.mailbox_id is None or centre.mailbox_id in own:
            return
        others = CentreChannel.objects.exclude(centre=centre.pk).filter(channel=centre.mailbox_id)
        if not _is_first(centre) or others.exists():
            raise ValidationError(_("The mailbox of the contact form has to be among these channels."))


class ChannelInline(admin.TabularInline):
    model = CentreChannel
    formset = ChannelFormSet
    extra = 1


def _is_first(centre: HelpCentre) -> bool:
    first = HelpCentre.objects.first()
    return first is None or first.pk == centre.pk


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
        centre.is_first = _is_first(centre)
        return format_html('<a href="{0}">{0}</a>', centres.address(centre, "help-begin"))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        given: dict[str, Any] = super().get_changeform_initial_data(request)
        return {"slug": "" if HelpCentre.objects.exists() else "main", **given}

    def has_delete_permission(self, request: HttpRequest, obj: HelpCentre | None = None) -> bool:
        """The first one stays: it answers for what is no other's."""
        return super().has_delete_permission(request, obj) and (obj is None or not _is_first(obj))

    def save_model(self, request: HttpRequest, obj: HelpCentre, form: Any, change: bool) -> None:
        if not change:  # the first one has the number 1, whoever made it
            obj.pk = (HelpCentre.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        centres.forget()
        if not _is_first(form.instance) and not form.instance.channels.exists():
            told = _("It has no channel of its own: nobody can write to it, and no requests are shown there.")
            messages.warning(request, told)

    def delete_model(self, request: HttpRequest, obj: HelpCentre) -> None:
        super().delete_model(request, obj)
        centres.forget()

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        super().delete_queryset(request, queryset)
        centres.forget()
