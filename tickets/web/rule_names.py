"""What there is to choose from in a rule at this desk, and what it is called."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from channels_app.models import Channel
from helpdesk.accounts.models import Team, User
from tickets import fields
from tickets.macros.wording import SNOOZES
from tickets.models import Customer, CustomField, Organisation, Ticket, Topic
from tickets.models.competence import language_name
from tickets.narrowing import NO_KIND, NOBODY, PRIORITIES
from tickets.rules import actions, traits
from tickets.web.rule_labels import MOODS, SIDES, TRAITS, WHO

Choices = list[tuple[str, str]]
MOST_CHOICES = 300
NEIGHBOURS = {"de", "fr", "it", "es", "pl", "uk", "ro", "sk", "cs", "nl"}
"""Languages besides those of the desk itself that customers may write in."""


@dataclass
class Names:
    """What there is to choose from at this desk; each list is asked for once."""

    _known: dict[str, Choices] = field(default_factory=dict)
    _own: dict[str, CustomField] | None = None

    @property
    def own(self) -> dict[str, CustomField]:
        """The custom fields under the names that conditions use."""
        if self._own is None:
            self._own = traits.by_name(fields.every())
        return self._own

    def of(self, name: str) -> Choices:
        """Value and label of all that a trait or an action of this name may have."""
        if name not in self._known:
            self._known[name] = self._asked(name)
        return self._known[name]

    def label(self, name: str, value: Any) -> str:
        """One value in words; what is gone says so."""
        return dict(self.of(name)).get(str(value), _("no longer here"))

    def trait(self, name: str) -> str:
        if name in TRAITS:
            return str(TRAITS[name])
        return self.own[name].title if name in self.own else _("a former field")

    def _asked(self, name: str) -> Choices:
        if name in _CHOICES:
            return [(str(value), str(label)) for value, label in _CHOICES[name]()]
        if name in self.own:
            own = self.own[name]
            return [(each, own.option_title(each)) for each in own.values]
        known = actions.ACTIONS.get(name)
        return known.choices() if known and known.choices else []


def _teams() -> Choices:
    return [(str(team.pk), team.name) for team in Team.objects.all()]


def _people() -> Choices:
    return [(str(user.pk), str(user)) for user in User.objects.people().at_work()]


def _languages() -> Choices:
    codes = {code for code, _name in settings.LANGUAGES} | NEIGHBOURS
    return sorted(((code, language_name(code)) for code in codes), key=lambda each: each[1])


def _organisations() -> Choices:
    rows = Organisation.objects.all()[:MOST_CHOICES]
    return [(NOBODY, pgettext("organisation", "None")), *((str(row.pk), row.name) for row in rows)]


_CHOICES: dict[str, Callable[[], Iterable[tuple[Any, Any]]]] = {
    "status": lambda: Ticket.Status.choices,
    "former_status": lambda: Ticket.Status.choices,
    "kind": lambda: [(value or NO_KIND, label) for value, label in Ticket.Kind.choices],
    "priority": lambda: [(name, value.label) for name, value in PRIORITIES.items()],
    "team": lambda: [(NOBODY, _("No team")), *_teams()],
    "assignee": lambda: [(NOBODY, _("Nobody")), *_people()],
    "channel": lambda: [(row.pk, row.name) for row in Channel.objects.all()],
    "language": _languages,
    "topic": lambda: [(row.key, str(row)) for row in Topic.objects.select_related("parent__parent__parent")],
    "rating": lambda: [("none", _("not rated")), *Ticket.Score.choices],
    "mood": lambda: MOODS.items(),
    "by": lambda: WHO.items(),
    "importance": lambda: [(each.name.lower(), each.label) for each in Customer.Importance],
    "organisation": _organisations,
    "snooze": lambda: SNOOZES.items(),
    "folder": lambda: Ticket.Folder.choices[:3],
    "watch": _people,
    "notify": lambda: [
        *SIDES.items(),
        *((f"team:{pk}", _("Team %(name)s") % {"name": name}) for pk, name in _teams()),
        *((f"user:{pk}", name) for pk, name in _people()),
    ],
}
