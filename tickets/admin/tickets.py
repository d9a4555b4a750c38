"""Tickets, and that somebody is writing an answer."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from helpdesk.showcase import ReadOnly, linked, links
from tickets import bin, search
from tickets.admin.exchange import Exportable
from tickets.models import Delivery, Draft, Event, ImportRun, Message, Ticket


@admin.register(Ticket)
class TicketAdmin(Exportable, ReadOnly[Ticket]):
    table = ImportRun.Table.TICKETS
    list_display = (
        "number",
        "subject",
        "status",
        "folder",
        "customer_link",
        "team",
        "assignee",
        "created_at",
    )
    list_display_links = ("number", "subject")
    list_filter = ("folder", "status", "kind", "priority", "team", "channel")
    list_select_related = ("customer", "team", "assignee")
    search_fields = ("number",)
    search_help_text = _("A number, or words of a message, its sender or subject")
    sortable_by = ()
    actions = ("restore",)
    exclude = ("customer", "channel", "assignee", "follows", "merged_into")
    readonly_fields = (
        "customer_link",
        "channel_link",
        "assignee_link",
        "follows_link",
        "merged_link",
        "records",
    )
    customer_link = staticmethod(linked("customer", _("customer")))
    channel_link = staticmethod(linked("channel", _("channel")))
    assignee_link = staticmethod(linked("assignee", _("assignee")))
    follows_link = staticmethod(linked("follows", _("follows")))
    merged_link = staticmethod(linked("merged_into", _("joined into")))

    def view_on_site(self, ticket: Ticket) -> str:
        return reverse("tickets:ticket", args=[ticket.number])

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Ticket], search_term: str
    ) -> tuple[QuerySet[Ticket], bool]:
        """As on the desk: by number and by words."""
        if not search_term:
            return queryset, False
        by_words = Q(pk__in=search.find(search_term))
        return queryset.filter(by_words | Q(number=search.number(search_term))), False

    @admin.display(description=_("records"))
    def records(self, ticket: Ticket) -> SafeString:
        shown = [
            links(Message, Message._meta.verbose_name_plural, ticket__id__exact=ticket.pk),
            links(Event, Event._meta.verbose_name_plural, ticket__id__exact=ticket.pk),
            links(Delivery, Delivery._meta.verbose_name_plural, message__ticket__id__exact=ticket.pk),
        ]
        return format_html_join(" · ", "{}", ((each,) for each in shown))

    @admin.action(description=_("Restore selected tickets to the desk"))
    def restore(self, request: HttpRequest, tickets: QuerySet[Ticket]) -> None:
        self.apply(request, tickets.exclude(folder=Ticket.Folder.DESK), bin.restore)


@admin.register(Draft)
class DraftAdmin(ReadOnly[Draft]):
    """That somebody is writing, and where; not what."""

    list_display = ("id", "mode", "author", "ticket_link", "updated_at")
    list_filter = ("mode",)
    list_select_related = ("ticket", "author")
    search_fields = ("=ticket__number", "author__name")
    fields = ("mode", "author_link", "ticket_link", "updated_at")
    author_link = staticmethod(linked("author", _("author")))
    ticket_link = staticmethod(linked("ticket", _("ticket")))
    readonly_fields = ("author_link", "ticket_link", "updated_at")
