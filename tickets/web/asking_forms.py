"""What is asked of somebody else: a new enquiry, a further message in one, and what is kept of either."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from channels_app.models import Channel
from helpdesk.accounts.guard import StaffRequest
from tickets import access, markup, recipients
from tickets.inspection import opening
from tickets.models import Attachment, Draft, Message, Ticket
from tickets.web.typed import Key, Words

MOST_FILES = 30
"""Of the ticket, the newest, that can be sent along."""


class WriteForm(forms.Form):
    """More words in an enquiry."""

    mode = Draft.Mode.ASIDE

    key = Key(widget=forms.HiddenInput)
    to = forms.CharField(
        label=gettext_lazy("To"),
        max_length=10_000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "known", "inputmode": "email"}),
        help_text=gettext_lazy("Addresses with commas between them. Never the customer's."),
    )
    body = Words(
        label=gettext_lazy("Text"),
        max_length=200_000,
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

    def clean_copied(self) -> list[Attachment]:
        """What is held, or being checked, goes nowhere."""
        return [each for each in self.cleaned_data["copied"] if opening.is_open(each)]


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


def _files(ticket: Ticket) -> QuerySet[Attachment]:
    """Files of the ticket's messages, not of notes, which may hold what nobody outside is to see."""
    shown = Attachment.objects.shown().filter(message__ticket=ticket, message__enquiry=None)
    newest = shown.exclude(message__direction=Message.Direction.NOTE).order_by("-id").values("pk")
    return Attachment.objects.filter(pk__in=list(newest[:MOST_FILES].values_list("pk", flat=True)))
