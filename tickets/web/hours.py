"""Working hours as admins keep them: a line of shifts for each day of the week, and the days that differ."""

from datetime import time
from typing import Any

from babel.core import get_global
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from helpdesk import versions
from helpdesk.accounts.guard import StaffRequest, admin_required
from helpdesk.accounts.hours import Hours
from helpdesk.accounts.models import Calendar, Company, Holiday, Shift
from helpdesk.accounts.zones import ZONES
from tickets.manners import days
from tickets.models import SlaPolicy
from tickets.sla import forecast, hours_text, keeping
from tickets.web import values
from tickets.web.policies import seal, told_of

LONGEST_DAYS = 20_000
USUAL = Hours(week=dict.fromkeys(range(5), ((time(9), time(17)),)))
"""What new working hours begin with."""
WRONG = {
    hours_text.Overlapping: gettext_lazy("These shifts overlap: %(text)s"),
    hours_text.Backwards: gettext_lazy(
        "It ends before it begins: %(text)s. A night is written on two days: 22:00-24:00, then 0:00-6:00."
    ),
    hours_text.Several: gettext_lazy("A day that differs has one stretch of hours, not several: %(text)s"),
}


class HoursForm(forms.ModelForm):
    days = forms.CharField(
        label=gettext_lazy("Days that differ"),
        required=False,
        max_length=LONGEST_DAYS,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One a line: 2026-12-25 Christmas is a day off, 2026-12-24 9:00-12:00 has other hours."
        ),
    )

    class Meta:
        model = Calendar
        fields = ["name", "time_zone"]

    def __init__(self, data: Any = None, *, instance: Calendar) -> None:
        week = instance.hours() if instance.pk else USUAL
        holidays = instance.holidays.all() if instance.pk else ()
        days = [(each.day, next(iter(each.spans()), None), each.name) for each in holidays]
        initial = {f"day_{day}": hours_text.spans_written(week.week.get(day, ())) for day in range(7)}
        super().__init__(data, instance=instance, initial={**initial, "days": hours_text.days_written(days)})
        self.fields["name"].label, self.fields["time_zone"].label = _("Name"), _("Time zone")
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"), choices=[(each, each) for each in ZONES], initial=instance.time_zone
        )
        for day, label in Shift.Weekday.choices:
            self.fields[f"day_{day}"] = forms.CharField(label=capfirst(label), required=False, max_length=100)

    def week(self) -> list[forms.BoundField]:
        return [self[f"day_{day}"] for day in range(7)]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name in (*(f"day_{day}" for day in range(7)), "days"):
            reading = hours_text.days if name == "days" else hours_text.spans
            try:
                given[name] = reading(given.get(name) or "")
            except hours_text.Unreadable as wrong:
                self.add_error(name, _why(wrong, name) % {"text": str(wrong)})
        return given

    def hours(self) -> Hours:
        """As they would be."""
        given = self.cleaned_data
        return Hours(
            zone=given["time_zone"],
            week={day: tuple(given[f"day_{day}"]) for day in range(7) if given[f"day_{day}"]},
            days={day: (span,) if span else () for day, span, _name in given["days"]},
        )


def _why(wrong: hours_text.Unreadable, name: str) -> str:
    if said := WRONG.get(type(wrong)):
        return str(said)
    if name == "days":
        return _("This cannot be read as a day: %(text)s. Write it so: 2026-12-25 Christmas")
    return _("This cannot be read as hours: %(text)s. Write them so: 9:00-17:00")


@admin_required
@require_safe
def listing(request: StaffRequest) -> HttpResponse:
    """All working hours, and which policies go by them."""
    used: dict[int | None, list[str]] = {}
    for calendar, name in SlaPolicy.objects.values_list("calendar", "name"):
        used.setdefault(calendar, []).append(name)
    calendars = Calendar.objects.prefetch_related("shifts", "holidays")
    rows = [(each, _week(each), _to_come(each), used.get(each.pk, [])) for each in calendars]
    return render(request, "tickets/hours.html", {"calendars": rows, "here": "hours"})


@admin_required
def new(request: StaffRequest) -> HttpResponse:
    return _change(request, Calendar(time_zone=Company.load().time_zone))


@admin_required
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    return _change(request, get_object_or_404(Calendar, pk=pk))


@admin_required
@require_POST
def removal(request: StaffRequest, pk: int) -> HttpResponse:
    """Refused while anybody goes by them: they would be at work round the clock."""
    calendar = get_object_or_404(Calendar, pk=pk)
    try:
        keeping.remove_hours(calendar, actor=request.user)
    except keeping.InUse:
        messages.error(request, _("Policies, teams or colleagues go by these hours. Give them others first."))
        return redirect("tickets:hours-one", pk)
    messages.success(request, _("The working hours “%(name)s” are gone.") % {"name": calendar.name})
    return redirect("tickets:hours")


def _change(request: StaffRequest, calendar: Calendar) -> HttpResponse:
    """Saved at the second time where open tickets would be due at another time."""
    now = versions.of(calendar) if calendar.pk else ""
    version = request.POST.get("version", "") if request.method == "POST" else now
    if request.method == "POST" and "holidays" in request.POST:
        return _form(request, HoursForm(_with_holidays(request.POST), instance=calendar), version=version)
    form = HoursForm(request.POST if request.method == "POST" else None, instance=calendar)
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, version=version)
    if version and version != now:
        return _form(request, form, version=now, stale=True)
    if calendar.pk and ("look" in request.POST or request.POST.get("seen") != seal(request.POST)):
        told = told_of(forecast.with_hours(calendar, form.hours()))
        if told["lines"] or "look" in request.POST:
            return _form(request, form, told=told, version=version)
    return _save(request, form, version)


def _save(request: StaffRequest, form: HoursForm, version: str) -> HttpResponse:
    given = form.cleaned_data
    week = [given[f"day_{day}"] for day in range(7)]
    try:
        keeping.save_hours(form.instance, week=week, days=given["days"], actor=request.user, expected=version)
    except versions.Stale:
        now = versions.of(Calendar.objects.get(pk=form.instance.pk))
        return _form(request, form, version=now, stale=True)
    except ValidationError as wrong:
        form.add_error(None, wrong)
        return _form(request, form, version=version)
    messages.success(request, _("The working hours “%(name)s” are saved.") % {"name": form.instance.name})
    return redirect("tickets:hours")


def _with_holidays(given: QueryDict) -> QueryDict:
    """What was filled in, and the public holidays of a country to come, this year and next. Saves nothing."""
    data, today, language = given.copy(), timezone.localdate(), get_language() or "en"
    lines = [line for line in data.get("days", "").splitlines() if line.strip()]
    known = {line.split(maxsplit=1)[0] for line in lines}
    for year in (today.year, today.year + 1):
        for day, name in days.of(data.get("country", ""), year, language):
            if day >= today and day.isoformat() not in known:
                lines.append(f"{day.isoformat()} {name}")
    data["days"] = "\n".join(sorted(lines))
    return data


def _form(
    request: StaffRequest,
    form: HoursForm,
    *,
    version: str,
    told: dict[str, Any] | None = None,
    stale: bool = False,
) -> HttpResponse:
    known, named = days.countries(), values.countries(get_language() or "en")
    context = {
        "form": form,
        "told": told,
        "seen": seal(request.POST) if told else "",
        "version": version,
        "stale": stale,
        "here": "hours",
        "countries": [each for each in named if each[0] in known],
        "country": request.POST.get("country") or _country(form.instance.time_zone),
    }
    status = 422 if form.errors else 409 if stale else 200
    return render(request, "tickets/hours_one.html", context, status=status)


def _country(zone: str) -> str:
    """Whose public holidays are probably meant: that of the time zone, else that of the reader's language."""
    likely = str(get_global("likely_subtags").get(get_language() or "en", ""))
    return str(get_global("zone_territories").get(zone, "") or likely.rpartition("_")[2])


def _week(calendar: Calendar) -> list[tuple[str, str]]:
    week, names = calendar.hours().week, dict(Shift.Weekday.choices)
    return [(str(names[day]), hours_text.spans_written(spans)) for day, spans in sorted(week.items())]


def _to_come(calendar: Calendar) -> list[Holiday]:
    """The days that differ, from today on."""
    return [each for each in calendar.holidays.all() if each.day >= timezone.localdate()]
