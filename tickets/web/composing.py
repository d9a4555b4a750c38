"""Writing: replies, notes, and the drafts of both with their files."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, drafts, replies
from tickets.models import Draft, Message, Ticket
from tickets.web import page
from tickets.web.forms import DraftForm, WritingForm
from tickets.web.respond import CHANGED, refreshed

MAX_FILE = 25 * 1024 * 1024


@staff_required
@require_POST
def reply(request: StaffRequest, number: int) -> HttpResponse:
    """Queue a reply; the same key again shows the first one."""
    return _write(request, access.ticket(request.user, number), Draft.Mode.REPLY)


@staff_required
@require_POST
def note(request: StaffRequest, number: int) -> HttpResponse:
    return _write(request, access.ticket(request.user, number), Draft.Mode.NOTE)


@staff_required
@require_http_methods(["POST", "DELETE"])
def draft(request: StaffRequest, number: int) -> HttpResponse:
    """Keep what is being written, or throw it away."""
    ticket = access.ticket(request.user, number)
    if request.method == "DELETE" or "discard" in request.POST:
        for begun in ticket.drafts.filter(author=request.user, mode=request.GET.get("mode", "")):
            drafts.discard(begun)
        return HttpResponse(status=204)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return render(request, "tickets/_draft_state.html", {"failed": True}, status=422)
    _keep(request, ticket, form.cleaned_data)
    return render(request, "tickets/_draft_state.html", {"kept": True})


@staff_required
@require_POST
def draft_files(request: StaffRequest, number: int) -> HttpResponse:
    """Put files on the draft, which keeps the text as well."""
    ticket = access.ticket(request.user, number)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _files(request, ticket, None, _("The files could not be kept. Try once more."))
    begun = _keep(request, ticket, form.cleaned_data)
    return _files(request, ticket, begun, _attach(request, begun))


@staff_required
@require_POST
def draft_file_removal(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    ticket = access.ticket(request.user, number)
    attachment = access.attachment(request.user, pk)
    begun = attachment.draft
    drafts.detach(attachment)
    return _files(request, ticket, begun)


def _write(request: StaffRequest, ticket: Ticket, mode: str) -> HttpResponse:
    form = WritingForm(request.POST)
    if not form.is_valid():
        return _not_sent(request, ticket, mode, str(next(iter(form.errors.values()))[0]))
    given = form.cleaned_data
    begun = ticket.drafts.filter(author=request.user, mode=mode).first()
    if request.FILES and not Message.objects.filter(key=given["key"]).exists():  # a browser without scripts
        begun = _keep(request, ticket, {**given, "mode": mode})
        if error := _attach(request, begun):
            return _not_sent(request, ticket, mode, error)
    try:
        message = _hand_over(request, ticket, mode, given, begun)
    except replies.Empty:
        return _not_sent(request, ticket, mode, _("There is nothing to send yet."))
    except replies.NowhereToSend:
        return _not_sent(
            request, ticket, mode, _("This customer has no address we can write to. Your text is kept.")
        )
    if message.text != given["body"] or message.ticket_id != ticket.pk:
        return _not_sent(
            request, ticket, mode, _("The earlier message went out. This text was not sent: send it again.")
        )
    return _sent(request, ticket)


def _hand_over(
    request: StaffRequest, ticket: Ticket, mode: str, given: dict[str, Any], begun: Draft | None
) -> Message:
    if mode == Draft.Mode.NOTE:
        return replies.add_note(
            ticket, author=request.user, body=given["body"], key=given["key"], draft=begun
        )
    return replies.send(
        ticket,
        author=request.user,
        body=given["body"],
        key=given["key"],
        cc=given["cc"],
        draft=begun,
        status=given["status"],
    )


def _sent(request: StaffRequest, ticket: Ticket) -> HttpResponse:
    if "HX-Request" not in request.headers:
        return redirect("tickets:ticket", ticket.number)
    fresh = access.ticket(request.user, ticket.number)
    response = refreshed(request, fresh, composed=True)
    response["HX-Trigger"] = CHANGED
    return response


def _not_sent(request: StaffRequest, ticket: Ticket, mode: str, error: str) -> HttpResponse:
    """The composer with the text as it was typed, what is wrong, and a new key."""
    context = page.composer(request, ticket)
    for form in context["forms"]:
        if form["mode"] == mode:
            form |= {"body": request.POST.get("body", ""), "cc": request.POST.get("cc", ""), "error": error}
    context |= {"mode": mode, "begun": True}
    if "HX-Request" in request.headers:
        response = render(request, "tickets/_composer.html", context, status=422)
        response["HX-Retarget"], response["HX-Reswap"] = "#composer", "outerHTML"
        return response
    whole = {**page.context(request, ticket), **context}
    return render(request, "tickets/ticket.html", whole, status=422)


def _keep(request: StaffRequest, ticket: Ticket, given: dict[str, Any]) -> Draft:
    return drafts.save(ticket, author=request.user, mode=given["mode"], body=given["body"], cc=given["cc"])


def _attach(request: StaffRequest, begun: Draft) -> str:
    """Put the request's files on the draft; what is wrong with some of them, "" when nothing is."""
    too_big = []
    for file in request.FILES.getlist("files"):
        if file.size is None or file.size > MAX_FILE:
            too_big.append(str(file.name))
            continue
        drafts.attach(begun, name=file.name or "", content=file.read(), content_type=file.content_type or "")
    return _("Over 25 MB, so not attached: %(names)s") % {"names": ", ".join(too_big)} if too_big else ""


def _files(request: StaffRequest, ticket: Ticket, begun: Draft | None, error: str = "") -> HttpResponse:
    if "HX-Request" not in request.headers:
        return redirect("tickets:ticket", ticket.number)
    form = {"files": begun.attachments.all() if begun else [], "files_error": error}
    return render(request, "tickets/_files.html", {"ticket": ticket, "form": form})
