"""Saved views, as they stand; they are made and changed in the workspace."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from helpdesk.showcase import ReadOnly, linked
from tickets.models import View


@admin.register(View)
class ViewAdmin(ReadOnly[View]):
    list_display = ("title", "owner_link", "team_link", "order", "position")
    list_filter = ("team",)
    list_select_related = ("owner", "team")
    search_fields = ("title", "owner__name")
    sortable_by = ()
    exclude = ("owner", "team")
    readonly_fields = ("owner_link", "team_link")
    owner_link = staticmethod(linked("owner", _("colleague")))
    team_link = staticmethod(linked("team", _("team")))
