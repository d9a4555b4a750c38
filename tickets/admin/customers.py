"""Customers, where they write from, and the organisations they belong to."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.postgres.forms import SimpleArrayField
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from helpdesk.showcase import Showcase, links
from tickets import customers
from tickets.admin.exchange import Exportable
from tickets.models import Customer, Identity, ImportRun, Organisation, Ticket


class IdentityForm(forms.ModelForm):
    """One spelling for one identity, whoever writes it down."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") and given.get("value"):
            given["value"] = customers.normalise(given["kind"], given["value"])
        return given


class IdentitiesOfCustomer(admin.TabularInline):
    model = Identity
    form = IdentityForm
    extra = 1
    fields = ("kind", "value", "created_at", "bounced_at", "bounce_reason")
    readonly_fields = ("created_at", "bounced_at", "bounce_reason")


@admin.register(Customer)
class CustomerAdmin(Exportable, Showcase[Customer]):
    """With their tickets they cannot be deleted here: that takes everything with it, everywhere."""

    table = ImportRun.Table.CUSTOMERS
    list_display = ("name", "addresses", "organisation", "language", "created_at")
    list_filter = ("language",)
    list_select_related = ("organisation",)
    search_fields = ("name", "=identities__value")
    search_help_text = _("A part of the name, or a whole address")
    sortable_by = ()
    autocomplete_fields = ("organisation",)
    inlines = (IdentitiesOfCustomer,)
    readonly_fields = ("created_at", "tickets_link")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Customer]:
        return super().get_queryset(request).prefetch_related("identities")

    @admin.display(description=_("addresses"))
    def addresses(self, customer: Customer) -> str:
        return ", ".join(identity.value for identity in customer.identities.all())

    @admin.display(description=_("tickets"))
    def tickets_link(self, customer: Customer) -> SafeString | str:
        return links(Ticket, _("Show"), customer__id__exact=customer.pk) if customer.pk else "–"

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
    table = ImportRun.Table.ORGANISATIONS
    form = OrganisationForm
    list_display = ("name", "domains", "customers_link")
    search_fields = ("name",)
    ordering = ["name"]

    @admin.display(description=_("customers"))
    def customers_link(self, organisation: Organisation) -> SafeString:
        return links(Customer, _("Show"), organisation__id__exact=organisation.pk)
