"""The phrase guide in Django admin, with the pairs that come with the desk."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from helpdesk.showcase import Audited, ReadOnly
from knowledge.phrases import shipping
from knowledge.phrases.models import PhrasePair, SparedPhrase


@admin.register(PhrasePair)
class PhrasePairAdmin(Audited):
    change_list_template = "admin/phrases/pairs.html"
    list_display = ("__str__", "language", "prefer", "context", "is_active")
    list_filter = ("language", "context", "is_active")
    search_fields = ("avoid", "prefer", "why")
    fields = ("language", "avoid", "prefer", "why", "context", "is_active")

    def get_urls(self) -> list[Any]:
        load = path("load/", self.admin_site.admin_view(require_POST(self.load)), name="phrases_load")
        return [load, *super().get_urls()]

    def load(self, request: HttpRequest) -> HttpResponse:
        made = shipping.load()
        said = ngettext("%(count)d pair was added.", "%(count)d pairs were added.", made)
        messages.success(request, said % {"count": made})
        return redirect("admin:phrases_phrasepair_changelist")


@admin.register(SparedPhrase)
class SparedPhraseAdmin(ReadOnly[SparedPhrase]):
    list_display = ("words", "user", "made_at")
    list_select_related = ("user",)
    search_fields = ("words",)
