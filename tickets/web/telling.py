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

MAILS = [
    (ways.NO_MAIL, pgettext_lazy("mail", "No")),
    (ways.NOW, pgettext_lazy("mail", "At once")),
    (ways.DIGEST, pgettext_lazy("mail", "In the digest")),
]
HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]
FLAGS = ("page", "sound")


class TellingForm(forms.Form):
    """For each kind three ticks and a choice of mail; when digests go."""

    digest = forms.ChoiceField(label=gettext_lazy("The digest comes"), choices=Telling.Digest.choices)
    hour = forms.TypedChoiceField(label=gettext_lazy("Once a day at"), choices=HOURS, coerce=int)

    def __init__(self, data: Any = None, *, user: User) -> None:
        telling = ways.kept(user)
        initial: dict[str, Any] = {"digest": telling.digest, "hour": telling.hour}
        for kind in Notification.Kind.values:
            initial |= {f"{kind}-{way}": value for way, value in vars(ways.chosen(telling, kind)).items()}
        super().__init__(data, initial=initial)
        for kind in Notification.Kind.values:
            for flag in FLAGS:
                self.fields[f"{kind}-{flag}"] = forms.BooleanField(required=False)
            self.fields[f"{kind}-mail"] = forms.ChoiceField(
                choices=MAILS, required=False, widget=forms.Select(attrs={"class": "input"})
            )

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
        ways.choose(request.user, form.choices(), digest=given["digest"], hour=given["hour"])
        messages.success(request, _("You are told so from now on."))
        return redirect("tickets:notification-settings")
    context = {"form": form, "here": "notifications"}
    return render(request, "tickets/telling.html", context, status=422 if form.errors else 200)
