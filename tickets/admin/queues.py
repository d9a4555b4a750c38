"""What happened, what still follows from it, and what has to go out."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from helpdesk.showcase import ReadOnly, linked, links
from tickets import fates, reactions
from tickets.models import Delivery, Event, Lane, Notification, Reaction, WrittenTo
from tickets.models.delivery import DeliveryQuerySet


@admin.register(Event)
class EventAdmin(ReadOnly[Event]):
    list_display = ("id", "kind", "ticket_link", "who", "data", "at")
    list_filter = ("kind",)
    list_select_related = ("ticket", "user", "customer")
    search_fields = ("=ticket__number",)
    search_help_text = _("The number of a ticket")
    sortable_by = ()
    exclude = ("ticket", "message", "user", "customer")
    readonly_fields = ("ticket_link", "message_link", "user_link", "customer_link", "reactions_link")
    ticket_link = staticmethod(linked("ticket", _("ticket")))
    message_link = staticmethod(linked("message", _("message")))
    user_link = staticmethod(linked("user", _("by colleague")))
    customer_link = staticmethod(linked("customer", _("by customer")))

    @admin.display(description=_("by"))
    def who(self, event: Event) -> str:
        return event.user.byline if event.user else str(event.customer or "–")

    @admin.display(description=_("reactions that wait"))
    def reactions_link(self, event: Event) -> SafeString:
        return links(Reaction, _("Show"), event__id__exact=event.pk)


class Parked(admin.SimpleListFilter):
    title = _("given up")
    parameter_name = "parked"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(parked_at__isnull=self.value() == "no") if self.value() else queryset


@admin.register(Reaction)
class ReactionAdmin(ReadOnly[Reaction]):
    list_display = ("id", "name", "event_link", "attempts", "due_at", "parked_at", "error")
    list_filter = (Parked, "name")
    list_select_related = ("event",)
    search_fields = ("=event__ticket__number",)
    search_help_text = _("The number of a ticket")
    actions = ("unpark",)
    exclude = ("event",)
    readonly_fields = ("event_link",)
    event_link = staticmethod(linked("event", _("event")))

    @admin.action(description=_("Try selected reactions once more"))
    def unpark(self, request: HttpRequest, rows: QuerySet[Reaction]) -> None:
        self.apply(request, rows.filter(parked_at__isnull=False), reactions.unpark)


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly[Delivery]):
    list_display = ("id", "state", "kind", "ticket_link", "to", "attempts", "due_at", "sent_at", "error")
    list_filter = ("state", "kind", "channel")
    list_select_related = ("message__ticket",)
    search_fields = ("=external_id", "=message__ticket__number")
    search_help_text = _("A Message-ID without brackets, or the number of a ticket")
    sortable_by = ()
    actions = ("resend", "drop")
    exclude = ("message", "channel")
    readonly_fields = ("message_link", "ticket_link", "channel_link")
    message_link = staticmethod(linked("message", _("message")))
    ticket_link = staticmethod(linked("message__ticket", _("ticket")))
    channel_link = staticmethod(linked("channel", _("channel")))

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "message__ticket__id__exact" or super().lookup_allowed(lookup, value, request)

    @admin.display(description=_("to"))
    def to(self, delivery: Delivery) -> str:
        return ", ".join(delivery.recipients.get("to", []))

    @admin.action(description=_("Send selected deliveries once more"))
    def resend(self, request: HttpRequest, deliveries: DeliveryQuerySet) -> None:
        self.apply(request, deliveries.troubled(), fates.resend)

    @admin.action(description=_("Give selected deliveries up"))
    def drop(self, request: HttpRequest, deliveries: DeliveryQuerySet) -> None:
        self.apply(request, deliveries.troubled(), fates.drop)


@admin.register(Lane)
class LaneAdmin(ReadOnly[Lane]):
    list_display = ("name", "served_at", "failures", "rests_until", "error")
    search_fields = ("name",)
    sortable_by = ()


@admin.register(WrittenTo)
class WrittenToAdmin(ReadOnly[WrittenTo]):
    list_display = ("digest", "first_at")
    search_fields = ("=digest",)
    sortable_by = ()


@admin.register(Notification)
class NotificationAdmin(ReadOnly[Notification]):
    list_display = ("id", "kind", "user", "ticket_link", "by", "created_at", "read_at")
    list_filter = ("kind",)
    list_select_related = ("user", "by", "ticket")
    search_fields = ("=ticket__number", "user__name")
    search_help_text = _("The number of a ticket, or a name")
    sortable_by = ()
    exclude = ("ticket", "message")
    readonly_fields = ("ticket_link", "message_link")
    ticket_link = staticmethod(linked("ticket", _("ticket")))
    message_link = staticmethod(linked("message", _("message")))
