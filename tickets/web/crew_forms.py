"""What a supervisor says about a colleague, and why a ticket is given back."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from channels_app.models import Channel
from helpdesk.accounts.models import Calendar, User
from tickets import availability
from tickets.models import Availability, Competence, HandBack, Skill
from tickets.models.availability import MOST_BREATH, MOST_CAPACITY

LANGUAGE = re.compile(r"([a-z]{2})\s*([1-3])?")
LEVELS = [("", gettext_lazy("no")), *Competence.Level.choices]


class HandBackForm(forms.Form):
    value = forms.ChoiceField(choices=HandBack.Reason.choices)


class MemberForm(forms.Form):
    """One colleague's whole place in routing; with a field for each kind of channel and each skill."""

    state = forms.ChoiceField(label=gettext_lazy("Availability"), choices=Availability.State.choices)
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason of a pause"), choices=Availability.Reason.choices, required=False
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("Capacity"),
        min_value=0,
        max_value=MOST_CAPACITY,
        help_text=gettext_lazy("How much effort in tickets that wait for an answer; 0: nothing is given."),
    )
    calendar = forms.ModelChoiceField(
        label=gettext_lazy("Working hours"),
        queryset=Calendar.objects.all(),
        required=False,
        empty_label=gettext_lazy("Those of the team"),
    )
    newcomer_until = forms.DateField(
        label=gettext_lazy("Newcomer until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy(
            "Until then no complaints and nothing urgent while somebody with experience is there."
        ),
    )
    call_breath = forms.IntegerField(
        label=gettext_lazy("Breath after a call, in seconds"),
        min_value=0,
        max_value=MOST_BREATH,
        help_text=gettext_lazy("For so long nothing new comes after a call; 0: no breath."),
    )
    chat_breath = forms.IntegerField(
        label=gettext_lazy("Breath after a chat, in seconds"),
        min_value=0,
        max_value=MOST_BREATH,
        help_text=gettext_lazy("For so long nothing new comes after a chat; 0: no breath."),
    )
    languages = forms.CharField(
        label=gettext_lazy("Further languages"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "Two letters each (ISO 639) and a level: 1 basic, 2 good, 3 very good. Such as: de 3, pl 2."
        ),
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        self.user, row = user, availability.of(user)
        self.spoken = {code: _(name) for code, name in settings.LANGUAGES}
        known = list(Competence.objects.filter(user=user))
        initial: dict[str, Any] = {
            "state": row.state,
            "reason": row.reason,
            "capacity": row.capacity,
            "calendar": row.calendar_id,
            "newcomer_until": row.newcomer_until,
            "call_breath": row.call_breath,
            "chat_breath": row.chat_breath,
            "languages": ", ".join(
                f"{each.language} {each.level}"
                for each in known
                if each.language and each.language not in self.spoken
            ),
        }
        initial |= {f"speaks-{each.language}": each.level for each in known if each.language in self.spoken}
        initial |= {f"skill-{each.skill_id}": each.level for each in known if each.skill_id}
        initial |= {f"most-{kind}": most for kind, most in row.per_kind.items()}
        super().__init__(data, initial=initial)
        for kind, label in Channel.Kind.choices:
            title = _("At most of “%(channel)s”") % {"channel": label}
            self.fields[f"most-{kind}"] = forms.IntegerField(
                label=title, min_value=0, max_value=MOST_CAPACITY, required=False
            )
        for code, name in self.spoken.items():
            self.fields[f"speaks-{code}"] = forms.ChoiceField(label=name, choices=LEVELS, required=False)
        self.order_fields([each for each in self.fields if each != "languages"] + ["languages"])
        self.skills = list(Skill.objects.all())
        for skill in self.skills:
            self.fields[f"skill-{skill.pk}"] = forms.ChoiceField(
                label=skill.name, choices=LEVELS, required=False
            )
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "input")

    def clean_languages(self) -> dict[str, int]:
        parts = [part.strip().lower() for part in self.cleaned_data["languages"].split(",") if part.strip()]
        found = [LANGUAGE.fullmatch(part) for part in parts]
        if not all(found):
            raise forms.ValidationError(_("Two letters and a level from 1 to 3, with commas: en 3, hu 2."))
        return {match[1]: int(match[2] or Competence.Level.GOOD) for match in found if match}

    def _languages(self) -> dict[str, int]:
        """Those that were chosen, and those that were written, whose level counts if both were."""
        chosen = {code: self.cleaned_data[f"speaks-{code}"] for code in self.spoken}
        return {code: int(level) for code, level in chosen.items() if level} | self.cleaned_data["languages"]

    @transaction.atomic
    def save(self, *, actor: User) -> None:
        given = self.cleaned_data
        kinds = {kind: given[f"most-{kind}"] for kind in Channel.Kind.values}
        availability.limit(
            self.user,
            actor=actor,
            capacity=given["capacity"],
            per_kind={kind: most for kind, most in kinds.items() if most is not None},
            calendar=given["calendar"],
            newcomer_until=given["newcomer_until"],
            breath={talk: given[f"{talk}_breath"] for talk in availability.Talk},
        )
        skills = {each.pk: int(level) for each in self.skills if (level := given[f"skill-{each.pk}"])}
        availability.learn(self.user, languages=self._languages(), skills=skills, actor=actor)
        if given["state"] != self.initial["state"] or given["reason"] != self.initial["reason"]:
            availability.be(self.user, given["state"], actor=actor, reason=given["reason"])
