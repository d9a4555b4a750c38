"""What came in and became no ticket: mail nobody could read, and mail that machines wrote."""

from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.parser import BytesHeaderParser
from email.policy import default

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from channels_app import access, floods, inbound
from channels_app.adapters.base import Unreadable
from channels_app.models import InboundRecord
from helpdesk.accounts import audit
from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.models import AuditEntry

PAGE = 100
MOST_FLOODS = 20
PREVIEW = 4000
HEADERS = 64 * 1024


@dataclass(frozen=True)
class Line:
    """A record as the page shows it: read with care, since nobody could read it properly."""

    record: InboundRecord
    sender: str
    subject: str
    at: datetime


@staff_required
@require_safe
def quarantine(request: StaffRequest) -> HttpResponse:
    tab = "automatic" if request.GET.get("tab") == "automatic" else "quarantine"
    found = access.records(request.user)
    found = found.automatic() if tab == "automatic" else found.quarantined()
    lines = [_line(record) for record in found.order_by("-id")[:PAGE]]
    begun = access.floods(request.user).unsettled().order_by("-last_at")
    context = {"lines": lines, "tab": tab, "floods": begun[:MOST_FLOODS], "here": "quarantine"}
    return render(request, "channels/quarantine.html", context)


@staff_required
@require_safe
def record(request: StaffRequest, pk: int) -> HttpResponse:
    """One record, with the beginning of its bytes as plain text."""
    found = access.record(request.user, pk)
    text = found.raw()[:PREVIEW].decode("utf-8", "replace").replace("\x00", "\ufffd")
    return render(request, "channels/record.html", {"line": _line(found), "text": text, "here": "quarantine"})


@staff_required
@require_safe
def raw(request: StaffRequest, pk: int) -> HttpResponse:
    found = access.record(request.user, pk)
    audit.record(AuditEntry.Kind.RAW_READ, actor=request.user, record=found.pk)
    response = HttpResponse(found.raw(), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="record-{found.pk}.eml"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@staff_required
@require_POST
def replay(request: StaffRequest, pk: int) -> HttpResponse:
    inbound.replay(access.record(request.user, pk), actor=request.user)
    messages.success(request, _("It is read once more. If it cannot be read it comes back here."))
    return redirect("channels:quarantine")


@staff_required
@require_POST
def release(request: StaffRequest, pk: int) -> HttpResponse:
    """Make a ticket of automatic mail, and go there."""
    found = access.record(request.user, pk)
    try:
        message = inbound.release(found, actor=request.user)
    except Unreadable as error:
        messages.error(request, _("No ticket can be made of it: %(reason)s") % {"reason": error})
        return redirect("channels:record", found.pk)
    return redirect("tickets:ticket", message.ticket.number)


@staff_required
@require_POST
def dismiss(request: StaffRequest, pk: int) -> HttpResponse:
    found = access.record(request.user, pk)
    tab = "automatic" if found.state == InboundRecord.State.AUTOMATIC else "quarantine"
    inbound.dismiss(found, actor=request.user)
    messages.success(request, _("Put aside. The raw mail is kept."))
    response = redirect("channels:quarantine")
    response["Location"] += f"?tab={tab}"
    return response


@staff_required
@require_POST
def let_through(request: StaffRequest, pk: int) -> HttpResponse:
    """A sender of much mail is welcome: what was kept aside is read now."""
    flood = access.flood(request.user, pk)
    floods.let_through(flood, actor=request.user)
    messages.success(request, _("%(address)s is let through from now on.") % {"address": flood.address})
    return redirect("channels:quarantine")


@staff_required
@require_POST
def leave_aside(request: StaffRequest, pk: int) -> HttpResponse:
    flood = access.flood(request.user, pk)
    floods.leave_aside(flood, actor=request.user)
    messages.success(request, _("It stays with the automatic mail."))
    return redirect("channels:quarantine")


def _line(record: InboundRecord) -> Line:
    sender, subject = _headers(record.raw()[:HEADERS])
    return Line(record, sender or record.sender_key or _("unknown sender"), subject, record.received_at)


def _headers(head: bytes) -> tuple[str, str]:
    """From and Subject as far as the standard library can make them out; what breaks it counts as missing."""
    try:
        parsed = BytesHeaderParser(policy=default).parsebytes(head)
        return str(parsed.get("From", ""))[:200], str(parsed.get("Subject", ""))[:300]
    except (MessageError, ValueError, LookupError, AttributeError, IndexError, TypeError):
        return "", ""
