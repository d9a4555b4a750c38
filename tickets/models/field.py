"""Fields that a company adds of its own: what they are called, what they hold, and where they are shown."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Ticket


class CustomFieldQuerySet(models.QuerySet["CustomField"]):
    def active(self) -> Self:
        return self.filter(is_active=True)


class CustomField(models.Model):
    """One field of tickets, customers or organisations; the values lie in the column `custom` of each row.

    A field that is switched off is shown nowhere; its values stay for the day it is switched on again.
    """

    class Of(models.TextChoices):
        TICKET = "ticket", _("Tickets")
        CUSTOMER = "customer", _("Customers")
        ORGANISATION = "organisation", _("Organisations")

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        NUMBER = "number", _("Number")
        DATE = "date", _("Date")
        YES_NO = "yes_no", _("Yes or no")
        CHOICE = "choice", _("One of a list")
        SEVERAL = "several", _("Several of a list")
        LINK = "link", _("Link")

    LISTED = (Kind.CHOICE, Kind.SEVERAL)

    of = models.CharField(_("field of"), max_length=12, choices=Of)
    key = models.CharField(
        _("key"),
        max_length=40,
        validators=[RegexValidator(r"^[a-z][a-z0-9_]*\Z", _("Small letters a to z, digits and _."))],
        help_text=_("The name in the API, in files and in filters, such as order_number. It never changes."),
    )
    kind = models.CharField(_("what it holds"), max_length=8, choices=Kind, default=Kind.TEXT)
    labels = models.JSONField(_("labels"), default=dict)
    """Language → what people call it."""
    options = models.JSONField(_("list"), default=list, blank=True)
    """Of a list: [{"value", "labels": {language: what people call it}}], in order."""
    ticket_kinds = ArrayField(
        models.CharField(max_length=12, choices=Ticket.Kind.choices),
        verbose_name=_("shown on tickets of the kind"),
        default=list,
        blank=True,
        help_text=_("None chosen: on all tickets."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("active"), default=True)

    objects = CustomFieldQuerySet.as_manager()

    class Meta:
        verbose_name = _("custom field")
        verbose_name_plural = _("custom fields")
        ordering = ["of", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["of", "key"], name="custom_field_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What the reader calls it."""
        return _in_readers_language(self.labels) or self.key

    @property
    def values(self) -> list[str]:
        """Of a list: what may be chosen."""
        return [option["value"] for option in self.options]

    def option_title(self, value: str) -> str:
        """What the reader calls this value of the list; the value itself when it is no longer in it."""
        found: dict[str, Any] = next((option for option in self.options if option["value"] == value), {})
        return _in_readers_language(found.get("labels", {})) or value

    def is_shown_on(self, kind: str) -> bool:
        """Whether tickets of this kind show it."""
        return not self.ticket_kinds or kind in self.ticket_kinds


def _in_readers_language(labels: dict[str, Any]) -> str:
    language = (get_language() or "en").partition("-")[0]
    return labels.get(language) or labels.get("en") or next((each for each in labels.values() if each), "")
