"""What was joined and split off, what is in doubt, and which ids of others lead to a ticket."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from helpdesk.showcase import ReadOnly, linked
from tickets.models import Citation, Doubt, Move


@admin.register(Move)
class MoveAdmin(ReadOnly[Move]):
    list_display = ("id", "kind", "source_link", "target_link", "moved_by_link", "moved_at", "undone_at")
    list_filter = ("kind",)
    list_select_related = ("source", "target", "moved_by")
    search_fields = ("=source__number", "=target__number")
    search_help_text = _("The number of a ticket")
    sortable_by = ()
    exclude = ("source", "target", "moved_by", "undone_by")
    readonly_fields = ("source_link", "target_link", "moved_by_link", "undone_by_link")
    source_link = staticmethod(linked("source", _("from the ticket")))
    target_link = staticmethod(linked("target", _("to the ticket")))
    moved_by_link = staticmethod(linked("moved_by", _("by colleague")))
    undone_by_link = staticmethod(linked("undone_by", _("undone by")))


@admin.register(Doubt)
class DoubtAdmin(ReadOnly[Doubt]):
    list_display = ("id", "ticket_link", "other_link", "reason", "state", "raised_at")
    list_filter = ("state", "reason")
    list_select_related = ("ticket", "other")
    search_fields = ("=ticket__number", "=other__number")
    search_help_text = _("The number of a ticket")
    sortable_by = ()
    exclude = ("ticket", "other", "message", "decided_by")
    readonly_fields = ("ticket_link", "other_link", "message_link", "decided_by_link")
    ticket_link = staticmethod(linked("ticket", _("ticket of its own")))
    other_link = staticmethod(linked("other", _("ticket it may belong to")))
    message_link = staticmethod(linked("message", _("message")))
    decided_by_link = staticmethod(linked("decided_by", _("decided by")))


@admin.register(Citation)
class CitationAdmin(ReadOnly[Citation]):
    list_display = ("id", "external_id", "ticket_link", "ours")
    list_select_related = ("ticket",)
    search_fields = ("=external_id", "=ticket__number")
    search_help_text = _("A Message-ID without brackets, or the number of a ticket")
    sortable_by = ()
    exclude = ("ticket",)
    readonly_fields = ("ticket_link",)
    ticket_link = staticmethod(linked("ticket", _("ticket")))
