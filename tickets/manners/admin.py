"""Notes on countries that differ from what came with the desk, in Django admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from helpdesk.showcase import ReadOnly
from tickets.manners.models import CountryNote


@admin.register(CountryNote)
class CountryNoteAdmin(ReadOnly[CountryNote]):
    stays = _("Notes on countries are written on the page “Countries and languages” of the workspace.")
    list_display = ("place", "formality", "order", "greeting", "changed_at")
    list_filter = ("formality",)
    search_fields = ("place",)
