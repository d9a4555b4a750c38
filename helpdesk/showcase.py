"""Rows of the desk in Django admin: shown with their links, touched by verbs alone."""

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helpdesk.accounts import audit
from helpdesk.accounts.models import AuditEntry

Row = TypeVar("Row", bound=Model)

COUNTED = 10_000


class QuickPaginator(Paginator):
    """Tells the number of rows of a whole table by the planner's estimate, of a selection up to 10,000."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        exact = rows.order_by()[:COUNTED].count()
        if exact < COUNTED or rows.query.where:
            return exact
        with connection.cursor() as cursor:
            table = rows.model._meta.db_table
            cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass", [table])
            return max(exact, cursor.fetchone()[0])


class Showcase(admin.ModelAdmin, Generic[Row]):
    """A large table: no full counts, rows by their links, few to a page."""

    paginator = QuickPaginator
    show_full_result_count = False
    list_per_page = 50
    ordering = ["-pk"]

    def apply(
        self,
        request: HttpRequest,
        rows: Iterable[Row],
        verb: Callable[..., object],
        refusals: tuple[type[Exception], ...] = (),
    ) -> None:
        """Call one verb for each row as the signed-in admin, and say for how many it was done."""
        done = 0
        for row in rows:
            try:
                verb(row, actor=request.user)
                done += 1
            except refusals as refusal:
                text = _("%(row)s was left as it is: %(reason)s") % {"row": row, "reason": refusal}
                self.message_user(request, text, messages.WARNING)
        text = ngettext("Done for %(count)d row.", "Done for %(count)d rows.", done) % {"count": done}
        self.message_user(request, text, messages.SUCCESS)


class Audited(admin.ModelAdmin):
    """Settings and rights: the audit log is told which fields changed, no values: some are secret."""

    audited_as = AuditEntry.Kind.SETTING_CHANGED

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        changed = [*form.changed_data, *(each.prefix for each in formsets or () if each.has_changed())]
        if hasattr(form, "instance") and (add or changed):  # the form of a password has none
            self.tell(request, form.instance, changed, add=add)
        return super().construct_change_message(request, form, formsets, add)

    def tell(self, request: HttpRequest, row: Any, changed: list[str], *, add: bool) -> None:
        actor: Any = request.user
        data = {"table": self.opts.label_lower, "row": row.pk, "fields": sorted(changed), "new": add}
        audit.record(self.audited_as, actor=actor, **data)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        actor: Any = request.user
        for row in queryset:
            data = {"table": self.opts.label_lower, "row": row.pk, "deleted": True}
            audit.record(self.audited_as, actor=actor, **data)
        return super().log_deletions(request, queryset)


class ReadOnly(Showcase[Row]):
    """Nothing is added, changed or deleted here: that would go past the verbs, and past history."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def link(row: Model | None) -> SafeString | str:
    """The row's name, leading to its page in Django admin."""
    if row is None:
        return "–"
    options = row._meta
    url = reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[row.pk])
    return format_html('<a href="{}">{}</a>', url, row)


def links(model: type[Model], text: object, **narrow: object) -> SafeString:
    """Leads to the list of `model` in Django admin, narrowed to the rows with these values."""
    options = model._meta
    url = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
    query = "&".join(f"{name}={value}" for name, value in narrow.items())
    return format_html('<a href="{}?{}">{}</a>', url, query, text)


def linked(field: str, title: Any) -> Callable[[Any], SafeString | str]:
    """A column that leads to the row behind the foreign key `field`; the list should select it as related."""

    @admin.display(description=title)
    def column(row: Model) -> SafeString | str:
        found: Any = row
        for name in field.split("__"):
            found = getattr(found, name) if found is not None else None
        return link(found)

    return column
