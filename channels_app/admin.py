"""Channels and their journal in Django admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from channels_app import floods, inbound, mailboxes
from channels_app.adapters.base import Unreadable
from channels_app.models import (
    Audit,
    Channel,
    Flood,
    Grant,
    Hook,
    InboundRecord,
    InboundRecordQuerySet,
    Incident,
    OAuthClient,
    Reconciliation,
    RoundTrip,
    Sighting,
)
from channels_app.web.sections import receipts
from channels_app.web.sections.base import KEPT_PASSWORD
from helpdesk.showcase import ReadOnly, Row, Showcase, linked, links

SECRETS = ("imap_password", "smtp_password")


class WithReceipts(receipts.ReceiptFields, forms.ModelForm):
    """The words of the receipts, which live among the settings."""

    def __init__(self, *args: Any, **options: Any) -> None:
        instance = options.get("instance")
        words = receipts.kept(instance) if instance else {}
        super().__init__(*args, **{**options, "initial": {**words, **(options.get("initial") or {})}})

    def clean(self) -> dict[str, Any] | None:
        receipts.check(self)
        return super().clean()


class ChannelForm(WithReceipts):
    """Passwords go in and never come out: an empty field keeps what there is."""

    imap_password = forms.CharField(
        label=_("Password for fetching"), required=False, strip=False, widget=forms.PasswordInput
    )
    smtp_password = forms.CharField(
        label=_("Password for sending"), required=False, strip=False, widget=forms.PasswordInput
    )

    class Meta:
        model = Channel
        fields = ("name", "team", "language", "is_active")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in SECRETS:
            if name in self.instance.secrets:
                self.fields[name].help_text = KEPT_PASSWORD

    def given_secrets(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in SECRETS if self.cleaned_data[name]}


@admin.register(Channel)
class ChannelAdmin(Showcase[Channel]):
    """Servers and addresses are set up under Settings, where they are tried out before they are kept."""

    stays = _("Mailboxes are added under Settings, and switched off, not deleted: their tickets stay theirs.")

    form = ChannelForm
    list_display = ("name", "kind", "address", "team", "is_active", "last_good_at", "last_error_at")
    list_filter = ("kind", "is_active", "team")
    list_select_related = ("team",)
    search_fields = ("name", "address")
    ordering = ["name"]
    autocomplete_fields = ("team",)
    readonly_fields = (
        "kind",
        "address",
        "aliases",
        "config",
        "connected_at",
        "last_good_at",
        "last_error",
        "last_error_at",
        "elsewhere",
    )
    fieldsets = (
        (None, {"fields": ("name", "team", "language", "is_active", "elsewhere")}),
        (_("Passwords"), {"fields": SECRETS}),
        (_("Receipts"), {"fields": tuple(receipts.FIELDS), "classes": ("collapse",)}),
        (_("Connection"), {"fields": ("kind", "address", "aliases", "config")}),
        (_("Health"), {"fields": ("connected_at", "last_good_at", "last_error", "last_error_at")}),
    )

    @admin.display(description=_("see also"))
    def elsewhere(self, channel: Channel) -> SafeString:
        settings_page = format_html(
            '<a href="{}">{}</a>', reverse("channels:mailbox", args=[channel.pk]), _("Servers and addresses")
        )
        journal = links(InboundRecord, _("What came in"), channel__id__exact=channel.pk)
        return format_html("{} · {}", settings_page, journal)

    def save_model(self, request: HttpRequest, obj: Channel, form: Any, change: bool) -> None:
        """By the verb that every change of a mailbox goes through: it locks, and tells the audit log."""
        given = form.cleaned_data
        changed = {name: given[name] for name in ChannelForm.Meta.fields if name in form.changed_data}
        words = receipts.config(given)
        secrets = form.given_secrets()
        actor: Any = request.user
        mailboxes.change(obj, columns=changed, config=words, secrets=secrets, actor=actor)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Flood)
class FloodAdmin(ReadOnly[Flood]):
    """Senders of too much mail; the limits stand with the company."""

    stays = _("Choose the sender in the list, and what to do with it above the list.")
    actions = ("let_through", "leave_aside")

    list_display = ("address", "channel", "allowed", "kept", "began_at", "last_at", "settled_at")
    list_filter = ("allowed", "channel")
    list_select_related = ("channel",)
    search_fields = ("^address",)
    ordering = ["-last_at"]

    @admin.action(description=_("Let selected senders write as much as they like"))
    def let_through(self, request: HttpRequest, rows: QuerySet[Flood]) -> None:
        self.apply(request, rows, floods.let_through)

    @admin.action(description=_("Leave mail of selected senders aside"))
    def leave_aside(self, request: HttpRequest, rows: QuerySet[Flood]) -> None:
        self.apply(request, rows, floods.leave_aside)


@admin.register(InboundRecord)
class InboundRecordAdmin(ReadOnly[InboundRecord]):
    list_display = ("id", "state", "channel_link", "sender_key", "size", "attempts", "received_at", "error")
    list_filter = ("state", "channel", "arrived_at")
    list_select_related = ("channel",)
    search_fields = ("=source_key", "^sender_key")
    search_help_text = _("The source, or how the sender's address begins")
    actions = ("replay", "release", "dismiss")
    exclude = ("channel",)
    readonly_fields = ("channel_link", "messages_link")
    channel_link = staticmethod(linked("channel", _("channel")))

    def get_queryset(self, request: HttpRequest) -> QuerySet[InboundRecord]:
        return super().get_queryset(request).defer("body")

    def view_on_site(self, record: InboundRecord) -> str:
        return reverse("channels:record", args=[record.pk])

    @admin.display(description=_("messages"))
    def messages_link(self, record: InboundRecord) -> SafeString:
        return links(record.messages.model, _("Show"), record__id__exact=record.pk)

    @admin.action(description=_("Try selected quarantined mail once more"))
    def replay(self, request: HttpRequest, records: InboundRecordQuerySet) -> None:
        self.apply(request, records.quarantined(), inbound.replay)

    @admin.action(description=_("Make tickets of selected automatic mail"))
    def release(self, request: HttpRequest, records: InboundRecordQuerySet) -> None:
        self.apply(request, records.automatic(), inbound.release, refusals=(Unreadable,))

    @admin.action(description=_("Put selected mail aside"))
    def dismiss(self, request: HttpRequest, records: InboundRecordQuerySet) -> None:
        self.apply(request, records.quarantined() | records.automatic(), inbound.dismiss)


@admin.register(RoundTrip)
class RoundTripAdmin(ReadOnly[RoundTrip]):
    list_display = ("message_id", "channel", "sent_at", "came_back_at")
    list_select_related = ("channel",)
    search_fields = ("=message_id",)
    sortable_by = ()


class OfMailbox(ReadOnly[Row]):
    """What a mailbox has done or seen, with the way to the mailbox."""

    list_select_related = ("channel",)
    exclude = ("channel",)
    readonly_fields = ("channel_link",)
    channel_link = staticmethod(linked("channel", _("mailbox")))


@admin.register(Audit)
class AuditAdmin(OfMailbox[Audit]):
    list_display = ("channel_link", "asked_at", "begun_at", "done_at", "error")
    list_filter = ("channel",)


@admin.register(Reconciliation)
class ReconciliationAdmin(OfMailbox[Reconciliation]):
    list_display = ("day", "channel_link", "folder", "use", "on_server", "recorded", "elsewhere", "left")
    list_filter = ("use", "channel")
    ordering = ["-day"]


@admin.register(Sighting)
class SightingAdmin(ReadOnly[Sighting]):
    list_display = ("subject", "sender", "channel_link", "folder", "arrived_at", "left_at", "gone_at")
    list_filter = ("use", "channel")
    list_select_related = ("channel",)
    ordering = ["-arrived_at"]
    exclude = ("channel", "record", "left_by")
    readonly_fields = ("channel_link", "record_link", "left_by_link")
    channel_link = staticmethod(linked("channel", _("mailbox")))
    record_link = staticmethod(linked("record", _("inbound record")))
    left_by_link = staticmethod(linked("left_by", _("left on purpose by")))


@admin.register(OAuthClient)
class OAuthClientAdmin(ReadOnly[OAuthClient]):
    list_display = ("provider", "client_id", "tenant")
    sortable_by = ()


@admin.register(Grant)
class GrantAdmin(OfMailbox[Grant]):
    list_display = ("channel_link", "provider", "account", "expires_at", "renewed_at", "revoked_at", "error")


@admin.register(Incident)
class IncidentAdmin(OfMailbox[Incident]):
    list_display = ("kind", "channel_link", "began_at", "seen_at", "ended_at")
    list_filter = ("kind", "channel")
    ordering = ["-began_at"]


@admin.register(Hook)
class HookAdmin(OfMailbox[Hook]):
    list_display = ("channel_link", "provider", "taken", "last_at", "refused", "refused_at")
