"""The company whose desk this is: what an admin changes while the desk runs."""

from datetime import time

from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk.prepared import Lookup


class Company(models.Model):
    """One row; `Company.load()` gives it, with defaults before it is saved for the first time."""

    class Quote(models.TextChoices):
        LAST = "last", _("The message that is answered")
        WHOLE = "whole", _("The whole history")
        NONE = "none", _("Nothing")

    class TwoFactor(models.TextChoices):
        NOBODY = "nobody", _("Nobody")
        ADMINS = "admins", _("Admins")
        SUPERVISORS = "supervisors", _("Supervisors and admins")
        EVERYBODY = "everybody", _("Everybody")

    name = models.CharField(_("name"), max_length=120, default="Help desk")
    language = models.CharField(_("language"), max_length=8, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    open_desk = models.BooleanField(
        _("open desk"), default=False, help_text=_("Agents see the tickets of all teams.")
    )
    reopen_days = models.PositiveSmallIntegerField(
        _("days to reopen"),
        default=30,
        help_text=_("An answer to a ticket closed longer than this opens a new one."),
    )
    silent_days = models.PositiveSmallIntegerField(
        _("days of silence"),
        default=14,
        db_default=14,
        help_text=_("After these, an answer under another subject is asked about before it joins."),
    )
    bin_days = models.PositiveSmallIntegerField(
        _("days in the bin"), default=30, help_text=_("Deleted tickets and spam are erased after this.")
    )
    flood_mails = models.PositiveIntegerField(
        _("mails of one sender"),
        default=30,
        db_default=30,
        help_text=_("More than these within the minutes below are kept aside, with an alarm. 0: no limit."),
    )
    flood_minutes = models.PositiveSmallIntegerField(_("within minutes"), default=10, db_default=10)
    promise_minutes = models.PositiveIntegerField(
        _("minutes before a promise lapses"),
        default=60,
        db_default=60,
        help_text=_("Who has to keep it is reminded then."),
    )
    reading_days = models.PositiveSmallIntegerField(
        _("days to read"),
        default=3,
        db_default=3,
        help_text=_("A colleague who has not read a new procedure after these is reminded once. 0: never."),
    )
    day_ends = models.TimeField(
        _("end of the working day"),
        default=time(18),
        db_default=time(18),
        help_text=_("“By Friday” means until then, in the time zone of the company."),
    )
    quote = models.CharField(
        _("quoted below a reply"),
        max_length=5,
        choices=Quote,
        default=Quote.LAST,
        db_default=Quote.LAST,
        help_text=_("Never more than its recipients were party to."),
    )
    two_factor = models.CharField(
        _("second step at sign-in required of"),
        max_length=12,
        choices=TwoFactor,
        default=TwoFactor.NOBODY,
        db_default=TwoFactor.NOBODY,
        help_text=_("Who has none is led to set one up before anything else. Others may have one."),
    )
    audit_days = models.PositiveIntegerField(
        _("days in the audit log"),
        default=730,
        db_default=730,
        help_text=_("Older entries of the audit log are erased."),
    )
    is_demo = models.BooleanField(_("demo desk"), default=False, editable=False)

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("company")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="company_is_one_row")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def load(cls) -> "Company":
        """The company, or an unsaved one with defaults; one query by primary key."""
        return _company.first() or cls(pk=1)


_company = Lookup(lambda: Company.objects.filter(pk=1), planned=True)


class SingleSignOn(Company):
    """What the environment says of the company's identity providers, shown in Django admin."""

    class Meta:
        proxy = True
        verbose_name = _("single sign-on")
        verbose_name_plural = _("single sign-on")
