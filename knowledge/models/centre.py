"""How the help centre looks and says; one row, edited in Django admin."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from channels_app.models import Channel
from knowledge.models.article import Picture, in_language


class HelpCentre(models.Model):
    """`HelpCentre.load()` gives it, with defaults before it is saved for the first time."""

    is_open = models.BooleanField(
        _("open to everybody"), default=True, help_text=_("Else its pages are not found.")
    )
    welcome = models.JSONField(
        _("welcome by language"), default=dict, blank=True, help_text='{"en": "How can we help?"}'
    )
    hours = models.JSONField(
        _("hours and phone by language"),
        default=dict,
        blank=True,
        help_text='{"en": "Every day from 8 to 20, +44 20 7946 0113"}',
    )
    logo = models.ForeignKey(Picture, models.SET_NULL, null=True, blank=True, verbose_name=_("logo"))
    colour = models.CharField(
        _("colour"),
        max_length=7,
        blank=True,
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$")],
        help_text="#0f6674",
    )
    css = models.TextField(_("own styles (CSS)"), blank=True)
    mailbox = models.ForeignKey(
        Channel,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("mailbox of the contact form"),
        help_text=_("Empty: a mailbox in the reader's language, else the first."),
    )

    class Meta:
        verbose_name = _("help centre")
        verbose_name_plural = _("help centre")

    def __str__(self) -> str:
        return str(_("Help centre"))

    @classmethod
    def load(cls) -> "HelpCentre":
        """The row, or an unsaved one with the defaults."""
        return cls.objects.select_related("logo").first() or cls(pk=1)

    @property
    def greeting(self) -> str:
        return in_language(self.welcome)

    @property
    def opening_hours(self) -> str:
        return in_language(self.hours)
