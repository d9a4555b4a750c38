"""Messages and the files that came or went with them."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from helpdesk.showcase import ReadOnly, linked, links
from tickets.models import Attachment, Delivery, Event, Message, PicturePermission
from tickets.pictures import permission


@admin.register(Message)
class MessageAdmin(ReadOnly[Message]):
    list_display = ("id", "direction", "ticket_link", "sender", "subject", "created_at")
    list_filter = ("direction", "is_automatic", "id_reused", "authenticity", "is_unverified")
    list_select_related = ("ticket", "author")
    search_fields = ("=external_id", "=ticket__number")
    search_help_text = _("A Message-ID without brackets, or the number of a ticket")
    sortable_by = ()
    exclude = ("ticket", "author", "customer", "channel", "record")
    readonly_fields = (
        "ticket_link",
        "author_link",
        "customer_link",
        "channel_link",
        "record_link",
        "records",
    )
    ticket_link = staticmethod(linked("ticket", _("ticket")))
    author_link = staticmethod(linked("author", _("author")))
    customer_link = staticmethod(linked("customer", _("customer")))
    channel_link = staticmethod(linked("channel", _("channel")))
    record_link = staticmethod(linked("record", _("inbound record")))

    def view_on_site(self, message: Message) -> str:
        return reverse("tickets:ticket", args=[message.ticket.number])

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "record__id__exact" or super().lookup_allowed(lookup, value, request)

    @admin.display(description=_("sender"))
    def sender(self, message: Message) -> str:
        return message.sender_address or str(message.author or "–")

    @admin.display(description=_("records"))
    def records(self, message: Message) -> SafeString:
        shown = [
            links(model, model._meta.verbose_name_plural, message__id__exact=message.pk)
            for model in (Attachment, Delivery, Event)
        ]
        return format_html_join(" · ", "{}", ((each,) for each in shown))


@admin.register(Attachment)
class AttachmentAdmin(ReadOnly[Attachment]):
    """Files of messages; what colleagues have in their drafts is theirs."""

    list_display = ("id", "name", "state", "sniffed_type", "size", "inline", "ticket_link")
    list_filter = ("state", "inline")
    list_select_related = ("message__ticket",)
    search_fields = ("=sha256", "=message__ticket__number")
    search_help_text = _("A digest, or the number of a ticket")
    sortable_by = ()
    exclude = ("message", "draft")
    readonly_fields = ("message_link", "ticket_link")
    message_link = staticmethod(linked("message", _("message")))
    ticket_link = staticmethod(linked("message__ticket", _("ticket")))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Attachment]:
        return super().get_queryset(request).filter(message__isnull=False)

    def view_on_site(self, attachment: Attachment) -> str:
        return reverse("tickets:attachment", args=[attachment.pk, attachment.name or "file"])


@admin.register(PicturePermission)
class PicturePermissionAdmin(ReadOnly[PicturePermission]):
    """Given and taken back on the ticket; here one sees who allowed what, and takes it back."""

    actions = ("withdraw",)

    list_display = ("id", "identity", "message_link", "user", "at")
    list_select_related = ("identity", "message", "user")
    search_fields = ("=identity__value",)
    exclude = ("message",)
    readonly_fields = ("message_link",)
    message_link = staticmethod(linked("message", _("message")))

    stays = _("It is given on the ticket. To take it back, choose it in the list, and take it back above it.")

    @admin.action(description=_("Take back selected permissions"))
    def withdraw(self, request: HttpRequest, rows: QuerySet[PicturePermission]) -> None:
        chosen = rows.select_related("message__ticket", "identity")
        self.apply(request, chosen, permission.withdraw)
