"""An import of a table from a file: checked first, then taken in, row by row, with its place kept."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from channels_app.models import Channel


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def at_work(self) -> Self:
        """Those that a worker has to go on with."""
        return self.filter(state__in=(ImportRun.State.CHECKING, ImportRun.State.RUNNING))


class ImportRun(models.Model):
    class Table(models.TextChoices):
        CUSTOMERS = "customers", _("Customers")
        ORGANISATIONS = "organisations", _("Organisations")
        TICKETS = "tickets", _("Tickets")

    class State(models.TextChoices):
        CHECKING = "checking", pgettext_lazy("import", "Being checked")
        CHECKED = "checked", pgettext_lazy("import", "Checked: nothing is imported yet")
        RUNNING = "running", pgettext_lazy("import", "Being imported")
        DONE = "done", pgettext_lazy("import", "Imported")
        STOPPED = "stopped", pgettext_lazy("import", "Stopped")
        UNREADABLE = "unreadable", pgettext_lazy("import", "The file cannot be read")

    table = models.CharField(_("what"), max_length=16, choices=Table)
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(_("digest of the file"), max_length=64, editable=False)
    channel = models.ForeignKey(
        Channel,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("mailbox"),
        help_text=_("Imported tickets are answered from here."),
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.CHECKING)
    total = models.PositiveIntegerField(_("rows"), default=0)
    position = models.PositiveIntegerField(_("rows done"), default=0)
    added = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("as they were"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    problems: Any = models.JSONField(_("problems"), default=list, blank=True)
    """[row number, what is wrong with it] of the first refused rows."""
    error = models.TextField(_("error"), blank=True)
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return f"{self.get_table_display()}: {self.file_name}"

    @property
    def is_at_work(self) -> bool:
        return self.state in (self.State.CHECKING, self.State.RUNNING)
