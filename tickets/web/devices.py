"""One's own devices: browsers on which one is told, put on the list and taken off it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from helpdesk.accounts import sessions
from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.models import User
from tickets.models import Device
from tickets.telling.push import devices, encryption, sending, vapid

FORM = "tickets:notification-settings"
UNKNOWN = gettext_lazy(
    "This browser's push service is not known to the desk. An admin can allow it: HELPDESK_PUSH_HOSTS."
)


class DeviceForm(forms.Form):
    """What a browser says of its subscription (W3C Push API)."""

    endpoint = forms.URLField(max_length=devices.LONGEST, assume_scheme="https")
    p256dh = forms.CharField(max_length=200)
    auth = forms.CharField(max_length=100)


class RenewalForm(DeviceForm):
    before = forms.CharField(max_length=devices.LONGEST, required=False)


@staff_required
@require_POST
def keep(request: StaffRequest) -> HttpResponse:
    """From now on one is told in this browser, too."""
    form = DeviceForm(request.POST)
    try:
        if not form.is_valid():
            raise encryption.BadKeys
        device = devices.keep(
            request.user, **form.cleaned_data, session=request.session.session_key or "", name=_name(request)
        )
    except devices.NotAPushService:
        messages.error(request, str(UNKNOWN))
        return redirect(FORM)
    except encryption.BadKeys:
        messages.error(request, _("The browser gave no subscription that can be used. Try it once more."))
        return redirect(FORM)
    sending.trial(device)
    messages.success(request, _("You are notified on this device. A first notification is on its way."))
    return redirect(FORM)


@staff_required
@require_POST
def renewal(request: StaffRequest) -> HttpResponse:
    """One has signed in again in a browser that is on the list; 410 where it is not."""
    form = RenewalForm(request.POST)
    session = request.session.session_key or ""
    try:
        known = form.is_valid() and devices.renew(request.user, **form.cleaned_data, session=session)
    except (devices.NotAPushService, encryption.BadKeys):
        known = False
    return HttpResponse(status=204 if known else 410)


@staff_required
@require_POST
def removal(request: StaffRequest, pk: int) -> HttpResponse:
    """Nothing more is told there."""
    devices.remove(devices.one(request.user, pk))
    messages.success(request, _("Nothing is told on that device any more."))
    return redirect(FORM)


@staff_required
@require_POST
def trial(request: StaffRequest, pk: int) -> HttpResponse:
    """A notification to see whether they come."""
    sending.trial(devices.one(request.user, pk))
    messages.success(request, _("A notification is on its way."))
    return redirect(FORM)


def context(user: User) -> dict[str, Any]:
    """The devices of a colleague, those that are signed in, and the key that their browsers ask for."""
    found = list(devices.of(user).order_by("-made_at", "-pk"))
    alive = devices.alive(found)
    return {
        "devices": [(device, device.session in alive) for device in found],
        "push_key": vapid.keys().public,
    }


def _name(request: HttpRequest) -> str:
    browser, system = sessions.device(request.headers.get("User-Agent", ""))
    return " · ".join(filter(None, (browser, system))) or str(Device._meta.verbose_name)
