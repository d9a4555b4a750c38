"""Rows of the desk in Django admin: shown with their links, touched by verbs alone."""

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from helpdesk.accounts import audit
from helpdesk.accounts.models import AuditEntry, ServiceAccount, User

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


class Explained(admin.ModelAdmin):
    """Where something may not be done, the page says why and what to do instead.

    Titles are names of tables and no sentences: Django's own do not inflect the name in them.
    """

    stays: Any = gettext_lazy("This is part of the history: it is shown here, and changed by nobody.")

    def why_it_stays(self, request: HttpRequest, row: Any) -> Any:
        """Why this row (None: any) is not added, changed or deleted here."""
        return self.stays

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        one, new = capfirst(self.opts.verbose_name), pgettext("row", "new")
        named = {"title": one if object_id else f"{one}: {new}", **(extra_context or {})}
        try:
            return super().changeform_view(request, object_id, form_url, named)
        except PermissionDenied:
            return self._refused(request, object_id)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except PermissionDenied:
            return self._refused(request, object_id)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        named = {"title": capfirst(self.opts.verbose_name_plural), **(extra_context or {})}
        try:
            return super().changelist_view(request, named)
        except PermissionDenied:
            return self._refused(request, None)

    def _refused(self, request: HttpRequest, object_id: str | None) -> HttpResponse:
        row = self.get_object(request, object_id) if object_id else None
        context = {
            **self.admin_site.each_context(request),
            "title": _("This is not done here"),
            "why": self.why_it_stays(request, row),
            "opts": self.opts,
            "original": row,
        }
        return TemplateResponse(request, "admin/refused.html", context, status=403)


class Showcase(Explained, Generic[Row]):
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
    options = ServiceAccount._meta if isinstance(row, User) and row.is_program else row._meta
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


class InLanguages(forms.ModelForm):
    """Words by language are just that, however they are typed."""

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            value = given.get(name)
            if isinstance(field, forms.JSONField) and value and not _is_by_language(value):
                self.add_error(name, _('Write a text for each language, such as {"en": "Delivery"}.'))
        return given


def _is_by_language(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())
