"""Choosing what one is told of, and how."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.models import User
from tickets.models import Notification, Telling
from tickets.telling import ways
from tickets.telling.ways import FLAGS
from tickets.web import devices

MAILS = [
    (ways.NO_MAIL, pgettext_lazy("mail", "No")),
    (ways.NOW, pgettext_lazy("mail", "At once")),
    (ways.DIGEST, pgettext_lazy("mail", "In the digest")),
]
COLUMNS = ("digest", "hour", "shows_subject", "quiet_from", "quiet_until")
HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]
QUIET = [("", pgettext_lazy("quiet hours", "Never")), *HOURS]


class TellingForm(forms.Form):
    """For each kind ticks and a choice of mail; when digests go."""

    shows_subject = forms.BooleanField(
        label=gettext_lazy("Notifications on devices show the ticket's subject"), required=False
    )
    quiet_from = forms.TypedChoiceField(
        label=gettext_lazy("Quiet from"), choices=QUIET, coerce=int, empty_value=None, required=False
    )
    quiet_until = forms.TypedChoiceField(
        label=gettext_lazy("Quiet until"), choices=QUIET, coerce=int, empty_value=None, required=False
    )
    digest = forms.ChoiceField(label=gettext_lazy("The digest comes"), choices=Telling.Digest.choices)
    hour = forms.TypedChoiceField(label=gettext_lazy("Once a day at"), choices=HOURS, coerce=int)

    def __init__(self, data: Any = None, *, user: User) -> None:
        telling = ways.kept(user)
        initial: dict[str, Any] = {name: getattr(telling, name) for name in COLUMNS}
        for kind in Notification.Kind.values:
            initial |= {f"{kind}-{way}": value for way, value in vars(ways.chosen(telling, kind)).items()}
        super().__init__(data, initial=initial)
        for kind in Notification.Kind.values:
            for flag in FLAGS:
                self.fields[f"{kind}-{flag}"] = forms.BooleanField(required=False)
            self.fields[f"{kind}-mail"] = forms.ChoiceField(
                choices=MAILS, required=False, widget=forms.Select(attrs={"class": "input"})
            )

    def clean(self) -> None:
        given = self.cleaned_data
        if (given.get("quiet_from") is None) != (given.get("quiet_until") is None):
            self.add_error("quiet_until", _("Choose both times, or none."))

    def rows(self) -> list[tuple[str, list[Any], Any]]:
        """Title, ticks and mail of each kind."""
        return [
            (str(label), [self[f"{kind}-{flag}"] for flag in FLAGS], self[f"{kind}-mail"])
            for kind, label in Notification.Kind.choices
        ]

    def choices(self) -> dict[str, ways.Ways]:
        given = self.cleaned_data
        return {
            kind: ways.Ways(**{flag: given[f"{kind}-{flag}"] for flag in FLAGS}, mail=given[f"{kind}-mail"])
            for kind in Notification.Kind.values
        }


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: StaffRequest) -> HttpResponse:
    form = TellingForm(request.POST or None, user=request.user)
    if form.is_valid():
        given = form.cleaned_data
        ways.choose(request.user, form.choices(), **{name: given[name] for name in COLUMNS})
        messages.success(request, _("You are told so from now on."))
        return redirect("tickets:notification-settings")
    context = {"form": form, "here": "notifications", **devices.context(request.user)}
    return render(request, "tickets/telling.html", context, status=422 if form.errors else 200)
