"""Working hours in Django admin: shifts and holidays on one page."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from helpdesk.accounts.models import Calendar, Holiday, Shift
from helpdesk.accounts.web.forms import ZoneField
from helpdesk.showcase import Audited


class CalendarForm(forms.ModelForm):
    time_zone = ZoneField(label=_("time zone"))

    class Meta:
        model = Calendar
        fields = ("name", "time_zone")


class ShiftsOfCalendar(admin.TabularInline):
    model = Shift
    extra = 1


class HolidaysOfCalendar(admin.TabularInline):
    model = Holiday
    extra = 1


@admin.register(Calendar)
class CalendarAdmin(Audited):
    form = CalendarForm
    list_display = ("name", "time_zone", "week")
    search_fields = ("name",)
    inlines = (ShiftsOfCalendar, HolidaysOfCalendar)

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).prefetch_related("shifts")

    @admin.display(description=_("shifts"))
    def week(self, calendar: Calendar) -> str:
        count = len(calendar.shifts.all())
        return ngettext("%(count)d shift a week", "%(count)d shifts a week", count) % {"count": count}
