"""The knowledge base in Django admin: synonyms are edited here, what is searched is shown."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from helpdesk.showcase import Audited, ReadOnly
from knowledge import synonyms
from knowledge.models import Collection, Entry, Synonyms


@admin.register(Synonyms)
class SynonymsAdmin(Audited):
    list_display = ("name", "language", "words")
    list_filter = ("language",)
    search_fields = ("name", "words")

    def save_model(self, request: HttpRequest, obj: Synonyms, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        synonyms.changed()

    def delete_model(self, request: HttpRequest, obj: Synonyms) -> None:
        super().delete_model(request, obj)
        synonyms.changed()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Synonyms]) -> None:
        super().delete_queryset(request, queryset)
        synonyms.changed()


@admin.register(Collection)
class CollectionAdmin(ReadOnly[Collection]):
    list_display = ("name", "version")


@admin.register(Entry)
class EntryAdmin(ReadOnly[Entry]):
    list_display = ("key", "title", "lang", "collection")
    list_filter = ("collection", "lang")
    list_select_related = ("collection",)
    search_fields = ("key", "title")
    exclude = ("meaning",)
