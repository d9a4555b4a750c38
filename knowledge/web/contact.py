"""The contact form of the help centre: articles are offered while one writes, then it becomes a ticket."""

import hashlib
import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from channels_app import files
from channels_app.messages import InboundFile, InboundMessage, Sender
from channels_app.models import Channel
from knowledge import centres, shelves
from knowledge.models import HelpCentre
from knowledge.web import centre, help, limits, place, visitor
from tickets import intake
from tickets.models import Identity, Message

MOST_FILES = 5
MOST_BYTES = 10 * 1024 * 1024
SUGGESTED = 5


class NoMailbox(Exception):
    """There is no mailbox to answer from."""


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        sent = [super(FilesField, self).clean(each, initial) for each in data or []]
        if len(sent) > MOST_FILES or any(each.size > MOST_BYTES for each in sent):
            raise forms.ValidationError(_("At most 5 files of 10 MB each."))
        return sent


class ContactForm(forms.Form):
    """What a customer writes; `website` is a trap that people do not see."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=120, required=False)
    email = forms.EmailField(label=gettext_lazy("Your e-mail address"), max_length=254)
    subject = forms.CharField(label=gettext_lazy("What is it about?"), max_length=200)
    text = forms.CharField(
        label=gettext_lazy("Your message"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 7})
    )
    attached = FilesField(label=gettext_lazy("Files"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)
    website = forms.CharField(required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@limits.at_most(6, "help-contact", methods=("POST",))
@place.spoken
def contact(request: HttpRequest, language: str) -> HttpResponse:
    """The form; sent twice, it is one message."""
    begun = {"key": uuid.uuid4(), "subject": request.GET.get("subject", "")[:200], **_known(request)}
    form = (
        ContactForm(request.POST, request.FILES) if request.method == "POST" else ContactForm(initial=begun)
    )
    context: dict[str, Any] = {"form": form, "language": language, "noindex": True, "rows": []}
    context["languages"] = place.elsewhere("knowledge:help-contact")
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["website"]:
            return help.page(request, "contacted", number=None, **context)
        try:
            message = _received(form.cleaned_data, language, centre.current(request))
        except NoMailbox:
            form.add_error(None, _("We cannot take messages here at present. Please write to us by e-mail."))
        else:
            return help.page(
                request, "contacted", number=message.ticket.number, email=message.sender_address, **context
            )
    elif request.method == "POST":
        asked = f"{form.data.get('subject', '')} {form.data.get('text', '')}"[:200]
        here, customer = centre.current(request), visitor.of(request)
        found = shelves.find(asked, language, centre=here, customer=customer, limit=SUGGESTED)
        context["rows"] = [(row, place.of(row)) for row in found]
    return help.page(request, "contact", **context)


def _known(request: HttpRequest) -> dict[str, str]:
    """Who was let in need not say again who they are."""
    customer = visitor.of(request)
    if customer is None:
        return {}
    address = customer.identities.filter(kind=Identity.Kind.EMAIL).order_by("pk").first()
    return {"name": customer.name, "email": address.value if address else ""}


def _received(data: dict[str, Any], language: str, at: HelpCentre) -> Message:
    """The message on its ticket, through the door that mail comes through."""
    channel = _channel(language, at)
    kept = tuple(stored(each) for each in data["attached"])
    parts = [data["email"], data["subject"], data["text"], *(each.sha256 for each in kept)]
    inbound = InboundMessage(
        channel_id=channel.pk,
        sender=Sender(
            identity_kind="email", identity=data["email"], name=data["name"].strip(), language=language
        ),
        external_id=f"{data['key']}@form",
        digest=hashlib.sha256("\x00".join(parts).encode()).hexdigest(),
        subject=data["subject"],
        text=data["text"].replace("\r\n", "\n"),
        to=(channel.address,),
        files=kept,
        language=language,
        received_at=timezone.now(),
    )
    return intake.receive(inbound)


def stored(sent: Any) -> InboundFile:
    """Keep the bytes of an upload for good, and say what it is."""
    content = sent.read()
    kind = str(sent.content_type or "application/octet-stream")[:100]
    return InboundFile(
        sha256=files.store(content), size=len(content), name=sent.name[:200], content_type=kind
    )


def _channel(language: str, at: HelpCentre) -> Channel:
    """The mailbox that the form belongs to, else one in the reader's language, else the first.

    Always one of the help centre's own, so that the request is shown where it was written.
    """
    active = Channel.objects.filter(kind=Channel.Kind.EMAIL, is_active=True).order_by("pk")
    mailboxes = centres.channels(at, active)
    if chosen := next((each for each in mailboxes if each.pk == at.mailbox_id), None):
        return chosen
    if not mailboxes:
        raise NoMailbox
    return next((each for each in mailboxes if each.language == language), mailboxes[0])
