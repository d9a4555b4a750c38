"""The form of a macro: what is left empty is left as it is on a ticket."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from helpdesk.accounts.models import Team, User
from tickets import access, fields, macros
from tickets.macros.checking import LONGEST
from tickets.macros.steps import ME
from tickets.macros.wording import LABELS, SNOOZES
from tickets.models import CustomField, Macro, Ticket
from tickets.web.value_fields import CustomValueField

MINE, EVERYBODY, NONE = "mine", "everybody", "none"
AS_IT_IS = ("", gettext_lazy("as it is"))
OWN = "custom_"


def _words(name: str) -> forms.CharField:
    return forms.CharField(
        label=LABELS[name],
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class MacroForm(forms.Form):
    title = forms.CharField(label=pgettext_lazy("of a macro", "Name"), max_length=60)
    whose = forms.ChoiceField(label=gettext_lazy("For whom"))
    reply = _words("reply")
    note = _words("note")
    status = forms.ChoiceField(
        label=LABELS["status"], choices=[AS_IT_IS, *Ticket.Status.choices], required=False
    )
    snooze = forms.ChoiceField(label=LABELS["snooze"], choices=[AS_IT_IS, *SNOOZES.items()], required=False)
    kind = forms.ChoiceField(
        label=LABELS["kind"],
        choices=[AS_IT_IS, *((value or NONE, label) for value, label in Ticket.Kind.choices)],
        required=False,
    )
    priority = forms.ChoiceField(
        label=LABELS["priority"], choices=[AS_IT_IS, *Ticket.Priority.choices], required=False
    )
    team = forms.ChoiceField(label=LABELS["team"], required=False)
    assignee = forms.ChoiceField(label=LABELS["assignee"], required=False)
    tag_add = forms.CharField(label=LABELS["tag_add"], required=False, max_length=400)
    tag_remove = forms.CharField(label=LABELS["tag_remove"], required=False, max_length=400)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        self.shaped = [
            team for team in Team.objects.all() if access.may_shape(user, owner_id=None, team_id=team.pk)
        ]
        whose: list[tuple[str, Any]] = [
            (MINE, _("Me")),
            *((f"team-{one.pk}", one.name) for one in self.shaped),
        ]
        if access.may_shape(user, owner_id=None, team_id=None):
            whose.append((EVERYBODY, _("Everybody")))
        colleagues = [(str(one.pk), str(one)) for one in User.objects.people().at_work()]
        teams = [(str(one.pk), one.name) for one in Team.objects.all()]
        choices: dict[str, list[tuple[str, Any]]] = {
            "whose": whose,
            "team": [AS_IT_IS, (NONE, _("No team")), *teams],
            "assignee": [AS_IT_IS, (ME, _("Whoever runs it")), (NONE, _("Nobody")), *colleagues],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        for field in fields.of(CustomField.Of.TICKET):
            self.fields[f"{OWN}{field.key}"] = CustomValueField(field)

    @property
    def own(self) -> list[forms.BoundField]:
        """The controls of custom fields."""
        return [self[name] for name in self.fields if name.startswith(OWN)]

    def steps(self) -> dict[str, Any]:
        """What is to be done, in the words of `macros.sound`; what was left empty is not."""
        given = self.cleaned_data
        steps: dict[str, Any] = {
            name: given[name] for name in ("reply", "note", "status", "snooze") if given[name]
        }
        if given["kind"]:
            steps["kind"] = "" if given["kind"] == NONE else given["kind"]
        if given["priority"]:
            steps["priority"] = int(given["priority"])
        for name in ("team", "assignee"):
            if given[name]:
                steps[name] = {NONE: None, ME: ME}.get(given[name], given[name])
                steps[name] = int(steps[name]) if str(steps[name]).isdecimal() else steps[name]
        for name in ("tag_add", "tag_remove"):
            if tags := [tag for tag in given[name].replace(";", ",").split(",") if tag.strip()]:
                steps[name] = tags
        own = {name.removeprefix(OWN): given[name] for name in self.fields if name.startswith(OWN)}
        if own := {key: value for key, value in own.items() if value not in (None, "", [])}:
            steps["custom"] = own
        return steps

    def home(self) -> dict[str, Any]:
        """Whose it is."""
        whose = self.cleaned_data["whose"]
        team = next((one for one in self.shaped if whose == f"team-{one.pk}"), None)
        return {"owner": self.user if whose == MINE else None, "team": team}

    def blame(self, nonsense: macros.Nonsense) -> None:
        for name in nonsense.errors:
            if name in self.fields:
                self.add_error(name, _("That is not possible."))
            else:
                self.add_error(
                    None,
                    _("A macro does at least one thing.") if name == "steps" else _("That is not possible."),
                )


def initial(macro: Macro) -> dict[str, Any]:
    """What stands in the form of a macro there is."""
    steps = macro.steps
    home = MINE if macro.owner_id else f"team-{macro.team_id}" if macro.team_id else EVERYBODY
    shown: dict[str, Any] = {"title": macro.title, "whose": home}
    shown |= {
        name: steps[name] for name in ("reply", "note", "status", "snooze", "priority") if name in steps
    }
    if "kind" in steps:
        shown["kind"] = steps["kind"] or NONE
    shown |= {
        name: NONE if steps[name] is None else str(steps[name])
        for name in ("team", "assignee")
        if name in steps
    }
    shown |= {name: ", ".join(steps[name]) for name in ("tag_add", "tag_remove") if name in steps}
    return shown | {f"{OWN}{key}": value for key, value in steps.get("custom", {}).items()}
