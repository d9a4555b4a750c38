"""Saved views, changes of many tickets, messages to many, what was seen, and known words, as they stand."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from helpdesk.showcase import ReadOnly, linked
from tickets.models import (
    Addressee,
    Batch,
    Device,
    Macro,
    Mailing,
    Promise,
    PushKeys,
    Rating,
    RatingInvitation,
    RatingRefusal,
    Seen,
    Telling,
    View,
    Word,
)


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


@admin.register(Macro)
class MacroAdmin(ReadOnly[Macro]):
    list_display = ("title", "owner_link", "team_link", "changed_at")
    list_filter = ("team",)
    list_select_related = ("owner", "team")
    search_fields = ("title", "owner__name")
    sortable_by = ()
    exclude = ("owner", "team")
    readonly_fields = ("owner_link", "team_link")
    owner_link = staticmethod(linked("owner", _("colleague")))
    team_link = staticmethod(linked("team", _("team")))


@admin.register(Batch)
class BatchAdmin(ReadOnly[Batch]):
    list_display = ("id", "action", "user_link", "made_at", "undone_at")
    list_filter = ("action",)
    list_select_related = ("user",)
    search_fields = ("user__name",)
    sortable_by = ()
    exclude = ("user",)
    readonly_fields = ("user_link",)
    user_link = staticmethod(linked("user", _("by colleague")))


@admin.register(Mailing)
class MailingAdmin(ReadOnly[Mailing]):
    list_display = ("id", "subject", "author_link", "made_at")
    list_select_related = ("author",)
    search_fields = ("subject", "author__name")
    sortable_by = ()
    exclude = ("author", "channel", "team")
    readonly_fields = ("author_link", "channel_link", "team_link")
    author_link = staticmethod(linked("author", _("author")))
    channel_link = staticmethod(linked("channel", _("channel")))
    team_link = staticmethod(linked("team", _("team")))


@admin.register(Addressee)
class AddresseeAdmin(ReadOnly[Addressee]):
    list_display = ("id", "address", "state", "mailing_link", "ticket_link")
    list_filter = ("state",)
    list_select_related = ("mailing", "ticket")
    search_fields = ("=address",)
    sortable_by = ()
    exclude = ("mailing", "ticket")
    readonly_fields = ("mailing_link", "ticket_link")
    mailing_link = staticmethod(linked("mailing", _("message to many")))
    ticket_link = staticmethod(linked("ticket", _("ticket")))


@admin.register(Rating)
class RatingAdmin(ReadOnly[Rating]):
    list_display = ("id", "ticket_link", "score", "agent_link", "at", "changed_at")
    list_filter = ("score", "agent")
    list_select_related = ("ticket", "agent")
    search_fields = ("=ticket__number",)
    search_help_text = _("The number of a ticket")
    date_hierarchy = "at"
    sortable_by = ()
    exclude = ("ticket", "customer", "agent")
    readonly_fields = ("ticket_link", "customer_link", "agent_link")
    ticket_link = staticmethod(linked("ticket", _("ticket")))
    customer_link = staticmethod(linked("customer", _("customer")))
    agent_link = staticmethod(linked("agent", _("agent")))


@admin.register(RatingInvitation)
class RatingInvitationAdmin(ReadOnly[RatingInvitation]):
    list_display = ("id", "ticket_link", "state", "why", "due_at", "settled_at")
    list_filter = ("state", "why")
    list_select_related = ("ticket",)
    search_fields = ("=ticket__number",)
    search_help_text = _("The number of a ticket")
    sortable_by = ()
    exclude = ("ticket",)
    readonly_fields = ("ticket_link",)
    ticket_link = staticmethod(linked("ticket", _("ticket")))


@admin.register(RatingRefusal)
class RatingRefusalAdmin(ReadOnly[RatingRefusal]):
    list_display = ("id", "customer_link", "at")
    list_select_related = ("customer",)
    sortable_by = ()
    exclude = ("customer",)
    readonly_fields = ("customer_link",)
    customer_link = staticmethod(linked("customer", _("customer")))


@admin.register(Promise)
class PromiseAdmin(ReadOnly[Promise]):
    list_display = ("id", "ticket_link", "state", "due_at", "made_by_link", "made_at", "settled_at")
    list_filter = ("state",)
    list_select_related = ("ticket", "made_by")
    search_fields = ("=ticket__number",)
    search_help_text = _("The number of a ticket")
    sortable_by = ()
    exclude = ("ticket", "made_on", "made_by", "message", "kept_by")
    readonly_fields = ("ticket_link", "made_on_link", "made_by_link", "message_link", "kept_by_link")
    ticket_link = staticmethod(linked("ticket", _("ticket")))
    made_on_link = staticmethod(linked("made_on", _("made on the ticket")))
    made_by_link = staticmethod(linked("made_by", _("promised by")))
    message_link = staticmethod(linked("message", _("said in")))
    kept_by_link = staticmethod(linked("kept_by", _("kept by")))


@admin.register(Seen)
class SeenAdmin(ReadOnly[Seen]):
    list_display = ("id", "user_link", "ticket_link", "at")
    list_select_related = ("user", "ticket")
    search_fields = ("=ticket__number",)
    search_help_text = _("The number of a ticket")
    sortable_by = ()
    exclude = ("user", "ticket")
    readonly_fields = ("user_link", "ticket_link")
    user_link = staticmethod(linked("user", _("colleague")))
    ticket_link = staticmethod(linked("ticket", _("ticket")))


@admin.register(Word)
class WordAdmin(ReadOnly[Word]):
    list_display = ("text",)
    search_fields = ("text__startswith",)
    sortable_by = ()


@admin.register(PushKeys)
class PushKeysAdmin(ReadOnly[PushKeys]):
    list_display = ("public", "made_at")
    sortable_by = ()


@admin.register(Device)
class DeviceAdmin(ReadOnly[Device]):
    list_display = ("user_link", "name", "made_at", "told_at")
    list_select_related = ("user",)
    search_fields = ("user__name",)
    sortable_by = ()
    exclude = ("user", "endpoint")
    readonly_fields = ("user_link",)
    user_link = staticmethod(linked("user", _("colleague")))


@admin.register(Telling)
class TellingAdmin(ReadOnly[Telling]):
    list_display = ("user_link", "digest", "hour", "digested_at")
    list_select_related = ("user",)
    search_fields = ("user__name",)
    sortable_by = ()
    exclude = ("user",)
    readonly_fields = ("user_link",)
    user_link = staticmethod(linked("user", _("colleague")))
