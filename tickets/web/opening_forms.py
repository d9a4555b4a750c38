"""What is said of a new ticket: to whom, by which channel, and what; or who asked for what."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from channels_app.messages import Sender
from channels_app.models import Channel
from helpdesk.accounts.models import Team, User
from tickets import access, mailings, recipients
from tickets.models import Identity, Ticket
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
