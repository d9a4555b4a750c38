"""The languages that colleagues speak, the skills they have, and which tickets ask for these."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tickets.models.classifying import Topic


class Skill(models.Model):
    """What only some can do. Tickets of its topics, and of what is part of these, ask for it."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    topics = models.ManyToManyField(
        Topic,
        blank=True,
        related_name="skills",
        verbose_name=_("topics"),
        help_text=_("Tickets about these ask for it. A routing rule may ask for it, too."),
    )

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Competence(models.Model):
    """A language that a colleague speaks or a skill they have, and how well."""

    class Level(models.IntegerChoices):
        BASIC = 1, pgettext_lazy("level", "Basic")
        GOOD = 2, pgettext_lazy("level", "Good")
        EXPERT = 3, pgettext_lazy("level", "Very good")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="competences", verbose_name=_("colleague")
    )
    language = models.CharField(_("language"), max_length=2, blank=True, help_text=_("Such as en, hu or de."))
    skill = models.ForeignKey(
        Skill, models.CASCADE, null=True, blank=True, related_name="competences", verbose_name=_("skill")
    )
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, default=Level.GOOD)

    class Meta:
        verbose_name = _("language or skill")
        verbose_name_plural = _("languages and skills")
        ordering = ["user", "-language", "skill"]
        constraints = [
            models.CheckConstraint(
                condition=Q(skill=None) & ~Q(language="") | Q(skill__isnull=False, language=""),
                name="competence_is_of_one_thing",
                violation_error_message=_("Either a language or a skill."),
            ),
            models.CheckConstraint(
                condition=Q(language="") | Q(language__regex=r"^[a-z]{2}$"),
                name="competence_in_a_language",
                violation_error_message=_("Two small letters, such as hu."),
            ),
            models.UniqueConstraint(
                fields=["user", "language"], condition=~Q(language=""), name="language_once_a_user"
            ),
            models.UniqueConstraint(
                fields=["user", "skill"], condition=Q(skill__isnull=False), name="skill_once_a_user"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_level_display()})"

    @property
    def title(self) -> str:
        return str(self.skill) if self.skill_id else language_name(self.language)


def language_name(code: str) -> str:
    """What the language is called in the reader's own; its code where nobody knows."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
