"""Enquiries on a ticket: the list of them, a new one, and each with what was said in it."""

import uuid
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from channels_app.models import Channel
from helpdesk.accounts.guard import StaffRequest, staff_required
from tickets import access, drafts, enquiries, markup, recipients, replies, scheduling, ties, uploads
from tickets.guarding import looking
from tickets.inspection import opening
from tickets.models import Attachment, Draft, Enquiry, Message, Ticket
from tickets.web import concerns, drafting, stream, times

MOST_FILES = 30
"""Of the ticket, the newest, that can be sent along."""


class WriteForm(forms.Form):
    """More words in an enquiry."""

    mode = Draft.Mode.ASIDE

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    to = forms.CharField(
        label=gettext_lazy("To"),
        max_length=10_000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "known", "inputmode": "email"}),
        help_text=gettext_lazy("Addresses with commas between them. Never the customer's."),
    )
    body = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=200_000,
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    html = forms.CharField(required=False, strip=False, max_length=400_000, widget=forms.HiddenInput)
    copied = forms.ModelMultipleChoiceField(
        Attachment.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, ticket: Ticket, **options: Any) -> None:
        super().__init__(*args, **options)
        copied: Any = self.fields["copied"]
        copied.queryset = _files(ticket)
        copied.label_from_instance = lambda each: each.name or str(each)
        self.asked: dict[str, Any] = {"sure": self.data.get("sure", "")}

    def clean_to(self) -> list[str]:
        typed = recipients.pieces(self.cleaned_data["to"])
        if wrong := [piece for piece in typed if not recipients.is_address(piece)]:
            said = _("This is not an address: %(address)s") % {"address": ", ".join(wrong[:5])}
            raise forms.ValidationError(said)
        return typed

    def clean(self) -> dict[str, Any]:
        """What is formatted says what is written."""
        given = super().clean() or {}
        if given.get("html"):
            given["body"] = markup.text(given["html"])
        return given

    def clean_html(self) -> str:
        return markup.clean(self.cleaned_data["html"])

    def clean_body(self) -> str:
        return self.cleaned_data["body"].replace("\r\n", "\n").replace("\x00", "")

    def clean_copied(self) -> list[Attachment]:
        """What is held, or being checked, goes nowhere."""
        return [each for each in self.cleaned_data["copied"] if opening.is_open(each)]

    def clean_key(self) -> uuid.UUID:
        return self.cleaned_data["key"] or uuid.uuid4()


class KeptForm(forms.Form):
    """The same as it is being written: kept as typed, right or wrong."""

    key = forms.UUIDField(required=False)
    enquiry = forms.IntegerField(required=False, min_value=1)
    to = forms.CharField(required=False, max_length=10_000)
    subject = forms.CharField(required=False, max_length=1000)
    body = forms.CharField(required=False, strip=False, max_length=200_000)
    html = forms.CharField(required=False, strip=False, max_length=400_000)
    sure = forms.CharField(required=False, max_length=10_000)


class AskForm(WriteForm):
    """A new enquiry."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=1000)
    channel = forms.ModelChoiceField(
        Channel.objects.none(), label=gettext_lazy("From"), empty_label=gettext_lazy("As the ticket")
    )

    field_order = ("key", "to", "subject", "body", "channel", "copied")

    def __init__(self, *args: Any, ticket: Ticket, request: StaffRequest, **options: Any) -> None:
        super().__init__(*args, ticket=ticket, **options)
        channel: Any = self.fields["channel"]
        mail = access.channels(request.user).filter(is_active=True, kind=Channel.Kind.EMAIL)
        channel.queryset = mail.order_by("name")
        channel.required = ticket.channel is None or ticket.channel.kind != Channel.Kind.EMAIL
        channel.label_from_instance = lambda each: f"{each.name} <{each.address}>"


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
    kept = [
        uploads.keep(user, name=file.name or "", content=file.read(), content_type=file.content_type or "")
        for file in files
    ]
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
        context["letters"] = stream.letters_of(ticket, list(said))
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


def _files(ticket: Ticket) -> QuerySet[Attachment]:
    """Files of the ticket's messages, not of notes, which may hold what nobody outside is to see."""
    shown = Attachment.objects.shown().filter(message__ticket=ticket, message__enquiry=None)
    newest = shown.exclude(message__direction=Message.Direction.NOTE).order_by("-id").values("pk")
    return Attachment.objects.filter(pk__in=list(newest[:MOST_FILES].values_list("pk", flat=True)))
