"""The help centres: how each looks and what it says, under which domains, for which channels.

One is there from the start; a company with several brands has one for each, edited in Django admin.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from channels_app.models import Channel
from knowledge import providers
from knowledge.models.article import Picture, in_language
from knowledge.models.written import spoken

HOST = r"^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$"
"""A host name with a dot, in small letters, coded (xn--…) where it has others: RFC 1123 2.1; no number."""


class HelpCentreQuerySet(models.QuerySet["HelpCentre"]):
    def with_hosts(self) -> "HelpCentreQuerySet":
        """With `hosts`, the domains that point here, the first being the one of links; one query.

        `names` are all its domains, `own_channels` the ids of its channels.
        """
        domains = Domain.objects.filter(centre=models.OuterRef("pk")).order_by("pk").values("name")
        channels = CentreChannel.objects.filter(centre=models.OuterRef("pk")).values("channel")
        return self.select_related("logo", "icon").annotate(
            hosts=ArraySubquery(domains.filter(is_live=True)),
            names=ArraySubquery(domains),
            own_channels=ArraySubquery(channels),
        )


class HelpCentre(models.Model):
    """One brand's help centre; the first serves every address of the desk that is no other's."""

    name = models.CharField(
        _("name"),
        max_length=80,
        blank=True,
        default="",
        db_default="",
        help_text=_("Empty: the company's name."),
    )
    slug = models.SlugField(
        _("name in addresses"),
        unique=True,
        max_length=40,
        default="main",
        db_default="main",
        help_text=_("Until a domain points here, it is found at /brands/NAME/help/ of the desk."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"),
        default=0,
        db_default=0,
        help_text=_("The first one answers for every channel and address that is no other's."),
    )
    is_open = models.BooleanField(
        _("open to everybody"), default=True, help_text=_("Else its pages are not found.")
    )
    languages = ArrayField(
        models.CharField(max_length=8, choices=spoken),
        verbose_name=_("languages"),
        default=list,
        db_default=[],
        blank=True,
        help_text=_("None chosen: all of them."),
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
    logo = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )
    icon = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("icon in browsers")
    )
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
    videos_from = ArrayField(
        models.CharField(max_length=10, choices=providers.NAMES),
        verbose_name=_("videos from"),
        default=list,
        db_default=[],
        blank=True,
        help_text=_("Their videos play in articles once the reader asks for it; of others the link stays."),
    )
    has_suggestions = models.BooleanField(
        _("suggestion box"),
        default=True,
        db_default=True,
        help_text=_("Customers suggest what could be better, and vote. Else its pages are not found."),
    )
    suggestions_wait = models.BooleanField(
        _("suggestions wait for approval"),
        default=True,
        db_default=True,
        help_text=_("Else suggestions and comments are public at once."),
    )

    objects = HelpCentreQuerySet.as_manager()

    hosts: Sequence[str] = ()
    names: Sequence[str] = ()
    own_channels: Sequence[int] = ()
    is_first: bool = True
    """Told by `with_hosts` and `knowledge.centres`; so it is with one that is not saved yet."""

    class Meta:
        verbose_name = _("help centre")
        verbose_name_plural = _("help centres")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name or str(_("Help centre"))

    @property
    def greeting(self) -> str:
        return in_language(self.welcome)

    @property
    def opening_hours(self) -> str:
        return in_language(self.hours)

    @property
    def offered(self) -> dict[str, str]:
        """Code → name of the languages that it speaks."""
        spoken: dict[str, Any] = dict(settings.LANGUAGES)
        return {code: name for code, name in spoken.items() if not self.languages or code in self.languages}


class Domain(models.Model):
    """A host name under which a help centre answers; the first that points here stands in its links."""

    centre = models.ForeignKey(
        HelpCentre, models.CASCADE, related_name="domains", verbose_name=_("help centre")
    )
    name = models.CharField(
        _("domain"),
        max_length=253,
        unique=True,
        error_messages={"unique": _("This domain is a help centre's already.")},
        validators=[RegexValidator(HOST, _("A host name such as help.example.com, without https:// and /."))],
        help_text="help.example.com",
    )
    is_live = models.BooleanField(
        _("points here"),
        default=False,
        help_text=_("Links in mails and search engines lead there. Tick it once the domain is set up."),
    )

    class Meta:
        verbose_name = _("domain of a help centre")
        verbose_name_plural = _("domains of a help centre")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(name__regex=HOST), name="domain_is_a_host_name")
        ]

    def __str__(self) -> str:
        return self.name


class CentreChannel(models.Model):
    """A channel whose tickets are a help centre's; what is nobody's is the first one's."""

    centre = models.ForeignKey(
        HelpCentre, models.CASCADE, related_name="channels", verbose_name=_("help centre")
    )
    channel = models.OneToOneField(
        Channel,
        models.CASCADE,
        related_name="+",
        verbose_name=_("channel"),
        error_messages={"unique": _("This channel is another help centre's.")},
    )

    class Meta:
        verbose_name = _("channel of a help centre")
        verbose_name_plural = _("channels of a help centre")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.channel)
