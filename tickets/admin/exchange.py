"""Out as files and in from files: the buttons above the tables, and the imports with their progress."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from channels_app.models import Channel
from helpdesk.accounts import audit
from helpdesk.accounts.models import AuditEntry
from helpdesk.showcase import ReadOnly
from tickets.exchange import formats, resources, runs
from tickets.models import ImportRun

MOST_BYTES = 200 * 1024 * 1024
WRITERS: dict[str, tuple[Any, str]] = {
    "csv": (formats.write_csv, "text/csv; charset=utf-8"),
    "json": (formats.write_json, "application/json"),
}


class Exportable(admin.ModelAdmin):
    """A table that can be saved as a file: what its list shows at the moment, filtered and searched."""

    change_list_template = "admin/tickets/exportable_list.html"
    table = ""

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        view = self.admin_site.admin_view(self.export)
        return [path("export/<str:format>/", view, name=name), *super().get_urls()]

    def export(self, request: HttpRequest, format: str) -> HttpResponse | StreamingHttpResponse:
        """The table as a file, streamed: its size does not matter. Who took it stands in the log."""
        if format not in WRITERS or not self.has_view_permission(request):
            return HttpResponseRedirect(self._list())
        write, content_type = WRITERS[format]
        shown = self.get_changelist_instance(request).get_queryset(request)
        table = resources.TABLES[self.table]()
        rows = table.rows(resources.fetched(self.table, shown.select_related(None).prefetch_related(None)))
        self._log(request, format)
        response = StreamingHttpResponse(write(table.get_export_headers(), rows), content_type=content_type)
        name = f"{self.table}-{timezone.localdate():%Y-%m-%d}.{format}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        new = reverse("admin:tickets_importrun_add")
        context = {
            "exports": [(name.upper(), f"export/{name}/?{request.GET.urlencode()}") for name in WRITERS],
            "import_url": f"{new}?table={self.table}",
        }
        return super().changelist_view(request, {**(extra_context or {}), **context})

    def _list(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def _log(self, request: HttpRequest, format: str) -> None:
        """What was looked for may be a customer's name: it is told by what it was narrowed, not to what."""
        actor: Any = request.user
        narrowed = sorted(request.GET)
        audit.record(
            AuditEntry.Kind.EXPORTED, actor=actor, table=self.table, format=format, narrowed_by=narrowed
        )


class NewImport(forms.ModelForm):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV, JSON or JSON lines; the first line of a CSV names the columns."),
    )

    class Meta:
        model = ImportRun
        fields = ("table", "file", "channel")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "channel" in self.fields:
            self.fields["channel"].queryset = Channel.objects.active()  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("A file has at most 200 MB: split it into several."))
        return file

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("table") == ImportRun.Table.TICKETS and not given.get("channel"):
            self.add_error("channel", _("Choose the mailbox that answers imported tickets."))
        return given


@admin.register(ImportRun)
class ImportAdmin(ReadOnly[ImportRun]):
    """A file is checked at once, imported when somebody says so, and can be stopped and gone on with."""

    form = NewImport
    change_form_template = "admin/tickets/import_run.html"
    list_display = (
        "__str__",
        "state",
        "progress",
        "added",
        "changed",
        "unchanged",
        "refused",
        "user",
        "created_at",
    )
    list_filter = ("state", "table")
    list_select_related = ("user",)
    sortable_by = ()
    fields = (
        *("table", "file_name", "channel", "user", "state", "progress", "added", "changed", "unchanged"),
        *("refused", "what_is_wrong", "error", "created_at", "finished_at"),
    )
    readonly_fields = ("progress", "what_is_wrong")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields if obj else NewImport.Meta.fields

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"table": request.GET.get("table", ""), "channel": Channel.objects.active().first()}

    def get_urls(self) -> list[URLPattern]:
        name = "tickets_importrun_{}".format
        return [
            path("<int:pk>/start/", self.admin_site.admin_view(self.start), name=name("start")),
            path("<int:pk>/stop/", self.admin_site.admin_view(self.stop), name=name("stop")),
            *super().get_urls(),
        ]

    def save_model(self, request: HttpRequest, obj: ImportRun, form: Any, change: bool) -> None:
        file = form.cleaned_data["file"]
        run = runs.propose(obj.table, file.name, file.read(), actor=request.user, channel=obj.channel)  # type: ignore[arg-type]
        obj.pk, obj.file_name = run.pk, run.file_name

    def response_add(
        self, request: HttpRequest, obj: ImportRun, post_url_continue: Any = None
    ) -> HttpResponse:
        self.message_user(request, _("The file is being checked. Nothing is imported yet."), messages.INFO)
        return self._page(obj.pk)

    def start(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.method == "POST" and self.has_view_permission(request):
            runs.start(get_object_or_404(ImportRun, pk=pk), actor=request.user)  # type: ignore[arg-type]
        return self._page(pk)

    def stop(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.method == "POST" and self.has_view_permission(request):
            runs.stop(get_object_or_404(ImportRun, pk=pk))
        return self._page(pk)

    def _page(self, pk: int) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:tickets_importrun_change", args=[pk]))

    @admin.display(description=gettext_lazy("progress"))
    def progress(self, run: ImportRun) -> SafeString | str:
        if run.state == ImportRun.State.CHECKING or not run.total:
            return ngettext("%(count)d row so far", "%(count)d rows so far", run.position) % {
                "count": run.position
            }
        bar = '<progress max="{0}" value="{1}">{1} / {0}</progress> {1} / {0}'
        return format_html(bar, run.total, run.position)

    @admin.display(description=gettext_lazy("problems"))
    def what_is_wrong(self, run: ImportRun) -> SafeString | str:
        lines: Iterable[Any] = (
            (_("Row %(number)d") % {"number": number}, why) for number, why in run.problems
        )
        return format_html_join("", "<p><b>{}</b>: {}</p>", lines) or "–"
