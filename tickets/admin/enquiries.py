"""What was asked of others within tickets."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from helpdesk.showcase import ReadOnly, linked
from tickets.models import Enquiry


@admin.register(Enquiry)
class EnquiryAdmin(ReadOnly[Enquiry]):
    list_display = ("id", "subject", "whom", "ticket_link", "made_by_link", "made_at")
    list_select_related = ("ticket", "made_by")
    search_fields = ("=ticket__number", "subject", "whom")
    search_help_text = _("The number of a ticket, words of the subject, or who was asked")
    sortable_by = ()
    exclude = ("ticket", "made_by")
    readonly_fields = ("ticket_link", "made_by_link")
    ticket_link = staticmethod(linked("ticket", _("ticket")))
    made_by_link = staticmethod(linked("made_by", _("asked by")))
