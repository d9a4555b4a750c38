"""A new ticket: a request that came another way, or a message to one customer or to many."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from channels_app.messages import Sender
from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.models import User
from tickets import (
    access,
    addressbook,
    assignment,
    customers,
    mailings,
    opening,
    recipients,
    replies,
    uploads,
)
from tickets.models import Attachment, Identity, Ticket
from tickets.web.opening_forms import IN, OUT, NewForm


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    if request.method != "POST":
        initial = {"key": uuid.uuid4(), "people": request.GET.get("to", "")[:400]}
        initial |= {"direction": request.GET.get("direction", OUT)}
        return _form(request, NewForm(initial=initial, user=request.user))
    form = NewForm(request.POST, user=request.user)
    files = request.FILES.getlist("files")
    if form.is_valid() and (wrong := _wrong_with(files, many=len(form.cleaned_data.get("to", ())) > 1)):
        form.add_error(None, wrong)
    if not form.is_valid() or "back" in request.POST:
        return _form(request, form)
    if form.cleaned_data["direction"] == IN:
        return _made(request, form, files, _take_down)
    if len(form.cleaned_data["to"]) == 1:
        return _made(request, form, files, _write)
    if "confirmed" not in request.POST:
        return render(request, "tickets/new_preview.html", {"form": form, "to": form.cleaned_data["to"]})
    return _queue(request, form)


@staff_required
@require_safe
def mailing(request: StaffRequest, pk: int) -> HttpResponse:
    """How far a message to many has come."""
    found = access.mailing(request.user, pk)
    rows = found.addressees.select_related("ticket").order_by("id")
    waiting = sum(row.state == row.State.PENDING for row in rows)
    context = {"mailing": found, "rows": rows, "waiting": waiting}
    name = "_mailing" if "HX-Request" in request.headers else "mailing"
    return render(request, f"tickets/{name}.html", context)


@staff_required
@require_safe
def known(request: StaffRequest) -> HttpResponse:
    """Customers to offer for what is being typed: the last piece of it."""
    typed = request.GET.get("people", "")[-400:].rpartition(",")[2]
    people = addressbook.customers(request.user, typed)
    return render(request, "tickets/_known.html", {"known": people})


def _form(request: StaffRequest, form: NewForm) -> HttpResponse:
    context = {"form": form, "here": "new"}
    return render(request, "tickets/new.html", context, status=422 if form.errors else 200)


def _wrong_with(files: list[UploadedFile], *, many: bool) -> str:
    if many and files:
        return _("Files go to one customer at a time.")
    if len(files) > uploads.MOST:
        return _("At most %(most)d files fit.") % {"most": uploads.MOST}
    too_large = next((file.name for file in files if (file.size or 0) > uploads.LARGEST), "")
    return _("%(name)s is too large: 25 MB at most.") % {"name": too_large} if too_large else ""


def _made(request: StaffRequest, form: NewForm, files: list[UploadedFile], make: Any) -> HttpResponse:
    kept = [uploads.keep_sent(request.user, file) for file in files]
    try:
        ticket = make(request.user, form, kept)
    except assignment.CannotTake as refusal:
        form.add_error("assignee", _("%(name)s may not see this ticket.") % {"name": refusal})
    except replies.NowhereToSend:
        form.add_error("channel", _("Nothing can be sent from here."))
    except uploads.Gone:
        form.add_error(None, _("The files are gone: attach them once more."))
    else:
        if access.tickets(request.user).filter(pk=ticket.pk).exists():
            return redirect("tickets:ticket", ticket.number)
        messages.success(request, _("#%(number)d is with another team now.") % {"number": ticket.number})
        return redirect("tickets:list")
    return _form(request, form)


def _take_down(user: User, form: NewForm, files: list[Attachment]) -> Ticket:
    given = form.cleaned_data
    message = opening.take_down(
        given["channel"],
        given["sender"],
        author=user,
        subject=given["subject"],
        body=given["body"],
        key=given["key"],
        files=files,
        given=form.values(),
        spoken=True,
    )
    return message.ticket


def _write(user: User, form: NewForm, files: list[Attachment]) -> Ticket:
    given = form.cleaned_data
    [(address, name)] = given["to"]
    sender = Sender(identity_kind=Identity.Kind.EMAIL, identity=address, name=name)
    message = opening.write_first(
        given["channel"],
        customers.resolve(sender),
        author=user,
        subject=given["subject"],
        body=given["body"],
        key=given["key"],
        to=[recipients.written(address, name)],
        files=files,
        given=form.values(),
    )
    return message.ticket


def _queue(request: StaffRequest, form: NewForm) -> HttpResponse:
    given = form.cleaned_data
    made = mailings.queue(
        given["channel"],
        given["to"],
        author=request.user,
        subject=given["subject"],
        body=given["body"],
        key=given["key"],
        team=given["team"],
        tags=given["tags"],
    )
    count = made.addressees.count()
    text = ngettext("%(count)d ticket is being made.", "%(count)d tickets are being made.", count)
    messages.success(request, text % {"count": count})
    return redirect("tickets:mailing", made.pk)
