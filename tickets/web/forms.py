"""What the workspace's pages take in, checked."""

import re
import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from helpdesk.accounts.models import Team, User
from tickets import markup, promises, recipients, snoozing
from tickets.models import Draft, Ticket, Topic
from tickets.web import later
from tickets.web.typed import Key, Words

KEY = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
TYPED_TIMES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


class ListForm(forms.Form):
    """What of a list's address is no filter (tickets.web.place)."""

    view = forms.CharField(required=False, max_length=16)
    team = forms.IntegerField(required=False, min_value=1, max_value=2**53)
    q = forms.CharField(required=False, max_length=400)
    order = forms.CharField(required=False, max_length=16)
    before = forms.CharField(required=False, max_length=80)
    since = forms.DateTimeField(
        required=False, input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"]
    )
    ticket = forms.IntegerField(required=False, min_value=1)


class JoinForm(forms.Form):
    """The number of the ticket that takes another one in: one that was offered, or one that was typed."""

    into = forms.IntegerField(min_value=1, required=False)
    typed = forms.CharField(max_length=20, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        typed = (given.get("typed") or "").strip().lstrip("#")
        if typed.isascii() and typed.isdecimal():
            given["into"] = min(int(typed), 2**62)
        if typed and not typed.isdecimal() or not given.get("into"):
            raise forms.ValidationError(_("The number of a ticket, such as #1044."))
        return given


class PickForm(forms.Form):
    """Which move or doubt is meant, and on which ticket's page the button was."""

    pick = forms.IntegerField(min_value=1, required=False)
    shown = forms.IntegerField(min_value=1, required=False)


class StatusForm(forms.Form):
    value = forms.ChoiceField(choices=Ticket.Status.choices)


class KindForm(forms.Form):
    value = forms.ChoiceField(choices=Ticket.Kind.choices, required=False)


class TopicForm(forms.Form):
    value = forms.ModelChoiceField(Topic.objects.filter(is_active=True), required=False, to_field_name="key")

    def clean_value(self) -> str:
        """Its key, "" for none."""
        topic = self.cleaned_data["value"]
        return topic.key if topic else ""


class PriorityForm(forms.Form):
    value = forms.TypedChoiceField(choices=Ticket.Priority.choices, coerce=int)


class TagsForm(forms.Form):
    value = forms.CharField(required=False, max_length=1000)

    def clean_value(self) -> list[str]:
        return [tag for tag in self.cleaned_data["value"].replace(";", ",").split(",") if tag.strip()]


class AssigneeForm(forms.Form):
    value = forms.ModelChoiceField(User.objects.people().at_work(), required=False)


class TeamForm(forms.Form):
    value = forms.ModelChoiceField(Team.objects.all(), required=False)


class WritingForm(forms.Form):
    """A reply, a note or a forward on its way."""

    body = Words(required=False, max_length=200_000)
    html = forms.CharField(required=False, strip=False, max_length=400_000)
    to = forms.CharField(required=False, max_length=10_000)
    cc = forms.CharField(required=False, max_length=10_000)
    bcc = forms.CharField(required=False, max_length=10_000)
    answers = forms.IntegerField(required=False, min_value=1)
    key = Key()
    status = forms.ChoiceField(choices=Ticket.Status.choices, required=False)
    seen = forms.IntegerField(required=False, min_value=0)
    own = forms.CharField(required=False, max_length=4000)
    sure = forms.CharField(required=False, max_length=4000)
    channel = forms.IntegerField(required=False, min_value=1)
    snooze = forms.ChoiceField(choices=[(name, name) for name in later.SNOOZES], required=False)
    promise = forms.ChoiceField(choices=[(name, name) for name in (*later.CHOICES, later.AT)], required=False)
    promise_at = forms.DateTimeField(required=False, input_formats=TYPED_TIMES)
    pledged = forms.CharField(required=False, max_length=40)
    offered = forms.CharField(required=False, max_length=40)
    standing = forms.CharField(required=False, max_length=1)
    keeps = forms.CharField(required=False, max_length=1)
    later = forms.ChoiceField(choices=[(name, name) for name in (*later.CHOICES, later.AT)], required=False)
    at = forms.DateTimeField(required=False, input_formats=TYPED_TIMES)

    def word(self, now: datetime) -> promises.Word:
        """What it says of promises: the time chosen, or else the one found in its words and taken."""
        given = self.cleaned_data
        if given["promise"]:
            due = _chosen(given["promise"], given["promise_at"], now)
        else:
            due = parse_datetime(given["pledged"]) if given["pledged"] else None
        return promises.Word(due, keeps=bool(given["keeps"]) or not given["standing"])

    def due(self, now: datetime) -> datetime | None:
        """When it is to be sent, None for now; a time that makes no sense is the form's error."""
        return _due(self.cleaned_data, now)

    def snooze_until(self, now: datetime) -> datetime | None:
        """Until when the ticket is snoozed once it has gone, None for not at all."""
        return _snoozed(self.cleaned_data["snooze"], now) if self.cleaned_data["snooze"] else None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("later") == later.AT and not given.get("at"):
            self.add_error("at", _("When should it go out?"))
        if given.get("promise") == later.AT and not given.get("promise_at"):
            self.add_error("promise_at", _("By when do you promise it?"))
        if given.get("html"):
            given["body"] = markup.text(given["html"])
        return given

    def clean_html(self) -> str:
        """Clean, and "" when it says no more than the plain text: that is the form's own then."""
        return markup.clean(self.cleaned_data["html"])

    def clean_to(self) -> list[str]:
        return self._addresses("to")

    def clean_cc(self) -> list[str]:
        return self._addresses("cc")

    def clean_bcc(self) -> list[str]:
        return self._addresses("bcc")

    def clean_own(self) -> frozenset[uuid.UUID] | None:
        """The keys of one's own replies that the page knows of; None when it does not say."""
        if "own" not in self.data:
            return None
        return frozenset(uuid.UUID(word) for word in KEY.findall(self.cleaned_data["own"]))

    def first_errors(self) -> dict[str, str]:
        """Field → what is wrong with it, in one sentence."""
        return {field: str(errors[0]) for field, errors in self.errors.items()}

    def _addresses(self, field: str) -> list[str]:
        """The pieces of one field, each an address."""
        typed = recipients.pieces(self.cleaned_data[field])
        wrong = [piece for piece in typed if not recipients.is_address(piece)]
        if wrong:
            raise forms.ValidationError(
                _("This is not an address: %(address)s") % {"address": ", ".join(wrong)}
            )
        if len(typed) > recipients.MOST:
            raise forms.ValidationError(_("At most %(most)d addresses fit.") % {"most": recipients.MOST})
        return typed


class KeyForm(forms.Form):
    """What can be sent twice and is done once."""

    given = forms.UUIDField(required=False)

    def __init__(self, data: Any) -> None:
        super().__init__({"given": data.get("key", "")})

    def key(self) -> uuid.UUID:
        """The form has been checked; a key that is none counts as a new one."""
        return self.cleaned_data.get("given") or uuid.uuid4()


class LaterForm(forms.Form):
    """Another time for what waits."""

    later = WritingForm.base_fields["later"]
    at = WritingForm.base_fields["at"]

    def due(self, now: datetime) -> datetime | None:
        return _due(self.cleaned_data, now)


class SnoozeForm(forms.Form):
    """For how long a ticket is out of the lists: a word of the menu, or a time of one's own."""

    value = forms.ChoiceField(choices=[(name, name) for name in (*later.SNOOZES, later.AT)])
    at = WritingForm.base_fields["at"]

    def until(self, now: datetime) -> datetime | None:
        """None when a time of one's own was meant and not given."""
        value = self.cleaned_data["value"]
        return self.cleaned_data["at"] if value == later.AT else _snoozed(value, now)


def _snoozed(choice: str, now: datetime) -> datetime:
    return snoozing.UNTIL_ANSWERED if choice == "answer" else later.due(choice, now)


class PromiseForm(LaterForm):
    """By when somebody hears from us: chosen, typed, or the time that stood before."""

    until = forms.DateTimeField(
        required=False, input_formats=["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f%z"]
    )

    def due(self, now: datetime) -> datetime | None:
        return self.cleaned_data["until"] or super().due(now)


def _due(given: dict[str, Any], now: datetime) -> datetime | None:
    return _chosen(given["later"], given["at"], now)


def _chosen(choice: str, at: datetime | None, now: datetime) -> datetime | None:
    """The moment that was chosen from the menu, or typed; None for none."""
    if choice == later.AT:
        return at
    return later.due(choice, now) if choice else None


class DraftForm(WritingForm):
    """The same, still being written: recipients are kept as typed, right or wrong."""

    mode = forms.ChoiceField(choices=[(mode, mode) for mode in Draft.ON_TICKET])

    def _addresses(self, field: str) -> list[str]:
        return recipients.pieces(self.cleaned_data[field])


class BeginningForm(forms.Form):
    """Which message to answer or forward: a mode and the message's key, so that one button names both."""

    begin = forms.RegexField(r"^(reply|reply_all|forward) [1-9][0-9]{0,17}$")

    def chosen(self) -> tuple[str, int]:
        """Mode and key; the form is valid."""
        mode, _space, key = self.cleaned_data["begin"].partition(" ")
        return mode, int(key)
