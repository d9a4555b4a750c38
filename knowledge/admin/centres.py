"""Help centres in Django admin: what each is called, how it looks, its domains and channels."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from helpdesk.showcase import Audited, InLanguages
from knowledge import centres, pointing, providers
from knowledge.admin.domains import ChannelInline, DomainInline, is_first
from knowledge.admin.pictures import PictureField, Shown
from knowledge.models import Domain, HelpCentre


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
    readonly_fields = ("found_at", "domains_lead_here")
    prepopulated_fields = {"slug": ("name",)}

    def get_queryset(self, request: HttpRequest) -> Any:
        return HelpCentre.objects.with_hosts()

    @admin.display(description=gettext_lazy("found at"))
    def found_at(self, centre: HelpCentre) -> str:
        if centre.pk is None:
            return "–"
        centre.is_first = is_first(centre)
        return format_html('<a href="{0}">{0}</a>', centres.address(centre, "help-begin"))

    @admin.display(description=gettext_lazy("domains lead here"))
    def domains_lead_here(self, centre: HelpCentre) -> str:
        if centre.pk is None or not centre.names:
            return "–"
        address = reverse("admin:knowledge_helpcentre_domains", args=[centre.pk])
        return format_html('<a href="{}">{}</a>', address, _("Check"))

    def get_urls(self) -> list[Any]:
        checking = path(
            "<int:pk>/domains/",
            self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.check_domains)),
            name="knowledge_helpcentre_domains",
        )
        return [checking, *super().get_urls()]

    def check_domains(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What is found at each domain; one that leads here is put into links."""
        centre = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, centre):
            raise PermissionDenied
        if request.method == "POST":
            given = request.POST.get("domain", "")
            named = get_object_or_404(centre.domains, pk=given if given.isdecimal() else 0)
            return self._put_into_links(request, centre, named)
        rows = [(each, pointing.look(each.name)) for each in centre.domains.all()]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Do the domains lead here?"),
            "opts": self.opts,
            "centre": centre,
            "rows": rows,
        }
        return TemplateResponse(request, "admin/knowledge/domains.html", context)

    def _put_into_links(self, request: HttpRequest, centre: HelpCentre, domain: Domain) -> HttpResponse:
        domain.is_live = True
        domain.save(update_fields=["is_live"])
        self.tell(request, centre, ["domains"], add=False)
        centres.forget()
        messages.success(request, _("Links lead to %(domain)s now.") % {"domain": domain.name})
        return redirect("admin:knowledge_helpcentre_domains", centre.pk)

    def _after(self, request: HttpRequest, centre: HelpCentre) -> HttpResponseRedirect | None:
        """Whoever wrote down a domain sees at once whether it leads here."""
        if not getattr(request, "has_new_domains", False):
            return None
        return redirect("admin:knowledge_helpcentre_domains", centre.pk)

    def response_post_save_add(self, request: HttpRequest, obj: HelpCentre) -> HttpResponseRedirect:
        return self._after(request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: HelpCentre) -> HttpResponseRedirect:
        return self._after(request, obj) or super().response_post_save_change(request, obj)

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
        named = next(each for each in formsets if each.model is Domain)
        request.has_new_domains = bool(named.new_objects or named.changed_objects)  # type: ignore[attr-defined]
        if not is_first(form.instance) and not form.instance.channels.exists():
            told = _("It has no channel of its own: nobody can write to it, and no requests are shown there.")
            messages.warning(request, told)

    def delete_model(self, request: HttpRequest, obj: HelpCentre) -> None:
        super().delete_model(request, obj)
        centres.forget()

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        super().delete_queryset(request, queryset)
        centres.forget()
