"""The proof that nothing is lost: every mailbox and its days, and the mails on the server nobody "
"has fetched."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from channels_app import access, mailboxes, proof
from channels_app.models import Channel, InboundRecord, Sighting
from channels_app.proof import Day
from helpdesk.accounts.guard import StaffRequest, admin_required
from helpdesk.accounts.models import Company

OVERVIEW_DAYS = 10
DAYS = 31
MOST_SHOWN = 500
State = InboundRecord.State
SHOWN = (State.DONE, State.AUTOMATIC, State.REPORT, State.DUPLICATE, State.TEST, State.DISMISSED)


@dataclass(frozen=True)
class Count:
    """How many mails of a day became one thing, and where to see them."""

    label: str
    count: int
    url: str
    loud: bool = False


@admin_required
@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    """Mailbox by mailbox and day by day, green or red."""
    found = list(access.channels(request.user).order_by("name"))
    last = proof.today()
    days = proof.by_channel(found, last=last, count=OVERVIEW_DAYS)
    rows = [
        {"channel": channel, "days": days[channel.pk], "audit": proof.newest(channel)} for channel in found
    ]
    heads = [last - timedelta(days=back) for back in range(OVERVIEW_DAYS)]
    return render(request, "channels/proof.html", {"rows": rows, "heads": heads, "here": "proof"})


@admin_required
@require_safe
def table(request: StaffRequest, pk: int) -> HttpResponse:
    """The days of one mailbox, as its page shows them."""
    channel = access.channel(request.user, pk)
    return render(request, "channels/_proof.html", {"channel": channel, **shown(request, channel)})


@admin_required
@require_POST
def compare(request: StaffRequest, pk: int) -> HttpResponse:
    channel = access.channel(request.user, pk)
    proof.ask(channel)
    if request.headers.get("HX-Request"):
        return render(request, "channels/_proof.html", {"channel": channel, **shown(request, channel)})
    return redirect("channels:mailbox-section", channel.pk, "proof")


@admin_required
@require_POST
def folders(request: StaffRequest, pk: int) -> HttpResponse:
    """Which folders are compared beside the fetched ones and junk."""
    channel = access.channel(request.user, pk)
    audit = proof.newest(channel)
    known = {folder["name"] for folder in audit.folders} if audit else set()
    chosen = [name for name in request.POST.getlist("folder") if name in known]
    proof.ask(mailboxes.change(channel, config={"proof_folders": chosen}, actor=request.user))
    messages.success(request, _("Saved. The folders are being compared."))
    return redirect("channels:mailbox-section", channel.pk, "proof")


@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def missing(request: StaffRequest, pk: int) -> HttpResponse:
    """The mails on the server that the journal does not have: to be fetched, or left where they are."""
    channel = access.channel(request.user, pk)
    found = proof.unknown(channel, day=_day(request))
    if request.method == "POST":
        chosen = Sighting.objects.filter(
            pk__in=[one for one in request.POST.getlist("mail") if one.isdigit()]
        )
        return _settled(request, channel, chosen.filter(channel=channel))
    context = {"channel": channel, "mails": found[:MOST_SHOWN], "count": found.count(), "here": "mailboxes"}
    return render(request, "channels/missing.html", {**context, "day": _day(request)})


def _settled(request: StaffRequest, channel: Channel, chosen: Any) -> HttpResponse:
    match request.POST.get("do"):
        case "fetch":
            count = proof.fetch(chosen)
            told = ngettext("%(count)d mail is being fetched.", "%(count)d mails are being fetched.", count)
        case "leave":
            count = proof.leave(chosen, actor=request.user)
            told = ngettext("%(count)d mail is left there.", "%(count)d mails are left there.", count)
        case _other:
            raise Http404
    messages.success(request, told % {"count": count})
    return redirect("channels:mailbox-section", channel.pk, "proof")


def shown(request: HttpRequest, channel: Channel) -> dict[str, Any]:
    """What the table shows; `?until=` pages back."""
    last = _day(request, "until") or proof.today()
    audit = proof.newest(channel)
    listed = [day for day in proof.days(channel, last=last, count=DAYS) if not day.is_empty or day.missing]
    return {
        "days": [(day, _counts(channel, day)) for day in listed],
        "audit": audit,
        "running": audit is not None and audit.done_at is None,
        "earlier": last - timedelta(days=DAYS),
        "paged": last != proof.today(),
        "by_imap": bool(channel.config.get("imap_host")),
        "counted": bool(channel.config.get("imap_host")) or audit is not None,
    }


def _counts(channel: Channel, day: Day) -> list[Count]:
    """The outcomes of a day that there are any of, the loud ones first."""
    aside = reverse("channels:quarantine")
    found = [
        Count(_("in quarantine"), day.outcomes[State.QUARANTINED], aside, loud=True),
        _count(channel, day, State.PENDING, _("waiting"), loud=bool(day.stuck)),
    ]
    labels = {
        State.DONE: ngettext("on a ticket", "on tickets", day.outcomes[State.DONE]),
        State.AUTOMATIC: _("automatic"),
        State.REPORT: ngettext("delivery report", "delivery reports", day.outcomes[State.REPORT]),
        State.DUPLICATE: _("seen before"),
        State.TEST: _("test mails"),
        State.DISMISSED: _("put aside"),
    }
    found += [_count(channel, day, state, labels[state]) for state in SHOWN]
    return [one for one in found if one.count]


def _count(channel: Channel, day: Day, state: str, label: str, *, loud: bool = False) -> Count:
    """With a link to these very records."""
    within = proof.arrived_within(day.day, day.day, ZoneInfo(Company.load().time_zone))
    moments = {name: moment.isoformat() for name, moment in within.items()}
    query = urlencode({"channel__id__exact": channel.pk, "state__exact": state, **moments})
    records = reverse("admin:channels_app_inboundrecord_changelist")
    return Count(label, day.outcomes[state], f"{records}?{query}", loud)


def _day(request: HttpRequest, name: str = "day") -> date | None:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None
