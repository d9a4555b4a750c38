"""What an admin fills in for a webhook."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from channels_app.models import Channel
from channels_app.webhooks import payloads, subscriptions
from channels_app.webhooks.models import Webhook
from helpdesk.accounts.models import Team
from helpdesk.outgoing import NotReached
from helpdesk.outgoing.address import target
from tickets.models import Event, Ticket
from tickets.narrowing import PRIORITIES

ANY = ("", _("Any"))


class WebhookForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=80)
    url = forms.CharField(
        label=_("Address"), max_length=2000, help_text=_("Where the desk sends to, best by https://")
    )
    kinds = forms.MultipleChoiceField(label=_("Events"), widget=forms.CheckboxSelectMultiple)
    team = forms.ChoiceField(label=_("Team"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    kind = forms.MultipleChoiceField(
        label=_("Kinds of ticket"),
        choices=[choice for choice in Ticket.Kind.choices if choice[0]],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    priority = forms.MultipleChoiceField(
        label=_("Priorities"),
        choices=[(name, priority.label) for name, priority in PRIORITIES.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    tag = forms.CharField(
        label=_("Tags"), required=False, max_length=200, help_text=_("With all of these, commas between them")
    )
    with_words = forms.BooleanField(
        label=_("With names and texts"),
        required=False,
        initial=True,
        help_text=_("Otherwise only numbers and codes are sent, and the receiver asks the API for the rest."),
    )

    def __init__(self, data: Any = None, *, webhook: Webhook | None = None) -> None:
        initial = _initial(webhook) if webhook else {}
        super().__init__(data, initial=initial)
        labels = dict(Event.Kind.choices)
        self._choices("kinds", [(kind, labels[kind]) for kind in payloads.TYPES])
        self._choices(
            "team", [ANY, *((str(pk), name) for pk, name in Team.objects.values_list("pk", "name"))]
        )
        channels = Channel.objects.values_list("pk", "name")
        self._choices("channel", [ANY, *((str(pk), name) for pk, name in channels)])

    def clean_url(self) -> str:
        try:
            return target(self.cleaned_data["url"].strip()).url
        except NotReached as error:
            raise forms.ValidationError(
                _(
                    "This cannot be called: an address begins with https://, holds no password "
                    "and names no port of another service."
                )
            ) from error

    def fields_of_webhook(self) -> dict[str, Any]:
        """The columns that the form stands for."""
        given = self.cleaned_data
        words = {name: given[name] for name in ("team", "channel", "kind", "priority", "tag")}
        plain = {name: given[name] for name in ("name", "url", "kinds", "with_words")}
        return {**plain, "narrow": subscriptions.narrowed(words)}

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def _initial(webhook: Webhook) -> dict[str, Any]:
    lists = {name: webhook.narrow.get(name, "").split(",") for name in ("kind", "priority")}
    plain = {name: webhook.narrow.get(name, "") for name in ("team", "channel", "tag")}
    own = {name: getattr(webhook, name) for name in ("name", "url", "kinds", "with_words")}
    return {**lists, **plain, **own}
