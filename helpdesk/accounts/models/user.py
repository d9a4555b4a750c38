"""The people who work at the desk, and the programs that do. Customers are not users."""

from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from helpdesk.accounts.models.company import Company


class UserQuerySet(models.QuerySet["User"]):
    def people(self) -> Self:
        """Those who sign in, read mail and can be given a ticket: no programs."""
        return self.filter(is_program=False)

    def at_work(self) -> Self:
        return self.filter(is_active=True)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new colleague who signs in with `email`, kept in lower case."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, role=User.Role.ADMIN, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    class Role(models.TextChoices):
        AGENT = "agent", _("Agent")
        SUPERVISOR = "supervisor", _("Supervisor")
        ADMIN = "admin", _("Admin")

    class Theme(models.TextChoices):
        SYSTEM = "", _("As the system")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    class Density(models.TextChoices):
        COMFORTABLE = "", _("Comfortable")
        COMPACT = "compact", _("Compact")

    email = models.EmailField(_("e-mail"), unique=True)
    further_addresses = ArrayField(
        models.EmailField(),
        verbose_name=_("further addresses"),
        default=list,
        db_default=[],
        blank=True,
        help_text=_("From which this colleague writes too, with commas between them."),
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=120)
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.AGENT)
    language = models.CharField(_("language"), max_length=8, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    theme = models.CharField(_("appearance"), max_length=8, choices=Theme, default=Theme.SYSTEM, blank=True)
    density = models.CharField(
        _("lists"), max_length=8, choices=Density, default=Density.COMFORTABLE, db_default="", blank=True
    )
    signature = models.TextField(_("signature"), blank=True)
    undo_seconds = models.PositiveSmallIntegerField(
        _("time to undo sending"),
        default=10,
        db_default=10,
        validators=[MaxValueValidator(60)],
        help_text=_("Seconds, up to 60. With 0 a reply goes at once."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_program = models.BooleanField(_("service account"), default=False, db_default=False, editable=False)
    """A program that works at the desk: it has API tokens, and never signs in."""
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_in_lower_case")
        ]

    def __str__(self) -> str:
        return self.name.strip() or self.email

    @property
    def is_staff(self) -> bool:
        """Django admin is for admins."""
        return self.is_active and not self.is_program and self.role == self.Role.ADMIN

    @property
    def is_admin(self) -> bool:
        return self.role == self.Role.ADMIN

    @property
    def is_supervisor(self) -> bool:
        return self.role == self.Role.SUPERVISOR

    @cached_property
    def company(self) -> Company:
        """The company whose desk this is; asked for once while this object lives, so once a request."""
        return Company.load()

    @property
    def initials(self) -> str:
        first, *others = str(self).split()
        return (first[0] + others[-1][0] if others else first[:2]).upper()

    @property
    def byline(self) -> str:
        """The name as histories tell it: of a program, that it is one."""
        return gettext("%(name)s (program)") % {"name": self} if self.is_program else str(self)

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self).split()[0]

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Admins may do everything in Django admin; nobody else gets in."""
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff


class ServiceAccountManager(UserManager):
    def get_queryset(self) -> Any:
        return super().get_queryset().filter(is_program=True)


class ServiceAccount(User):
    """A user that is a program, as admins set it up."""

    objects = ServiceAccountManager()  # type: ignore[misc]  # a narrower one

    class Meta:
        proxy = True
        verbose_name = _("service account")
        verbose_name_plural = _("service accounts")
