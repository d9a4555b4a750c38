"""Articles: what the company explains, in each language, as it is written and as it is published."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from knowledge.models.written import Written
from tickets.models import Customer, Organisation, Ticket


def in_language(texts: dict[str, Any], language: str = "") -> str:
    """The text of a language, else the English one, else any."""
    code = language or get_language() or "en"
    return str(texts.get(code) or texts.get("en") or next(filter(None, texts.values()), ""))


class InCentres(models.Model):
    """What stands in all help centres, or in those that are named: then in no other, also of later ones."""

    everywhere = models.BooleanField(
        _("in all help centres"),
        default=True,
        db_default=True,
        help_text=_("Also in those that are made later."),
    )
    centres: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        "HelpCentre", blank=True, related_name="+", verbose_name=_("help centres")
    )

    class Meta:
        abstract = True


class Category(InCentres):
    """A shelf of the help centre; its name in each language, such as {"en": "Delivery"}."""

    slug = models.SlugField(_("name in addresses"), unique=True)
    names = models.JSONField(_("name by language"), default=dict)
    about = models.JSONField(_("description by language"), default=dict, blank=True)
    icon = models.CharField(_("icon"), max_length=30, default="book", blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("category of articles")
        verbose_name_plural = _("categories of articles")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.names) or self.slug

    @property
    def description(self) -> str:
        return in_language(self.about)


class Article(InCentres):
    """What is explained, in whatever languages; who may read it holds for all of them."""

    class Audience(models.TextChoices):
        PUBLIC = "public", pgettext_lazy("who may read", "Everybody")
        ORGANISATIONS = "organisations", pgettext_lazy("who may read", "Customers of some organisations")
        INTERNAL = "internal", pgettext_lazy("who may read", "Colleagues only")

    category = models.ForeignKey(
        Category,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("category"),
    )
    audience = models.CharField(
        _("who may read it"), max_length=14, choices=Audience, default=Audience.PUBLIC
    )
    organisations = models.ManyToManyField(
        Organisation, blank=True, related_name="articles", verbose_name=_("organisations")
    )
    related = models.ManyToManyField("self", blank=True, verbose_name=_("related articles"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    origin = models.ForeignKey(
        Ticket,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("begun from the ticket"),
    )

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        titles = {each.language: each.title for each in self.translations.all()}
        return in_language(titles) or f"#{self.pk}"


class TranslationQuerySet(models.QuerySet["Translation"]):
    def published(self) -> Self:
        """What readers see; drafts of later changes do not show in it."""
        return self.exclude(published=None).select_related("published", "article__category")

    def public(self) -> Self:
        """What anybody may read."""
        return self.published().filter(article__audience=Article.Audience.PUBLIC)

    def shown_in(self, centre: Any) -> Self:
        """What a help centre shows of articles: those that stand there, on shelves that stand there."""
        articles, categories = Article.centres.through.objects, Category.centres.through.objects
        named = articles.filter(article=models.OuterRef("article"), helpcentre=centre.pk)
        shelved = categories.filter(category=models.OuterRef("article__category"), helpcentre=centre.pk)
        here = models.Q(article__everywhere=True) | models.Exists(named)
        shelf = models.Q(article__category=None) | models.Q(article__category__everywhere=True)
        return self.filter(here, shelf | models.Exists(shelved), language__in=list(centre.offered))

    def readable(self, customer: Customer | None) -> Self:
        """What a visitor of the help centre may read: with a customer also what is for their organisation."""
        if customer is None or customer.organisation_id is None:
            return self.public()
        theirs = Article.objects.filter(
            audience=Article.Audience.ORGANISATIONS, organisations=customer.organisation_id
        )
        is_public = models.Q(article__audience=Article.Audience.PUBLIC)
        return self.published().filter(is_public | models.Q(article__in=theirs))


class Translation(Written):
    """An article in one language: what is being written, and which version of it is published."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="translations")
    summary = models.CharField(
        _("in one sentence"),
        max_length=300,
        blank=True,
        help_text=_("Shown below the title in lists and by search engines."),
    )
    html = models.TextField(_("text"), blank=True)
    published = models.ForeignKey("Version", models.SET_NULL, null=True, related_name="+", editable=False)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        verbose_name = _("article in a language")
        verbose_name_plural = _("articles by language")
        constraints = [
            models.UniqueConstraint(fields=["article", "language"], name="translation_once_a_language")
        ]

    @property
    def key(self) -> str:
        """As the search engine names it."""
        return f"{self.article_id}-{self.language}"


class Version(models.Model):
    """What was published once, by whom; kept for good."""

    translation = models.ForeignKey(Translation, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(pgettext_lazy("of a version", "number"))
    title = models.CharField(_("title"), max_length=160)
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    html = models.TextField(_("text"), blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("published"), default=timezone.now)

    class Meta:
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["translation", "number"], name="version_once")]

    def __str__(self) -> str:
        return f"{self.title} · {self.number}"


class Picture(models.Model):
    """A picture in articles, under a name that cannot be guessed; its bytes are stored by content."""

    token = models.CharField(max_length=32, unique=True)
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(_("type"), max_length=40)
    name = models.CharField(_("name"), max_length=120, blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("picture in articles")
        verbose_name_plural = _("pictures in articles")

    def __str__(self) -> str:
        return self.name or self.token
