"""How tickets are linked, and who watches them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from helpdesk.showcase import ReadOnly, linked
from tickets.models import Link, Watch


@admin.register(Link)
class LinkAdmin(ReadOnly[Link]):
    list_display = ("id", "source_link", "kind", "target_link", "made_by_link", "made_at")
    list_filter = ("kind",)
    list_select_related = ("source", "target", "made_by")
    search_fields = ("=source__number", "=target__number")
    search_help_text = _("The number of a ticket")
    sortable_by = ()
    exclude = ("source", "target", "made_by")
    readonly_fields = ("source_link", "target_link", "made_by_link")
    source_link = staticmethod(linked("source", _("ticket")))
    target_link = staticmethod(linked("target", _("linked with")))
    made_by_link = staticmethod(linked("made_by", _("linked by")))


@admin.register(Watch)
class WatchAdmin(ReadOnly[Watch]):
    list_display = ("id", "user_link", "ticket_link", "since")
    list_select_related = ("user", "ticket")
    search_fields = ("=ticket__number",)
    search_help_text = _("The number of a ticket")
    sortable_by = ()
    exclude = ("user", "ticket")
    readonly_fields = ("user_link", "ticket_link")
    user_link = staticmethod(linked("user", _("colleague")))
    ticket_link = staticmethod(linked("ticket", _("ticket")))
