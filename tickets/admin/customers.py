"""Customers, where they write from, and the organisations they belong to."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from helpdesk.accounts.zones import ZONES
from helpdesk.showcase import ReadOnly, Showcase, linked, links
from tickets import customers, directory, events, recipients
from tickets.admin.exchange import Exportable
from tickets.models import Customer, Event, Identity, ImportRun, Organisation, Ticket, Union

FEWEST_DIGITS = 3


class IdentityForm(forms.ModelForm):
    """One spelling for one identity, whoever writes it down; and one that can be written to."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind, value = given.get("kind"), given.get("value")
        if kind and value:
            given["value"] = customers.normalise(kind, value)
            if kind == Identity.Kind.EMAIL and not recipients.is_address(value.strip()):
                self.add_error("value", _("This is not an e-mail address."))
            if kind == Identity.Kind.PHONE and sum(char.isdigit() for char in value) < FEWEST_DIGITS:
                self.add_error("value", _("This is not a phone number."))
        return given


class IdentitiesFormSet(forms.BaseInlineFormSet):
    def clean(self) -> None:
        """Without any identity nobody could find the customer, or answer them."""
        super().clean()
        left = [
            form for form in self.forms if form.cleaned_data.get("value") and form not in self.deleted_forms
        ]
        if not left and not any(self.errors):
            raise forms.ValidationError(_("A customer keeps at least one address or number."))


class IdentitiesOfCustomer(admin.TabularInline):
    model = Identity
    form = IdentityForm
    formset = IdentitiesFormSet
    extra = 1
    fields = ("kind", "value", "created_at", "bounced_at", "bounce_reason")
    readonly_fields = ("created_at", "bounced_at", "bounce_reason")


class CustomerForm(forms.ModelForm):
    def clean_time_zone(self) -> str:
        zone: str = self.cleaned_data["time_zone"].strip()
        if zone and zone not in ZONES:
            raise forms.ValidationError(_("This is not a time zone, such as Europe/Budapest."))
        return zone

    def clean_country(self) -> str:
        country: str = self.cleaned_data["country"].strip().upper()
        if country and not (country.isascii() and country.isalpha() and len(country) == 2):
            raise forms.ValidationError(_("Two letters, such as HU."))
        return country

    def clean_language(self) -> str:
        language: str = self.cleaned_data["language"].strip().lower()
        if language and not (language.isascii() and language.replace("-", "").isalpha()):
            raise forms.ValidationError(_("A language code, such as hu."))
        return language


@admin.register(Customer)
class CustomerAdmin(Exportable, Showcase[Customer]):
    """With their tickets they cannot be deleted here: that takes everything with it, everywhere."""

    stays = _("A customer is not deleted here: tickets, messages and history belong to them.")
    table = ImportRun.Table.CUSTOMERS
    form = CustomerForm
    list_display = ("name", "addresses", "organisation", "language", "created_at")
    list_filter = ("importance", ("blocked_at", admin.EmptyFieldListFilter), "language")
    list_select_related = ("organisation",)
    search_fields = ("name", "=identities__value")
    search_help_text = _("A part of the name, or a whole address")
    sortable_by = ()
    autocomplete_fields = ("organisation",)
    inlines = (IdentitiesOfCustomer,)
    exclude = ("custom", "blocked_by", "merged_into")
    readonly_fields = ("created_at", "blocked_at", "erased_at", "merged_link", "tickets_link")
    merged_link = staticmethod(linked("merged_into", _("joined into")))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Customer]:
        return super().get_queryset(request).prefetch_related("identities")

    @admin.display(description=_("addresses"))
    def addresses(self, customer: Customer) -> str:
        return ", ".join(identity.value for identity in customer.identities.all())

    @admin.display(description=_("tickets"))
    def tickets_link(self, customer: Customer) -> SafeString | str:
        return links(Ticket, _("Show"), customer__id__exact=customer.pk) if customer.pk else "–"

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The same event as when a program or a page changes a customer."""
        super().save_related(request, form, formsets, change)
        fields = [*form.changed_data, *(each.prefix for each in formsets if each.has_changed())]
        kind = Event.Kind.CUSTOMER_CHANGED if change else Event.Kind.CUSTOMER_MADE
        told: dict[str, Any] = {"fields": sorted(fields)} if change else {}
        if fields:
            events.record(None, kind, actor=_actor(request), customer=form.instance.pk, **told)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class OrganisationForm(forms.ModelForm):
    domains = SimpleArrayField(
        forms.CharField(max_length=253),
        label=_("domains"),
        required=False,
        help_text=_("With commas between them. Who writes from there belongs to the organisation."),
    )

    def clean_domains(self) -> list[str]:
        return sorted({domain.strip().lower().lstrip("@") for domain in self.cleaned_data["domains"]} - {""})


@admin.register(Organisation)
class OrganisationAdmin(Exportable, Showcase[Organisation]):
    stays = _("Customers belong to this organisation: give them another one first. Then it can be deleted.")
    table = ImportRun.Table.ORGANISATIONS
    form = OrganisationForm
    exclude = ("custom",)
    list_display = ("name", "domains", "customers_link")
    search_fields = ("name",)
    ordering = ["name"]

    @admin.display(description=_("customers"))
    def customers_link(self, organisation: Organisation) -> SafeString:
        return links(Customer, _("Show"), organisation__id__exact=organisation.pk)

    def save_model(self, request: HttpRequest, obj: Organisation, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        kind = Event.Kind.ORGANISATION_CHANGED if change else Event.Kind.ORGANISATION_MADE
        told: dict[str, Any] = {"fields": sorted(form.changed_data)} if change else {}
        if form.changed_data:
            events.record(None, kind, actor=_actor(request), organisation=obj.pk, **told)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only one that nobody belongs to: nobody is parted from their company unawares."""
        return obj is None or not obj.customers.exists()

    def delete_model(self, request: HttpRequest, obj: Organisation) -> None:
        try:
            directory.remove_organisation(obj, actor=_actor(request))
        except directory.Inhabited as refusal:  # somebody came to belong to it meanwhile
            raise PermissionDenied from refusal

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Organisation]) -> None:
        for organisation in queryset:
            self.delete_model(request, organisation)


def _actor(request: HttpRequest) -> Any:
    return request.user


@admin.register(Union)
class UnionAdmin(ReadOnly[Union]):
    """Which customers were joined, by whom, and whether it was undone; the desk takes them apart again."""

    list_display = ("id", "source_link", "target_link", "united_by", "united_at", "undone_at")
    list_select_related = ("source", "target", "united_by")
    search_fields = ("=source__id", "=target__id")
    search_help_text = _("The id of a customer")
    sortable_by = ()
    fields = ("source_link", "target_link", "united_by", "united_at", "undone_by", "undone_at")
    readonly_fields = ("source_link", "target_link")
    source_link = staticmethod(linked("source", _("the customer that went")))
    target_link = staticmethod(linked("target", _("the customer that goes on")))
