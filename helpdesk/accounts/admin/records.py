"""API tokens and the audit log, in Django admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from helpdesk.accounts import tokens
from helpdesk.accounts.models import AuditEntry, Token
from helpdesk.showcase import ReadOnly, linked


@admin.register(Token)
class TokenAdmin(ReadOnly[Token]):
    """Everybody's tokens: what they may, whether they are used, and an end to them."""

    list_display = (
        "name",
        "hint",
        linked("user", _("colleague")),
        "scopes",
        "last_used_at",
        "expires_at",
        "revoked_at",
    )
    list_filter = ("user", ("revoked_at", admin.EmptyFieldListFilter))
    list_select_related = ("user",)
    search_fields = ("name", "hint", "user__name", "user__email")
    exclude = ("digest", "key")
    actions = ("revoke",)

    @admin.action(description=_("Revoke the chosen tokens"))
    def revoke(self, request: HttpRequest, queryset: Any) -> None:
        self.apply(request, queryset.select_related("user"), tokens.revoke)


@admin.register(AuditEntry)
class AuditAdmin(ReadOnly[AuditEntry]):
    list_display = (
        "at",
        "kind",
        linked("actor", _("by colleague")),
        linked("about", _("about colleague")),
        "data",
    )
    list_filter = ("kind", ("at", admin.DateFieldListFilter))
    date_hierarchy = "at"
    list_select_related = ("actor", "about")
    sortable_by = ()
    search_fields = ("actor__name", "actor__email", "about__name", "about__email")
