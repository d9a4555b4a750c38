"""A new ticket: a request that came another way, or a message to one customer or to many."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from channels_app.messages import Sender
from channels_app.models import Channel
from helpdesk.accounts.guard import StaffRequest, staff_required
from helpdesk.accounts.models import Team, User
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
from tickets.web.typed import Key, Words

OUT, IN = "out", "in"


class NewForm(forms.Form):
    """Who, by which channel, about what, and whose it will be."""

    key = Key(widget=forms.HiddenInput)
    direction = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=[
            (OUT, gettext_lazy("I write to the customer")),
            (IN, gettext_lazy("The customer asked, by telephone or in person")),
        ],
        widget=forms.RadioSelect,
        initial=OUT,
    )
    channel = forms.ModelChoiceField(Channel.objects.none(), label=gettext_lazy("From"), empty_label=None)
    people = forms.CharField(
        label=gettext_lazy("Customers"),
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Addresses with commas between them; each customer gets their own ticket."),
    )
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=1000)
    body = Words(
        label=gettext_lazy("Text"),
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    team = forms.ModelChoiceField(
        Team.objects.all(),
        label=gettext_lazy("Team"),
        required=False,
        empty_label=gettext_lazy("Of the channel"),
    )
    assignee = forms.ModelChoiceField(
        User.objects.people().at_work(),
        label=gettext_lazy("Assignee"),
        required=False,
        empty_label=gettext_lazy("Nobody"),
    )
    priority = forms.TypedChoiceField(
        label=gettext_lazy("Priority"),
        choices=Ticket.Priority.choices,
        coerce=int,
        initial=int(Ticket.Priority.NORMAL),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Ticket.Kind.choices, required=False)
    tags = forms.CharField(
        label=gettext_lazy("Tags"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("With commas between them"),
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        channel: Any = self.fields["channel"]
        channel.queryset = access.channels(user).filter(is_active=True).order_by("name")
        self.has_senders = channel.queryset.exists()  # without one the form could never be sent
        channel.label_from_instance = lambda each: f"{each.name} <{each.address}>"

    def clean_tags(self) -> list[str]:
        return [tag for tag in self.cleaned_data["tags"].split(",") if tag.strip()]

    def clean_body(self) -> str:
        if not self.cleaned_data["body"].strip():
            raise forms.ValidationError(_("There is nothing in it."))
        return self.cleaned_data["body"]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("direction") == IN and "people" in given:
            given["sender"] = self._sender(given["people"].strip())
        elif "people" in given:
            given["to"] = self._to(given["people"])
        return given

    def values(self) -> dict[str, Any]:
        """What the ticket gets besides its first message."""
        given = {name: self.cleaned_data[name] for name in ("priority", "kind", "tags")}
        return given | {name: value for name in ("team", "assignee") if (value := self.cleaned_data[name])}

    def _sender(self, typed: str) -> Sender | None:
        """One person, by address or telephone number."""
        if recipients.is_address(typed):
            read = recipients.read([typed])
            name = read.names.get(read.to[0], "")
            return Sender(identity_kind=Identity.Kind.EMAIL, identity=read.to[0], name=name)
        if sum(char.isdigit() for char in typed) >= 5 and not any(char.isalpha() for char in typed):
            return Sender(identity_kind=Identity.Kind.PHONE, identity=typed)
        self.add_error("people", _("One address, or one telephone number."))
        return None

    def _to(self, typed: str) -> list[tuple[str, str]]:
        try:
            return mailings.people(recipients.pieces(typed))
        except recipients.NotAddresses as wrong:
            text = _("This is not an address: %(address)s") % {"address": ", ".join(wrong.pieces[:5])}
        except mailings.TooManyPeople:
            text = _("At most %(most)d customers at once.") % {"most": mailings.MOST}
        except mailings.NobodyThere:
            text = _("To whom?")
        self.add_error("people", text)
        return []


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
