"""What is behind the ids that events hold."""

from django.utils.translation import gettext as _

from helpdesk.accounts.models import Team, User
from helpdesk.prepared import Lookup
from sop.models import Edition
from tickets import fields
from tickets.classification import topics
from tickets.models import CustomField, PriorityCriterion, RoutingRule, Skill
from tickets.priority import usual

_everybody = Lookup(lambda: User.objects.only("id", "name", "email"), planned=True)


class Names:
    """The names behind the ids that events hold; one query for each sort, when the first is asked for."""

    def __init__(self) -> None:
        self._users: dict[int, str] | None = None
        self._teams: dict[int, str] | None = None
        self._fields: dict[str, CustomField] | None = None
        self._skills: dict[int, str] | None = None
        self._rules: dict[int, str] | None = None
        self._criteria: dict[int, str] | None = None
        self._editions: dict[int, str] = {}

    def user(self, pk: int | None) -> str:
        if self._users is None:
            self._users = {user.pk: str(user) for user in _everybody()}
        return self._users.get(pk or 0, _("somebody who has left"))

    def field(self, key: str) -> CustomField | None:
        """The custom field of tickets with this key, if it is in use."""
        if self._fields is None:
            self._fields = {field.key: field for field in fields.of(CustomField.Of.TICKET)}
        return self._fields.get(key)

    def edition(self, pk: int | None) -> str:
        """A version of a procedure, such as "Lost parcel · 3"."""
        if pk and pk not in self._editions:
            self._editions[pk] = str(Edition.objects.filter(pk=pk).first() or "?")
        return self._editions.get(pk or 0, "?")

    def topic(self, key: str) -> str:
        return topics.title(key) or key

    def team(self, pk: int | None) -> str:
        if self._teams is None:
            self._teams = dict(Team.objects.values_list("id", "name"))
        return self._teams.get(pk or 0, _("a former team"))

    def skill(self, pk: int) -> str:
        if self._skills is None:
            self._skills = dict(Skill.objects.values_list("id", "name"))
        return self._skills.get(pk, _("a former skill"))

    def rule(self, pk: int) -> str:
        """What a routing rule holds for."""
        if self._rules is None:
            rows = RoutingRule.objects.select_related("channel", "topic__parent__parent__parent")
            self._rules = {row.pk: row.said() for row in rows}
        return self._rules.get(pk, _("a former rule"))

    def criterion(self, pk: int) -> str:
        if self._criteria is None:
            rows = PriorityCriterion.objects.values_list("id", "name")
            self._criteria = {pk: usual.spoken(name) for pk, name in rows}
        return self._criteria.get(pk, _("a former criterion"))
