"""Typical cases, and what may be offered in them by whom without asking."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from helpdesk.accounts.models import User
from knowledge.models import in_language
from sop.models.procedure import Procedure
from tickets.models import Topic


class Situation(models.Model):
    """A typical case, such as a lost parcel, with the remedies that make it right."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    names = models.JSONField(_("name by language"), default=dict)
    about = models.JSONField(_("description by language"), default=dict, blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("fits the topics"))
    procedure = models.ForeignKey(
        Procedure,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="situations",
        verbose_name=_("procedure"),
        help_text=_("It is offered wherever this procedure fits."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("situation")
        verbose_name_plural = _("situations")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.names) or self.key

    @property
    def description(self) -> str:
        return in_language(self.about)


class Remedy(models.Model):
    """One way to make it right; without a limit for a role it wants somebody else's consent."""

    class Kind(models.TextChoices):
        REFUND = "refund", _("Refund")
        DISCOUNT = "discount", _("Discount")
        COUPON = "coupon", _("Coupon")
        CREDIT = "credit", _("Credit")
        REPLACEMENT = "replacement", _("Replacement")
        GIFT = "gift", _("Gift or thank-you")

    situation = models.ForeignKey(
        Situation, models.CASCADE, related_name="remedies", verbose_name=_("situation")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    words = models.JSONField(_("what to offer, by language"), default=dict, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("remedy")
        verbose_name_plural = _("remedies")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.situation}: {self.get_kind_display()}"

    @property
    def wording(self) -> str:
        return in_language(self.words)


class Limit(models.Model):
    """How much of a remedy a role may give alone: an amount of money, a share of the price, or both."""

    remedy = models.ForeignKey(Remedy, models.CASCADE, related_name="limits", verbose_name=_("remedy"))
    role = models.CharField(_("role"), max_length=12, choices=User.Role.choices, default=User.Role.AGENT)
    amount = models.DecimalField(
        _("up to the amount"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    currency = models.CharField(
        _("currency"),
        max_length=3,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{3}\Z", _("Three capital letters, such as EUR."))],
    )
    percent = models.PositiveSmallIntegerField(
        _("up to this share of the price, %"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
    )

    class Meta:
        verbose_name = _("limit")
        verbose_name_plural = _("limits")
        ordering = ["role", "currency"]
        constraints = [
            models.UniqueConstraint(fields=["remedy", "role", "currency"], name="limit_once"),
            models.CheckConstraint(
                condition=Q(amount=None, currency="") | (Q(amount__isnull=False) & ~Q(currency="")),
                name="limit_money_has_a_currency",
                violation_error_message=_("An amount needs a currency, and a currency an amount."),
            ),
        ]

    def __str__(self) -> str:
        money = f"{self.amount} {self.currency}" if self.amount is not None else ""
        share = f"{self.percent} %" if self.percent is not None else ""
        return f"{self.get_role_display()}: {' / '.join(filter(None, (money, share))) or '–'}"
