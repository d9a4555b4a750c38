"""Notes on countries and languages that admins wrote, or changed: what came with the desk is in files."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CountryNote(models.Model):
    """In place of the note that came with the desk, if there is one for its place."""

    class Formality(models.TextChoices):
        FORMAL = "formal", pgettext_lazy("form of address", "Formal")
        POLITE = "polite", pgettext_lazy("form of address", "Formal at first, then as the customer writes")
        INFORMAL = "informal", pgettext_lazy("form of address", "Informal")

    class Order(models.TextChoices):
        GIVEN = "given", _("Given name first")
        FAMILY = "family", _("Family name first")

    place = models.CharField(
        _("country or language"),
        max_length=3,
        unique=True,
        validators=[RegexValidator(r"^([A-Z]{2}|[a-z]{2,3})\Z")],
        help_text=_("A country as in DE, a language as in de: for customers whose country is not known."),
    )
    language = models.CharField(_("language of letters"), max_length=3)
    formality = models.CharField(_("form of address"), max_length=8, choices=Formality)
    order = models.CharField(_("order of names"), max_length=6, choices=Order)
    greeting = models.CharField(
        _("greeting"),
        max_length=120,
        help_text=_("{full} is the whole name, {given} the given name, {polite} as the language wants it."),
    )
    plain = models.CharField(_("greeting without a name"), max_length=120)
    ending = models.CharField(_("closing words"), max_length=120)
    words = models.JSONField(
        _("note by language"),
        default=dict,
        help_text=_('By language of the reader: {"en": {"address": "…", "care": "…"}}.'),
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("note on a country")
        verbose_name_plural = _("notes on countries")
        ordering = ["place"]

    def __str__(self) -> str:
        return self.place
