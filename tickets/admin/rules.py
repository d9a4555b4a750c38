"""Rules in Django admin: as they are and were, and what they did. They are set up at the desk."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from helpdesk.showcase import ReadOnly, linked, links
from tickets.models import Rule, RuleAlarm, RuleRun, RuleVersion

AT_THE_DESK = _("Rules are set up and changed on their own page at the desk, where they can be tried first.")


@admin.register(Rule)
class RuleAdmin(ReadOnly[Rule]):
    stays = AT_THE_DESK
    list_display = ("position", "name", "is_active", "triggers", "clock", "version", "changed_at")
    list_display_links = ("name",)
    list_filter = ("is_active",)
    search_fields = ("name",)
    ordering = ["position", "id"]
    readonly_fields = ("versions_link", "runs_link")

    @admin.display(description=_("versions"))
    def versions_link(self, rule: Rule) -> Any:
        return links(RuleVersion, _("All versions"), rule__id__exact=rule.pk)

    @admin.display(description=_("runs"))
    def runs_link(self, rule: Rule) -> Any:
        return links(RuleRun, _("What it did"), rule__id__exact=rule.pk)


@admin.register(RuleVersion)
class RuleVersionAdmin(ReadOnly[RuleVersion]):
    list_display = ("id", "rule_link", "number", "by_link", "at")
    list_filter = (("rule", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("rule", "by")
    sortable_by = ()
    exclude = ("rule", "by")
    readonly_fields = ("rule_link", "by_link")
    rule_link = staticmethod(linked("rule", _("rule")))
    by_link = staticmethod(linked("by", _("by")))


@admin.register(RuleRun)
class RuleRunAdmin(ReadOnly[RuleRun]):
    list_display = ("id", "name", "version", "ticket_link", "at", "undone_at")
    list_filter = (("rule", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("ticket",)
    search_fields = ("=ticket__number",)
    search_help_text = _("The number of a ticket")
    sortable_by = ()
    exclude = ("rule", "ticket", "undone_by")
    readonly_fields = ("rule_link", "ticket_link", "undone_by_link")
    rule_link = staticmethod(linked("rule", _("rule")))
    ticket_link = staticmethod(linked("ticket", _("ticket")))
    undone_by_link = staticmethod(linked("undone_by", _("undone by")))


@admin.register(RuleAlarm)
class RuleAlarmAdmin(ReadOnly[RuleAlarm]):
    list_display = ("id", "rule_link", "ticket_link", "since", "due_at", "rung_at")
    list_filter = (("rule", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("rule", "ticket")
    search_fields = ("=ticket__number",)
    search_help_text = _("The number of a ticket")
    sortable_by = ()
    exclude = ("rule", "ticket")
    readonly_fields = ("rule_link", "ticket_link")
    rule_link = staticmethod(linked("rule", _("rule")))
    ticket_link = staticmethod(linked("ticket", _("ticket")))
