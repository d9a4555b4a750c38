"""Drafts: kept as one types, with their files; begun as an answer to one message; thrown away."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from channels_app.adapters.email import letterhead
from channels_app.models import Channel
from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.models import Company
from tickets import access, addressbook, drafts, live, naming, placeholders, recipients, scheduling
from tickets.inspection import opening
from tickets.models import Draft, Message, Ticket
from tickets.recipients import Recipients
from tickets.web import concerns, standing
from tickets.web.composer import FIELDS, FOR_EVERYBODY, composer, to_everybody
from tickets.web.files import address
from tickets.web.forms import BeginningForm, DraftForm

MAX_FILE = 25 * 1024 * 1024


@staff_required
@require_POST
def beginning(request: StaffRequest, number: int) -> HttpResponse:
    """Begin to answer one message, or to forward it: the composer with whom it goes to and what it takes."""
    ticket = access.ticket(request.user, number)
    form = BeginningForm(request.POST)
    if not form.is_valid():
        raise Http404
    mode, key = form.chosen()
    message = letter(ticket, key)
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
        for begun in ticket.drafts.open().filter(author=request.user, mode=mode):
            drafts.discard(begun)
        return _discarded(request, ticket)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return render(request, "tickets/_draft_state.html", {"failed": True}, status=422)
    if scheduling.sent_as(form.cleaned_data["key"]):  # it was on its way when these words went out
        return HttpResponse(status=204)
    begun = keep(request, ticket, form.cleaned_data)
    live.tell(f"ticket-{ticket.pk}", "here")  # colleagues who look see it grow
    context = {"kept": True, **_promising(request, ticket, form), **_asked(ticket, form, begun)}
    return render(request, "tickets/_draft_state.html", context)


def _promising(request: StaffRequest, ticket: Ticket, form: DraftForm) -> dict[str, Any]:
    """What the words promise, offered beside them; nothing as long as that is the same."""
    given = form.cleaned_data
    if given["mode"] != Draft.Mode.REPLY:
        return {}
    keeps = bool(given["keeps"]) or not given["standing"]
    found = standing.writing(
        ticket,
        given["body"],
        request.user.company,
        offered=given["offered"],
        ticked=bool(given["pledged"]),
        keeps=keeps,
    )
    changed = not found["unchanged"] or found["keeps"] != keeps
    return {"promising": found, "oob": True} if changed else {}


def _asked(ticket: Ticket, form: DraftForm, begun: Draft) -> dict[str, Any]:
    """The questions asked before, for what is written now; nothing while they are the same."""
    given = form.cleaned_data
    if not given["sure"]:
        return {}
    left = concerns.anew(
        ticket,
        given["sure"],
        mode=given["mode"],
        body=given["body"],
        whom=[given[field] for field in FIELDS],
        files=begun.attachments.count(),
        answers=letter(ticket, given["answers"]) or begun.answers,
    )
    return {"asked": {**left, "mode": given["mode"]}} if left else {}


@staff_required
@require_POST
def draft_files(request: StaffRequest, number: int) -> HttpResponse:
    """Put files on the draft, which keeps the text as well."""
    ticket = access.ticket(request.user, number)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return shown_files(request, ticket, None, _("The files could not be kept. Try once more."))
    begun = keep(request, ticket, form.cleaned_data)
    error = attach(request, begun)
    return shown_files(request, ticket, begun, error, **_asked(ticket, form, begun))


@staff_required
@require_POST
def draft_picture(request: StaffRequest, number: int) -> JsonResponse:
    """A pasted picture: kept with the draft, shown in its text; the answer says where it lies."""
    ticket = access.ticket(request.user, number)
    form, file = DraftForm(request.POST), request.FILES.get("picture")
    if not form.is_valid() or file is None or not file.size or file.size > MAX_FILE:
        return JsonResponse({"error": _("This picture could not be kept.")}, status=422)
    begun = keep(request, ticket, form.cleaned_data)
    kept = drafts.attach(
        begun,
        name=file.name or "picture.png",
        content=file.read(),
        content_type=file.content_type or "",
        in_text=True,
    )
    if not opening.picture_type(kept):
        drafts.detach(kept)
        return JsonResponse({"error": _("This is not a picture that can stand in a text.")}, status=422)
    return JsonResponse({"address": address(kept), "name": kept.name})


@staff_required
@require_safe
def sending(request: StaffRequest, number: int) -> HttpResponse:
    """By which channel a reply goes: those that reach the customer, their limits, and the signature."""
    ticket = access.ticket(request.user, number)
    kinds = {each.kind for each in naming.identities(ticket.customer)}
    able = [each for each in access.channels(request.user).filter(is_active=True) if each.kind in kinds]
    wanted = request.GET.get("channel", "")
    chosen = next((each for each in able if str(each.pk) == wanted), ticket.channel or next(iter(able), None))
    if chosen and chosen not in able:
        able.insert(0, chosen)
    context = {"ticket": ticket, "channels": able, "chosen": chosen}
    if chosen:
        message = Message(ticket=ticket, author=request.user, language=ticket.language)
        context["signature"] = letterhead.of(message, chosen, Company.load()).signature
        context["can"] = chosen.capabilities
    return render(request, "tickets/_sending.html", context)


@staff_required
@require_safe
def colleagues(request: StaffRequest, number: int) -> HttpResponse:
    """Whom a note can mention: those who may see the ticket and whose name begins as typed."""
    ticket = access.ticket(request.user, number)
    typed = request.GET.get("q", "")[:60].casefold().strip()
    others = access.colleagues(ticket).exclude(pk=request.user.pk).order_by("name")
    known = [each for each in others if _begins(str(each), typed)][:8]
    return render(request, "tickets/_colleagues.html", {"colleagues": known})


def _begins(name: str, typed: str) -> bool:
    words = name.casefold()
    return words.startswith(typed) or any(word.startswith(typed) for word in words.split())


@staff_required
@require_safe
def placeholders_menu(request: StaffRequest, number: int) -> HttpResponse:
    """What can be put into the text by its name, with what it stands for on this ticket."""
    ticket = access.ticket(request.user, number)
    known = placeholders.values(ticket, agent=request.user, company=Company.load())
    rows = [(name, label, known[name]) for name, label in placeholders.NAMES.items()]
    return render(request, "tickets/_placeholders.html", {"placeholders": rows})


@staff_required
@require_POST
def draft_file_removal(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    ticket = access.ticket(request.user, number)
    attachment = access.attachment(request.user, pk)
    begun = attachment.draft
    drafts.detach(attachment)
    form = DraftForm(request.POST)
    asked = _asked(ticket, form, begun) if begun and form.is_valid() else {}
    return shown_files(request, ticket, begun, **asked)


def letter(ticket: Ticket, pk: int | None) -> Message | None:
    """A message of this ticket that can be answered or passed on; without a key the one a reply answers."""
    if pk is None:
        return None
    letters = ticket.messages.with_customer().exclude(direction=Message.Direction.NOTE).defer("search")
    return letters.filter(pk=pk).first()


def _discarded(request: StaffRequest, ticket: Ticket) -> HttpResponse:
    if request.method == "DELETE":
        return HttpResponse(status=204)
    if "HX-Request" not in request.headers:
        return redirect("tickets:ticket", ticket.number)
    return render(request, "tickets/_composer.html", composer(request, ticket))


def keep(request: StaffRequest, ticket: Ticket, given: dict[str, Any]) -> Draft:
    whom = {field: given[field] for field in FIELDS}
    return drafts.save(
        ticket,
        author=request.user,
        mode=given["mode"],
        body=given["body"],
        html=given["html"],
        channel=chosen_channel(request, given["channel"]),
        seen=given["seen"],
        **whom,
    )


def attach(request: StaffRequest, begun: Draft) -> str:
    """Put the request's files on the draft; what is wrong with some of them, "" when nothing is."""
    too_big = []
    for file in request.FILES.getlist("files"):
        if file.size is None or file.size > MAX_FILE:
            too_big.append(str(file.name))
            continue
        drafts.attach(begun, name=file.name or "", content=file.read(), content_type=file.content_type or "")
    return _("Over 25 MB, so not attached: %(names)s") % {"names": ", ".join(too_big)} if too_big else ""


def chosen_channel(request: StaffRequest, pk: int | None) -> Channel | None:
    """The channel chosen to write by, if this colleague may; else the ticket's own."""
    return access.channels(request.user).active().filter(pk=pk).first() if pk else None


def shown_files(
    request: StaffRequest, ticket: Ticket, begun: Draft | None, error: str = "", **more: Any
) -> HttpResponse:
    """The files of what is begun, and what was wrong with some; `more` is what comes with them."""
    if "HX-Request" not in request.headers:
        return redirect("tickets:ticket", ticket.number)
    form = {"files": begun.attachments.shown() if begun else [], "files_error": error}
    return render(request, "tickets/_files.html", {"ticket": ticket, "form": form, **more})
