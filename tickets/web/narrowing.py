"""The filters of a list as a form, and those in force as chips."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from helpdesk.accounts.models import Team, User
from tickets import access, search
from tickets.models import CustomField, Ticket
from tickets.narrowing import ME, MINE, NO_KIND, NOBODY, PRIORITIES, TicketFilter
from tickets.web import navigation, own_filters
from tickets.web.place import Place

ANY = ("", pgettext_lazy("filter", "Any"))
YES_NO = (ANY, ("true", gettext_lazy("Yes")), ("false", gettext_lazy("No")))
SPANS = (
    ANY,
    ("1h", gettext_lazy("an hour")),
    ("4h", gettext_lazy("four hours")),
    ("1d", gettext_lazy("a day")),
    ("3d", gettext_lazy("three days")),
    ("1w", gettext_lazy("a week")),
    ("4w", gettext_lazy("four weeks")),
)
KINDS = [(value or NO_KIND, label) for value, label in Ticket.Kind.choices]
LOUDNESS = [(name, priority.label) for name, priority in reversed(PRIORITIES.items())]
DUES = (
    ("overdue", pgettext_lazy("filter", "Overdue")),
    ("soon", pgettext_lazy("filter", "Due soon")),
    ("later", pgettext_lazy("filter", "Due later")),
    ("paused", pgettext_lazy("filter", "Paused")),
)
SEVERAL = ("status", "kind", "priority", "due")
DATES = (
    *("created_after", "created_before", "active_after", "active_before"),
    *("resolved_after", "resolved_before"),
)


class Several(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class NarrowForm(forms.Form):
    """Every filter of `TicketFilter` that people choose by hand; the names are the same."""

    status = Several(label=gettext_lazy("Status"), choices=Ticket.Status.choices, required=False)
    priority = Several(label=gettext_lazy("Priority"), choices=LOUDNESS, required=False)
    kind = Several(label=gettext_lazy("Kind"), choices=KINDS, required=False)
    assignee = forms.ChoiceField(label=gettext_lazy("Assignee"), required=False)
    team = forms.ChoiceField(label=gettext_lazy("Team"), required=False)
    channel = forms.ChoiceField(label=gettext_lazy("Channel"), required=False)
    language = forms.CharField(
        label=gettext_lazy("Language"),
        required=False,
        max_length=8,
        help_text=gettext_lazy("A code, such as hu"),
    )
    tag = forms.CharField(
        label=gettext_lazy("All of these tags"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("With commas between them"),
    )
    without_tag = forms.CharField(label=gettext_lazy("None of these tags"), required=False, max_length=200)
    waiting = forms.ChoiceField(label=gettext_lazy("The customer waits"), choices=YES_NO, required=False)
    waiting_for = forms.ChoiceField(label=gettext_lazy("Waits at least"), choices=SPANS, required=False)
    due = Several(label=pgettext_lazy("filter", "Due"), choices=DUES, required=False)
    replied = forms.ChoiceField(label=gettext_lazy("Answered before"), choices=YES_NO, required=False)
    escalated = forms.ChoiceField(label=gettext_lazy("Shown to supervisors"), choices=YES_NO, required=False)
    unread = forms.ChoiceField(label=gettext_lazy("New to you"), choices=YES_NO, required=False)
    created_within = forms.ChoiceField(label=gettext_lazy("Made within"), choices=SPANS, required=False)
    active_within = forms.ChoiceField(
        label=gettext_lazy("Last message within"), choices=SPANS, required=False
    )
    quiet_for = forms.ChoiceField(label=gettext_lazy("No message for"), choices=SPANS, required=False)
    created_after = forms.CharField(label=gettext_lazy("Made from"), required=False)
    created_before = forms.CharField(label=gettext_lazy("Made before"), required=False)
    active_after = forms.CharField(label=gettext_lazy("Last message from"), required=False)
    active_before = forms.CharField(label=gettext_lazy("Last message before"), required=False)
    resolved_after = forms.CharField(label=gettext_lazy("Resolved from"), required=False)
    resolved_before = forms.CharField(label=gettext_lazy("Resolved before"), required=False)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        colleagues = User.objects.people().at_work()
        fields: dict[str, Any] = self.fields
        fields["assignee"].choices = [
            ANY,
            (ME, _("Me")),
            (NOBODY, _("Nobody")),
            *((str(each.pk), str(each)) for each in colleagues),
        ]
        fields["team"].choices = [
            ANY,
            (MINE, _("My teams")),
            (NOBODY, _("No team")),
            *((str(each.pk), str(each)) for each in Team.objects.all()),
        ]
        fields["channel"].choices = [
            ANY,
            *((str(each.pk), each.name) for each in access.channels(user).order_by("name")),
        ]
        for name in DATES:
            fields[name].widget = forms.DateInput(attrs={"type": "date"})
        self.own = own_filters.controls(CustomField.Of.TICKET)
        fields.update(self.own)
        for name in CARRIED:
            fields[name] = forms.CharField(required=False, widget=forms.HiddenInput)

    def words(self) -> dict[str, str]:
        """The filters chosen, in the words of `TicketFilter`; what is wrong is left to it to tell."""
        self.is_valid()
        given = {name: self.cleaned_data.get(name) or "" for name in CHOSEN | CARRIED}
        several = {name: ",".join(given[name]) for name in SEVERAL}
        own = {"custom": own_filters.written(self.cleaned_data)}
        return {name: value for name, value in {**given, **several, **own}.items() if value}

    def boxes(self) -> list[forms.BoundField]:
        return [self[name] for name in SEVERAL]

    def choosers(self) -> list[forms.BoundField]:
        apart = {*SEVERAL, *DATES}
        return [self[name] for name in NarrowForm.base_fields if name not in apart]

    def own_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.own]

    def dates(self) -> list[forms.BoundField]:
        return [self[name] for name in DATES]


CHOSEN = frozenset(NarrowForm.base_fields)
CARRIED = frozenset(TicketFilter.base_filters) - CHOSEN - {"q", "view", "custom"}
"""Filters that are not chosen by hand, such as one customer's tickets: the form hands them on."""


@dataclass(frozen=True)
class Chip:
    """A filter in force: what it says, and the list without it."""

    text: str
    without: str


def spread(filters: Mapping[str, str]) -> dict[str, Any]:
    """Filters as the form takes them: where several may be chosen, a list."""
    several = {name: filters[name].split(",") for name in SEVERAL if name in filters}
    days = {name: filters[name][:10] for name in DATES if name in filters}
    return {**filters, **several, **days, **own_filters.spread(filters.get("custom", ""))}


def chips(request: Any, asked: Place) -> list[Chip]:
    """What narrows this list. Colleagues and channels are asked for by name only when one is meant."""
    given = [
        Chip(f"{_title(name)}: {_value(request, name, value)}", asked.but(**{name: ""}))
        for name, value in sorted(asked.narrow.items())
        if name != "custom"
    ]
    return [*_operators(asked), *given, *_own(asked)]


def _own(asked: Place) -> list[Chip]:
    """The company's own fields, each value a chip."""
    told = own_filters.told(asked.narrow["custom"]) if "custom" in asked.narrow else []
    return [Chip(text, asked.but(custom=rest)) for text, rest in told]


def _operators(asked: Place) -> list[Chip]:
    """The operators of a search, each as it was typed."""
    if ":" not in asked.query:
        return []
    query = search.understood(asked.query)
    return [Chip(query.parts[at], asked.but(q=query.but(at))) for at in sorted(query.marked)]


def _title(name: str) -> str | Promise:
    fixed = {"customer": _("Customer"), "organisation": _("Organisation")}
    if name in fixed:
        return fixed[name]
    known = NarrowForm.base_fields.get(name)
    return known.label if known else name  # type: ignore[return-value]


def _value(request: Any, name: str, value: str) -> str:
    if name in ("assignee", "team", "channel", "customer", "organisation"):
        return _somebody(request, name, value)
    field = NarrowForm.base_fields.get(name)
    labels = dict(_flat(getattr(field, "choices", ())))
    return ", ".join(str(labels.get(word, word)) for word in (value.split(",") if labels else [value]))


def _flat(choices: Iterable[Any]) -> Iterable[tuple[str, Any]]:
    return [(str(value), label) for value, label in choices]


def _somebody(request: Any, name: str, value: str) -> str:
    """The name behind a number, as far as this colleague may know it."""
    words = {ME: _("me"), MINE: _("mine"), NOBODY: _("nobody") if name == "assignee" else _("none")}
    if value in words or not value.isdecimal():
        return words.get(value, value)
    found = _behind(request, name, int(value))
    return str(found) if found else f"#{value}"


def _behind(request: Any, name: str, pk: int) -> Any:
    if name == "team":
        return next((team for team in navigation.teams(request) if team.pk == pk), None)
    if name == "assignee":
        return User.objects.filter(pk=pk).first()
    if name == "channel":
        return access.channels(request.user).filter(pk=pk).values_list("name", flat=True).first()
    if name == "customer":
        return access.customers(request.user).filter(pk=pk).first()
    return access.organisations(request.user).filter(pk=pk).first()
