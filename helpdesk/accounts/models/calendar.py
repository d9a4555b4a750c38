"""When people are at work: shifts of a week, several a day, in a time zone, and the days that differ."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from helpdesk.accounts.hours import MIDNIGHT, Hours, Span


class Calendar(models.Model):
    name = models.CharField(_("name"), max_length=80, unique=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    changed_at = models.DateTimeField(_("changed"), auto_now=True, db_default=Now())
    """Also when its shifts or days were: whoever has read it can tell."""

    class Meta:
        verbose_name = _("working hours")
        verbose_name_plural = _("working hours")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def hours(self) -> Hours:
        """As plain values to reckon with; two queries, none where both were prefetched."""
        week: dict[int, list[Span]] = {}
        for shift in self.shifts.all():
            week.setdefault(shift.weekday, []).append((shift.starts, shift.ends))
        days = {each.day: each.spans() for each in self.holidays.all()}
        return Hours(
            zone=self.time_zone, week={day: tuple(sorted(spans)) for day, spans in week.items()}, days=days
        )


class Shift(models.Model):
    """A stretch of work on one day of the week; lunch is what lies between two of them."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    calendar = models.ForeignKey(
        Calendar, models.CASCADE, related_name="shifts", verbose_name=_("working hours")
    )
    weekday = models.PositiveSmallIntegerField(_("day of the week"), choices=Weekday)
    starts = models.TimeField(_("from"))
    ends = models.TimeField(
        pgettext_lazy("shift", "to"), help_text=_("00:00 is midnight, the end of the day.")
    )

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        ordering = ["weekday", "starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")) | Q(ends=MIDNIGHT),
                name="shift_ends_after_it_starts",
                violation_error_message=_("A shift ends after it starts, on the same day."),
            ),
            models.UniqueConstraint(fields=["calendar", "weekday", "starts"], name="shift_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.starts:%H:%M}–{self.ends:%H:%M}"


class Holiday(models.Model):
    """A day on which nobody works, or only within the hours given."""

    calendar = models.ForeignKey(
        Calendar, models.CASCADE, related_name="holidays", verbose_name=_("working hours")
    )
    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=80, blank=True)
    starts = models.TimeField(_("open from"), null=True, blank=True)
    ends = models.TimeField(_("open to"), null=True, blank=True)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "day"], name="holiday_once"),
            models.CheckConstraint(
                condition=Q(starts=None, ends=None)
                | Q(starts__isnull=False, ends__isnull=False) & (Q(ends__gt=F("starts")) | Q(ends=MIDNIGHT)),
                name="holiday_hours_make_sense",
                violation_error_message=_("Give both times, the later one last, or neither for a day off."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.name}".strip()

    def spans(self) -> tuple[Span, ...]:
        return ((self.starts, self.ends),) if self.starts is not None and self.ends is not None else ()
