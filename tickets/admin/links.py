"""How tickets are linked, who watches them; and from where nobody is heard."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from helpdesk.showcase import ReadOnly, linked
from tickets.models import BlockedDomain, Link, Watch


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


@admin.register(BlockedDomain)
class BlockedDomainAdmin(ReadOnly[BlockedDomain]):
    list_display = ("domain", "blocked_by_link", "blocked_at", "lifted_at")
    list_select_related = ("blocked_by",)
    search_fields = ("domain",)
    sortable_by = ()
    exclude = ("blocked_by", "lifted_by")
    readonly_fields = ("blocked_by_link", "lifted_by_link")
    blocked_by_link = staticmethod(linked("blocked_by", _("blocked by")))
    lifted_by_link = staticmethod(linked("lifted_by", _("let through again by")))
