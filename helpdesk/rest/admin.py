"""Kept answers in Django admin: for whoever wonders what a program got."""

from django.contrib import admin

from helpdesk.rest.models import Answer
from helpdesk.showcase import ReadOnly


@admin.register(Answer)
class AnswerAdmin(ReadOnly[Answer]):
    list_display = ("created_at", "caller", "key", "status")
    search_fields = ("=caller", "=key")
    exclude = ("body",)
