"""Writing: replies, notes, and the drafts of both with their files."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, addressbook, drafts, recipients, replies
from tickets.models import Draft, Message, Ticket
from tickets.recipients import Recipients, TooMany
from tickets.web import page
from tickets.web.composer import FIELDS, FOR_EVERYBODY, composer, to_everybody
from tickets.web.forms import BeginningForm, DraftForm, WritingForm
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
@require_POST
def forward(request: StaffRequest, number: int) -> HttpResponse:
    """Queue a forward of one of the ticket's messages to anybody."""
    return _write(request, access.ticket(request.user, number), Draft.Mode.FORWARD)


@staff_required
@require_POST
def beginning(request: StaffRequest, number: int) -> HttpResponse:
    """Begin to answer one message, or to forward it: the composer with whom it goes to and what it takes."""
    ticket = access.ticket(request.user, number)
    form = BeginningForm(request.POST)
    if not form.is_valid():
        raise Http404
    mode, key = form.chosen()
    message = _letter(ticket, key)
    if message is None:
        raise Http404
    meant = {
        Draft.Mode.FORWARD: lambda: Recipients(),
        Draft.Mode.REPLY: lambda: recipients.reply(message),
        FOR_EVERYBODY: lambda: to_everybody(message),
    }[mode]()
    kept = Draft.Mode.FORWARD if mode == Draft.Mode.FORWARD else Draft.Mode.REPLY
    drafts.begin(ticket, author=request.user, mode=kept, answers=message, meant=meant)
    if "HX-Request" not in request.headers:
        return redirect(f"{reverse('tickets:ticket', args=[ticket.number])}#composer")
    context = {**composer(request, ticket), "mode": kept, "focus": True}
    return render(request, "tickets/_composer.html", context)


@staff_required
@require_safe
def known(request: StaffRequest, number: int) -> HttpResponse:
    """People to offer for what is being typed into a field of recipients."""
    ticket = access.ticket(request.user, number)
    people = addressbook.known(request.user, ticket, request.GET.get("q", "")[:100])
    return render(request, "tickets/_known.html", {"known": people})


@staff_required
@require_http_methods(["POST", "DELETE"])
def draft(request: StaffRequest, number: int) -> HttpResponse:
    """Keep what is being written, or throw it away."""
    ticket = access.ticket(request.user, number)
    mode = request.GET.get("mode", "") or request.POST.get("mode", "")
    if request.method == "DELETE" or "discard" in request.POST:
        for begun in ticket.drafts.filter(author=request.user, mode=mode):
            drafts.discard(begun)
        return _discarded(request, ticket)
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
        return _not_sent(request, ticket, mode, errors=form.first_errors())
    if ticket.merged_into_id:
        return _not_sent(request, ticket, mode, _("This ticket is part of another one now. Send it there."))
    given = form.cleaned_data
    begun = ticket.drafts.filter(author=request.user, mode=mode).select_related("answers").first()
    if request.FILES and not Message.objects.filter(key=given["key"]).exists():  # a browser without scripts
        begun = _keep(request, ticket, {**given, "mode": mode})
        if error := _attach(request, begun):
            return _not_sent(request, ticket, mode, error)
    if mode != Draft.Mode.NOTE and "to" in request.POST and not given["to"]:
        return _not_sent(request, ticket, mode, errors={"to": _("Whom does it go to?")})
    try:
        message = _hand_over(request, ticket, mode, given, begun)
    except replies.Empty:
        return _not_sent(request, ticket, mode, _("There is nothing to send yet."))
    except replies.NowhereToSend:
        return _not_sent(
            request, ticket, mode, _("This customer has no address we can write to. Your text is kept.")
        )
    except TooMany:
        told = _("At most %(most)d addresses fit.") % {"most": recipients.MOST}
        return _not_sent(request, ticket, mode, errors={"to": told})
    if message.text != given["body"] or message.ticket_id != ticket.pk:
        return _not_sent(
            request, ticket, mode, _("The earlier message went out. This text was not sent: send it again.")
        )
    return _sent(request, ticket)


def _hand_over(
    request: StaffRequest, ticket: Ticket, mode: str, given: dict[str, Any], begun: Draft | None
) -> Message:
    what = {"author": request.user, "body": given["body"], "key": given["key"], "draft": begun}
    if mode == Draft.Mode.NOTE:
        return replies.add_note(ticket, **what)
    answers = _letter(ticket, given["answers"]) or (begun.answers if begun else None)
    whom = {field: given[field] for field in FIELDS}
    if mode == Draft.Mode.REPLY:
        return replies.send(ticket, **what, **whom, answers=answers, status=given["status"])
    if answers is None:
        raise Http404
    return replies.forward(ticket, **what, **whom, answers=answers)


def _letter(ticket: Ticket, pk: int | None) -> Message | None:
    """A message of this ticket that can be answered or passed on; without a key the one a reply answers."""
    if pk is None:
        return None
    letters = ticket.messages.exclude(direction=Message.Direction.NOTE).defer("search")
    return letters.filter(pk=pk).first()


def _discarded(request: StaffRequest, ticket: Ticket) -> HttpResponse:
    if request.method == "DELETE":
        return HttpResponse(status=204)
    if "HX-Request" not in request.headers:
        return redirect("tickets:ticket", ticket.number)
    return render(request, "tickets/_composer.html", composer(request, ticket))


def _sent(request: StaffRequest, ticket: Ticket) -> HttpResponse:
    if "HX-Request" not in request.headers:
        return redirect("tickets:ticket", ticket.number)
    fresh = access.ticket(request.user, ticket.number)
    response = refreshed(request, fresh, composed=True)
    response["HX-Trigger"] = CHANGED
    return response


def _not_sent(
    request: StaffRequest,
    ticket: Ticket,
    mode: str,
    error: str = "",
    *,
    errors: dict[str, str] | None = None,
) -> HttpResponse:
    """The composer with everything as it was typed, what is wrong at its field, and a new key."""
    context = composer(request, ticket)
    for form in context["forms"]:
        if form["mode"] == mode:
            form |= {field: request.POST[field] for field in ("body", *FIELDS) if field in request.POST}
            form |= {"errors": errors or {}, "error": error or (errors or {}).get("body", "")}
    context |= {"mode": mode, "begun": True}
    if "HX-Request" in request.headers:
        response = render(request, "tickets/_composer.html", context, status=422)
        response["HX-Retarget"], response["HX-Reswap"] = "#composer", "outerHTML"
        return response
    whole = {**page.context(request, ticket), **page.panel(request, ticket), **context}
    return render(request, "tickets/ticket.html", whole, status=422)


def _keep(request: StaffRequest, ticket: Ticket, given: dict[str, Any]) -> Draft:
    whom = {field: given[field] for field in FIELDS}
    return drafts.save(ticket, author=request.user, mode=given["mode"], body=given["body"], **whom)


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
