"""Expected times in Django admin: how they are told; figures and what was told as they stand."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from helpdesk.showcase import Audited, Explained, ReadOnly, linked
from tickets.expected.models import Expectation, ExpectedTime, Pace


@admin.register(Expectation)
class ExpectationAdmin(Audited, Explained):
    stays = _("There is one row of settings, and it stays.")
    list_display = ("__str__", "is_told", "promise_hours", "least", "corrects_itself")
    fields = ("is_told", "promise_hours", "least", "corrects_itself")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Asked by the menu of every page, which shows no link to add one: only its own pages look."""
        here = request.resolver_match.url_name if request.resolver_match else ""
        return str(here).startswith("expected_expectation_") and not Expectation.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.pk = 1  # the one row there is
        super().save_model(request, obj, form, change)


@admin.register(Pace)
class PaceAdmin(ReadOnly[Pace]):
    list_display = ("what", "team", "cell", "count", "median", "most", "queue", "at")
    list_select_related = ("team",)
    list_filter = ("what",)


@admin.register(ExpectedTime)
class ExpectedTimeAdmin(ReadOnly[ExpectedTime]):
    list_display = ("pk", "ticket_link", "until", "outcome", "slips_at", "corrected_at")
    list_select_related = ("ticket",)
    search_fields = ("=ticket__number",)
    sortable_by = ()
    exclude = ("ticket",)
    readonly_fields = ("ticket_link",)
    ticket_link = staticmethod(linked("ticket", _("ticket")))
