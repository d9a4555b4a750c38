"""Webhooks and their log in Django admin: shown; they are set up and tried under Settings."""

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from channels_app.webhooks import by_rule, calling
from channels_app.webhooks.models import Answer, Call, CallQuerySet, Webhook
from helpdesk.showcase import ReadOnly, linked, links

__all__ = ["by_rule"]  # loading this registers what rules can do


@admin.register(Webhook)
class WebhookAdmin(ReadOnly[Webhook]):
    list_display = ("name", "url", "is_active", "failing_since", "calls_link")
    list_filter = ("is_active",)
    search_fields = ("name", "url")
    ordering = ["name"]
    readonly_fields = ("calls_link",)

    def view_on_site(self, webhook: Webhook) -> str:
        return reverse("webhooks:webhook", args=[webhook.pk])

    @admin.display(description=_("calls"))
    def calls_link(self, webhook: Webhook) -> SafeString:
        return links(Call, _("Show"), webhook__id__exact=webhook.pk)


class AnswersOfCall(admin.TabularInline):
    model = Answer
    extra = 0
    can_delete = False
    readonly_fields = ("at", "seconds", "status", "trouble", "excerpt")

    def has_add_permission(self, request: HttpRequest, obj: Call | None = None) -> bool:
        return False


@admin.register(Call)
class CallAdmin(ReadOnly[Call]):
    list_display = ("id", "type", "webhook", "delivery_link", "ticket_id", "settled", "created_at")
    list_filter = ("settled", "webhook")
    list_select_related = ("webhook", "delivery")
    search_fields = ("=delivery__external_id",)
    search_help_text = _("A webhook-id, such as msg_…")
    actions = ("resend",)
    exclude = ("delivery", "event")
    readonly_fields = ("delivery_link",)
    inlines = (AnswersOfCall,)
    delivery_link = staticmethod(linked("delivery", _("delivery")))

    def view_on_site(self, call: Call) -> str:
        return reverse("webhooks:call", args=[call.pk])

    @admin.action(description=_("Tell selected calls once more"))
    def resend(self, request: HttpRequest, calls: CallQuerySet) -> None:
        self.apply(request, calls.select_related("webhook"), calling.resend)
