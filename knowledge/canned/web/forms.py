"""The forms of canned responses: what is written, whose it is, and what goes along."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from channels_app.models import Channel
from helpdesk.accounts.models import Team, User
from knowledge.canned import keeping
from knowledge.canned.models import LONGEST, CannedResponse
from knowledge.canned.web import wording
from tickets import access
from tickets.macros.wording import LABELS
from tickets.models import Topic

MINE, EVERYBODY = "mine", "everybody"
AS_IT_IS = ("", gettext_lazy("as it is"))
FURTHER = ("de", "fr", "es", "it", "pl", "uk", "ro", "sk", "cs", "nl", "pt", "tr")
"""Offered besides the languages of the desk; a response may have wordings in any."""


class UseForm(forms.Form):
    key = forms.UUIDField(required=False)
    mode = forms.CharField(required=False, max_length=8)
    language = forms.CharField(required=False, max_length=8)
    words_only = forms.BooleanField(required=False)


class TrialForm(forms.Form):
    ticket = forms.IntegerField(label=gettext_lazy("Number of a ticket"), min_value=1, max_value=2**62)
    language = forms.CharField(required=False, max_length=8)


class ResponseForm(forms.Form):
    title = forms.CharField(label=pgettext_lazy("of a response", "Name"), max_length=80)
    shortcut = forms.RegexField(
        r"^[^\W_][\w-]*\Z",
        label=gettext_lazy("Shortcut"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("What one types after / in the composer."),
        error_messages={"invalid": gettext_lazy("Letters, digits, - and _, without spaces.")},
    )
    whose = forms.ChoiceField(label=gettext_lazy("For whom"))
    is_active = forms.BooleanField(label=gettext_lazy("Offered in the composer"), required=False)
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.filter(is_active=True),
        label=gettext_lazy("Topics"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("Channels"),
        choices=Channel.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    status = forms.ChoiceField(label=LABELS["status"], required=False)
    snooze = forms.ChoiceField(label=LABELS["snooze"], required=False)
    kind = forms.ChoiceField(label=LABELS["kind"], required=False)
    priority = forms.ChoiceField(label=LABELS["priority"], required=False)
    tag_add = forms.CharField(label=LABELS["tag_add"], required=False, max_length=400)
    further = forms.ChoiceField(label=gettext_lazy("Further language"), required=False)

    def __init__(
        self, *args: Any, user: User, response: CannedResponse | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.user, self.response = user, response
        self.shaped = [
            team for team in Team.objects.all() if access.may_shape(user, owner_id=None, team_id=team.pk)
        ]
        whose: list[tuple[str, Any]] = [(MINE, _("Me"))]
        whose += [(f"team-{one.pk}", one.name) for one in self.shaped]
        if access.may_shape(user, owner_id=None, team_id=None):
            whose.append((EVERYBODY, _("Everybody")))
        self._offer("whose", whose)
        for name, choices in wording.CHOICES.items():
            self._offer(name, [AS_IT_IS, *((str(key), label) for key, label in choices.items() if key)])
        self.codes = self._languages()
        for code in self.codes:
            self.fields[f"body-{code}"] = forms.CharField(
                label=wording.language(code),
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 8, "lang": code}),
            )
            self.fields[f"html-{code}"] = forms.CharField(
                required=False, max_length=4 * LONGEST, widget=forms.HiddenInput
            )
        others = [(code, wording.language(code)) for code in FURTHER if code not in self.codes]
        self._offer("further", [("", "–"), *others])

    def wordings(self) -> list[tuple[str, Any, Any]]:
        """Code, text and formatted text of each language."""
        return [(code, self[f"body-{code}"], self[f"html-{code}"]) for code in self.codes]

    def given(self) -> dict[str, Any]:
        """What is to be kept, in the words of the verbs."""
        data = self.cleaned_data
        whose = data["whose"]
        team = next((one for one in self.shaped if whose == f"team-{one.pk}"), None)
        said = {code: {"body": data[f"body-{code}"], "html": data[f"html-{code}"]} for code in self.codes}
        return {
            "title": data["title"],
            "shortcut": data["shortcut"],
            "owner": self.user if whose == MINE else None,
            "team": team,
            "topics": data["topics"],
            "channels": data["channels"],
            "is_active": data["is_active"],
            "steps": self._steps(),
            "wordings": said,
        }

    def blame(self, refused: keeping.Refused) -> None:
        for name, code in refused.errors.items():
            self.add_error(name if name in self.fields else None, wording.fault(name, code))

    def _steps(self) -> dict[str, Any]:
        """Those that stand in the form; others that it has besides stay."""
        data, kept = self.cleaned_data, dict(self.response.steps if self.response else {})
        for name in ("status", "snooze", "kind"):
            kept.pop(name, None)
            kept |= {name: data[name]} if data[name] else {}
        kept.pop("priority", None)
        kept |= {"priority": int(data["priority"])} if data["priority"] else {}
        kept.pop("tag_add", None)
        tags = [tag.strip() for tag in data["tag_add"].replace(";", ",").split(",") if tag.strip()]
        return kept | ({"tag_add": tags} if tags else {})

    def _languages(self) -> list[str]:
        """Those of the desk, those the response speaks already, and one that is being added."""
        codes = [code for code, _name in settings.LANGUAGES]
        codes += [each.language for each in self.response.wordings.all()] if self.response else []
        if self.is_bound:
            codes += [name.removeprefix("body-") for name in self.data if name.startswith("body-")]
            codes += [self.data["further"]] if self.data.get("further") in FURTHER else []
        return [code for code in dict.fromkeys(codes) if code.isalpha() and len(code) <= 8]

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def initial(response: CannedResponse) -> dict[str, Any]:
    """What stands in the form of a response there is."""
    steps = response.steps
    home = MINE if response.owner_id else f"team-{response.team_id}" if response.team_id else EVERYBODY
    shown: dict[str, Any] = {"title": response.title, "shortcut": response.shortcut, "whose": home}
    shown |= {"topics": list(response.topics.all()), "channels": response.channels}
    shown |= {"is_active": response.is_active, "tag_add": ", ".join(steps.get("tag_add", []))}
    shown |= {name: str(steps[name]) for name in wording.CHOICES if name in steps}
    for each in response.wordings.all():
        shown |= {f"body-{each.language}": each.body, f"html-{each.language}": each.html}
    return shown
