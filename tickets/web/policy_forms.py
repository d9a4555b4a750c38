"""A policy of times as admins fill it in: hours and minutes, and what follows in words."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from channels_app.models import Channel
from helpdesk.accounts.models import Calendar, Team
from tickets.models import Customer, Organisation, SlaPolicy, Ticket
from tickets.models.sla import LONGEST, SOON_SHARE, Target, Told
from tickets.sla import keeping
from tickets.web import clock_words

SHARE, BEFORE, NEVER = "share", "minutes", ""
LENGTHS = (*Target.values, "escalate_minutes")
"""Fields of the model that are filled in as hours and minutes."""
ANY = ("", pgettext_lazy("filter", "Any"))
FIELDS = ("name", "is_active", "kind", "priority", "importance", "channel", "team", "calendar")
ACTS = ("pauses_on_hold", "raises_priority", "hands_back", "warn_tells", "late_tells")


class PolicyForm(forms.ModelForm):
    organisation = forms.CharField(
        label=gettext_lazy("Organisation"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Its name, as it stands in the book of customers. Empty: any."),
    )
    place = forms.TypedChoiceField(label=gettext_lazy("Place in the order"), coerce=int)
    warns = forms.ChoiceField(
        label=gettext_lazy("Warn"),
        required=False,
        choices=[
            (SHARE, gettext_lazy("when so many percent of the time are used")),
            (BEFORE, gettext_lazy("so many minutes before")),
            (NEVER, gettext_lazy("not at all")),
        ],
    )
    warn_at = forms.IntegerField(
        label=gettext_lazy("Percent or minutes"), min_value=1, max_value=LONGEST, required=False
    )

    class Meta:
        model = SlaPolicy
        fields = [*FIELDS, *ACTS]

    def __init__(self, data: Any = None, *, instance: SlaPolicy) -> None:
        super().__init__(data, instance=instance, initial=_initial(instance))
        fields: dict[str, Any] = self.fields
        for name in LENGTHS:
            for part, most in (("h", LONGEST // 60), ("m", 59)):
                box = forms.NumberInput(attrs={"class": "input"})
                field = forms.IntegerField(min_value=0, max_value=most, required=False, widget=box)
                fields[f"{name}_{part}"] = field
        for name in ("warn_tells", "late_tells"):
            fields[name] = forms.MultipleChoiceField(
                label=SlaPolicy._meta.get_field(name).verbose_name,  # type: ignore[union-attr]
                choices=Told,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        labels = {
            "name": _("Name"),
            "kind": _("Kind"),
            "priority": _("Priority at least"),
            "importance": _("Customer at least"),
            "channel": _("Channel"),
            "team": _("Team"),
            "calendar": _("Working hours"),
        }
        for name, label in labels.items():
            fields[name].label = label
        fields["kind"].choices = [ANY, *Ticket.Kind.choices[1:]]
        fields["priority"].choices = [ANY, *Ticket.Priority.choices[1:]]
        fields["importance"].choices = [ANY, *Customer.Importance.choices[1:]]
        fields["channel"].queryset, fields["channel"].empty_label = Channel.objects.all(), ANY[1]
        fields["team"].queryset, fields["team"].empty_label = Team.objects.all(), ANY[1]
        fields["calendar"].queryset = Calendar.objects.all()
        fields["calendar"].empty_label = _("round the clock")
        count = SlaPolicy.objects.exclude(pk=instance.pk).count() + 1
        fields["place"].choices = [(place, str(place)) for place in range(1, count + 1)]

    def lengths(self) -> list[dict[str, Any]]:
        """The three times, each with its two fields."""
        return [self._length(name, clock_words.target(name)) for name in Target.values]

    def escalation(self) -> dict[str, Any]:
        return self._length("escalate_minutes", _("Escalate when it is overdue for"))

    def _length(self, name: str, label: str) -> dict[str, Any]:
        return {"label": label, "hours": self[f"{name}_h"], "minutes": self[f"{name}_m"]}

    def clean_organisation(self) -> Organisation | None:
        name = self.cleaned_data["organisation"].strip()
        if not name:
            return None
        found = Organisation.objects.filter(name__iexact=name).first()
        if found is None:
            raise forms.ValidationError(_("There is no organisation of this name."))
        return found

    def _post_clean(self) -> None:
        """The model's own constraints are asked with all values in place."""
        given, policy = self.cleaned_data, self.instance
        policy.organisation = given.get("organisation")
        for name in LENGTHS:
            minutes = (given.get(f"{name}_h") or 0) * 60 + (given.get(f"{name}_m") or 0)
            setattr(policy, name, minutes or None)
        how, number = given.get("warns"), given.get("warn_at")
        policy.warn_share = (number or SOON_SHARE) if how == SHARE else None
        policy.warn_minutes = number if how == BEFORE else None
        if how == SHARE and number and number > 99:
            self.add_error("warn_at", _("From 1 to 99 percent."))
            policy.warn_share = SOON_SHARE
        if how == BEFORE and not number:
            self.add_error("warn_at", _("Say how many minutes before."))
        super()._post_clean()  # type: ignore[misc]
        # Constraints over fields that the form itself does not have are not asked: said here.
        if not any(getattr(policy, name) for name in Target.values):
            self.add_error(None, _("Set one of the three times at least."))
        if policy.hands_back and not policy.escalate_minutes:
            self.add_error(None, _("Say after how many minutes it is escalated."))


def _initial(policy: SlaPolicy) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name in LENGTHS:
        if minutes := getattr(policy, name):
            made[f"{name}_h"], made[f"{name}_m"] = divmod(minutes, 60)
    if policy.warn_minutes:
        made |= {"warns": BEFORE, "warn_at": policy.warn_minutes}
    else:
        made |= {"warns": SHARE if policy.warn_share else NEVER, "warn_at": policy.warn_share}
    return made | {
        "place": keeping.place_of(policy),
        "organisation": policy.organisation.name if policy.organisation else "",
    }
