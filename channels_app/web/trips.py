"""A test mail sent by a mailbox to itself, and whether it has come back."""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from channels_app import access
from channels_app.adapters.email import trial
from channels_app.models import Channel, RoundTrip
from helpdesk.accounts.guard import StaffRequest, admin_required

PATIENCE = timedelta(minutes=3)


@admin_required
@require_POST
def begin(request: StaffRequest, pk: int) -> HttpResponse:
    """Send it, with the settings as they are kept."""
    channel = access.channel(request.user, pk)
    trip, outcome = trial.round_trip(channel)
    if not request.headers.get("HX-Request"):
        return redirect("channels:trip", channel.pk, trip.pk)
    return render(request, "channels/_trip.html", {**_shown(channel, trip), "outcome": outcome})


@admin_required
@require_safe
def trip(request: StaffRequest, pk: int, trip: int) -> HttpResponse:
    """How far it has come: asked again every two seconds until it is back or too long away."""
    channel = access.channel(request.user, pk)
    found = RoundTrip.objects.filter(channel=channel, pk=trip).first()
    if found is None:
        raise Http404
    template = "channels/_trip.html" if request.headers.get("HX-Request") else "channels/trip.html"
    return render(request, template, _shown(channel, found))


def _shown(channel: Channel, trip: RoundTrip) -> dict[str, object]:
    late = trip.came_back_at is None and trip.sent_at < timezone.now() - PATIENCE
    took = (trip.came_back_at - trip.sent_at).total_seconds() if trip.came_back_at else 0
    return {
        "channel": channel,
        "trip": trip,
        "late": late,
        "seconds": max(1, round(took)),
        "here": "mailboxes",
    }
