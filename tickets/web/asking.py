"""Enquiries on a ticket: the list of them, a new one, and each with what was said in it."""

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, drafts, enquiries, markup, recipients, replies, scheduling, ties, uploads
from tickets.guarding import looking
from tickets.models import Draft, Enquiry, Message, Ticket
from tickets.web import concerns, drafting, letters, times
from tickets.web.asking_forms import AskForm, KeptForm, WriteForm


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def asking(request: StaffRequest, number: int) -> HttpResponse:
    """All enquiries of a ticket, a page or a part of the panel; posted to it is a new one."""
    ticket = access.ticket(request.user, number)
    if request.method != "POST":
        if "HX-Request" in request.headers:
            return render(request, "tickets/_enquiries.html", {"ticket": ticket, "enquiries": _told(ticket)})
        initial = {"key": uuid.uuid4(), "subject": ticket.subject, **_begun(request, ticket, None)}
        return _page(request, ticket, AskForm(initial=initial, ticket=ticket, request=request))
    form = AskForm(request.POST, ticket=ticket, request=request)
    sent = _sent(request, ticket, form, lambda given: enquiries.ask(ticket, author=request.user, **given))
    return _after(request, ticket, sent) if sent else _page(request, ticket, form)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    """One enquiry with all that was said in it; posted to it is what is said next."""
    ticket = access.ticket(request.user, number)
    found = ties.enquiry(request.user, pk)
    if found.ticket_id != ticket.pk:
        raise Http404
    if request.method != "POST":
        initial = {"key": uuid.uuid4(), "to": ", ".join(enquiries.whom(found))}
        initial |= _begun(request, ticket, found)
        return _page(request, ticket, WriteForm(initial=initial, ticket=ticket), found)
    form, user = WriteForm(request.POST, ticket=ticket), request.user
    sent = _sent(request, ticket, form, lambda given: enquiries.write(found, author=user, **given), found)
    return _after(request, ticket, sent) if sent else _page(request, ticket, form, found)


@staff_required
@require_POST
def draft(request: StaffRequest, number: int) -> HttpResponse:
    """Keep the words of an enquiry as one types; with `discard` they are thrown away."""
    ticket = access.ticket(request.user, number)
    form = KeptForm(request.POST)
    if not form.is_valid():
        return render(request, "tickets/_draft_state.html", {"failed": True}, status=422)
    given = form.cleaned_data
    found = ties.enquiry(request.user, given["enquiry"]) if given["enquiry"] else None
    if found and found.ticket_id != ticket.pk:
        raise Http404
    if "discard" in request.POST:
        _open(request, ticket, found).delete()
        if "HX-Request" in request.headers:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return redirect(_place(ticket, found))
    if given["key"] and scheduling.sent_as(given["key"]):  # it was on its way when these words went out
        return HttpResponse(status=204)
    row = _keep(request, ticket, found, {**given, "html": markup.clean(given["html"])})
    error, copied = drafting.attach(request, row), len(request.POST.getlist("copied"))
    written = {"body": given["body"], "whom": [row.to], "files": row.attachments.count() + copied}
    left = concerns.anew(ticket, given["sure"], mode=Draft.Mode.ASIDE, **written)
    context = {"asked": {**left, "mode": Draft.Mode.ASIDE.value} if left else None}
    if request.FILES:
        return drafting.shown_files(request, ticket, row, error, **context)
    return render(request, "tickets/_draft_state.html", {"kept": True, **context})


def _keep(request: StaffRequest, ticket: Ticket, found: Enquiry | None, given: dict[str, Any]) -> Draft:
    return drafts.save(
        ticket,
        author=request.user,
        mode=Draft.Mode.ASIDE,
        body=given["body"],
        html=given["html"],
        to=given["to"] if isinstance(given["to"], list) else recipients.pieces(given["to"]),
        enquiry=found,
        subject=given.get("subject", ""),
        files=given.get("files", ()),
    )


def page_of(draft: Draft) -> str:
    """Where what is begun is written on."""
    if draft.mode == Draft.Mode.ASIDE:
        return _place(draft.ticket, draft.enquiry)
    return reverse("tickets:ticket", args=[draft.ticket.number])


def _place(ticket: Ticket, found: Enquiry | None) -> str:
    if found:
        return reverse("tickets:enquiry", args=[ticket.number, found.pk])
    return f"{reverse('tickets:enquiries', args=[ticket.number])}#ask"


def _open(request: StaffRequest, ticket: Ticket, found: Enquiry | None) -> QuerySet[Draft]:
    """What the colleague has begun to say in this enquiry, or to begin a new one with."""
    mine = ticket.drafts.open().filter(author=request.user, mode=Draft.Mode.ASIDE, enquiry=found)
    return mine.prefetch_related("attachments")


def _begun(request: StaffRequest, ticket: Ticket, found: Enquiry | None) -> dict[str, Any]:
    row = _open(request, ticket, found).first()
    if row is None:
        return {}
    named = {"to": ", ".join(row.to), "subject": row.subject}
    return {"body": row.body, "html": row.html, **{name: text for name, text in named.items() if text}}


def _after(request: StaffRequest, ticket: Ticket, sent: Message | Draft) -> HttpResponse:
    """To the enquiry it went out in; to the ticket, while it waits there and can be undone."""
    place = reverse("tickets:ticket", args=[ticket.number])
    if isinstance(sent, Message):
        messages.success(request, _("Sent. The answer comes back to this ticket."))
        place = reverse("tickets:enquiry", args=[ticket.number, sent.enquiry_id])
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": place})
    return redirect(place)


def _sent(
    request: StaffRequest, ticket: Ticket, form: WriteForm, send: Any, found: Enquiry | None = None
) -> Message | Draft | None:
    """What went out, or waits for as long as it can be undone; None when the form says why nothing did."""
    files = request.FILES.getlist("files")
    if any((file.size or 0) > uploads.LARGEST for file in files) or len(files) > uploads.MOST:
        form.add_error(None, _("At most %(most)d files of 25 MB each.") % {"most": uploads.MOST})
    if not form.is_valid():
        return None
    user = request.user
    kept = [uploads.keep_sent(user, file) for file in files]
    begun = _open(request, ticket, found).first()
    given = {**form.cleaned_data, "files": kept, "draft": begun}
    if _held_back(request, ticket, form, found, given):
        return None
    now, grace = timezone.now(), timedelta(seconds=user.undo_seconds)
    try:
        if not grace:
            return send(given)
        more: dict[str, Any] = {
            "author": user,
            "mode": Draft.Mode.ASIDE,
            "enquiry": found,
            "due_at": now + grace,
        }
        return scheduling.queue(ticket, **given, **more)
    except enquiries.ToTheCustomer:
        form.add_error("to", _("This is the customer. Answer them with a reply."))
    except recipients.TooMany:
        form.add_error("to", _("At most %(most)d addresses fit.") % {"most": recipients.MOST})
    except replies.NowhereToSend:
        form.add_error("to", _("Whom does it go to?"))
    except replies.Empty:
        form.add_error("body", _("There is nothing to send yet."))
    return None


def _held_back(
    request: StaffRequest, ticket: Ticket, form: WriteForm, found: Enquiry | None, given: dict[str, Any]
) -> bool:
    """Whether there is something to ask first: it is in `form.asked` then, and what is written is kept."""
    if "sure" not in request.POST:  # a form from before there was anybody to answer
        return False
    sure, begun = form.asked["sure"], given["draft"]
    files = len(given["files"]) + len(given["copied"]) + (begun.attachments.count() if begun else 0)
    written: dict[str, Any] = {"body": given["body"], "whom": [given["to"]], "files": files}
    doubts = concerns.look(ticket, mode=Draft.Mode.ASIDE, **written)
    left = looking.unanswered(doubts, sure)
    if left:
        form.asked = concerns.asked(ticket, left, sure)
        _keep(request, ticket, found, given)
    return bool(left)


def _page(
    request: StaffRequest, ticket: Ticket, form: WriteForm, found: Enquiry | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"ticket": ticket, "form": form, "enquiry": found, "asked": form.asked}
    begun = _open(request, ticket, found).first()
    context["attached"] = {"files": begun.attachments.all() if begun else []}
    context |= {"begun": begun, "saved": times.moment(begun.updated_at, timezone.now()) if begun else ""}
    if found:
        said = found.messages.select_related("author", "customer").defer("search", "digest").in_order()
        context["letters"] = letters.of(ticket, list(said), timezone.now())
    else:
        context["enquiries"] = _told(ticket)
    name = "enquiry" if found else "enquiries"
    status = 422 if form.errors else 409 if "held" in form.asked else 200
    return render(request, f"tickets/{name}.html", context, status=status)


def _told(ticket: Ticket) -> QuerySet[Enquiry]:
    """The enquiries of a ticket, the latest word first, with who spoke last and how much was said."""
    last = Message.objects.filter(enquiry=OuterRef("pk")).order_by("-id").values("direction")[:1]
    found = ticket.enquiries.annotate(
        said=Count("messages"), at=Max("messages__created_at"), last=Subquery(last)
    )
    return found.select_related("made_by").order_by("-at")
