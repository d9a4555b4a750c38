"""What a macro can do to a ticket, and putting it into another folder."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpdesk.prepared import Lookup
from tickets import assignment, bulk, fields, properties
from tickets.events import Actor
from tickets.macros import checking, steps
from tickets.models import Ticket, Topic
from tickets.rules.actions.registry import Action, Doing, Left, register
from tickets.rules.conditions import Nonsense

_now = Lookup(lambda pk: Ticket.objects.filter(pk=pk), int, planned=True)

SO: dict[str, Callable[[Ticket, Any], bool]] = {
    "team": lambda ticket, value: ticket.team_id == value,
    "assignee": lambda ticket, value: ticket.assignee_id == value,
    "kind": lambda ticket, value: ticket.kind == value,
    "priority": lambda ticket, value: ticket.priority == value,
    "tag_add": lambda ticket, value: set(value) <= set(ticket.tags),
    "tag_remove": lambda ticket, value: not set(value) & set(ticket.tags),
    "status": lambda ticket, value: ticket.status == value,
}

PLAIN = frozenset({"team", "assignee", "kind", "priority", "tag_add", "tag_remove", "custom", "status"})

DESK = ("desk", "spam", "bin")


def _of_macros(name: str, label: str | Promise, icon: str) -> None:
    """What a macro can do, a rule can: the same check, the same verb, the same way back."""

    def check(value: Any) -> Any:
        try:
            kept = checking.sound({name: value})
        except checking.Nonsense as wrong:
            raise Nonsense(_("Choose a value.")) from wrong
        if value == steps.ME:
            raise Nonsense(_("A rule is nobody: name a colleague."))
        return kept[name]

    def do(doing: Doing, value: Any) -> tuple[Any, Any]:
        values, lost = steps.resolved({name: value}, None)
        if lost:
            raise Left("gone")
        action, ticket = steps.ACTIONS[name], doing.ticket
        before = action.read(ticket)
        try:
            action.do(ticket, values[name], None)
        except assignment.CannotTake as refusal:
            raise Left("cannot_take") from refusal
        except fields.Wrong as refusal:
            raise Left("no_field") from refusal
        return before, action.read(ticket if name in PLAIN else _now(ticket.pk)[0])

    def back(ticket: Ticket, before: Any, after: Any, actor: Actor) -> bool:
        return steps.taken_back(name, ticket, before, after, actor)

    register(
        Action(
            name=name,
            label=label,
            icon=icon,
            sound=check,
            do=do,
            back=back,
            is_so=SO.get(name),
            is_plain=name in PLAIN,
        )
    )


def _folder(value: Any) -> str:
    if value not in DESK:
        raise Nonsense(_("Choose a value."))
    return str(value)


def _put(doing: Doing, value: str) -> tuple[Any, Any]:
    action = bulk.ACTIONS["folder"]
    before = doing.ticket.folder
    action.do(doing.ticket, value, None)
    return before, value


def _put_back(ticket: Ticket, before: Any, after: Any, actor: Actor) -> bool:
    if before == after or ticket.folder != after:
        return False
    bulk.ACTIONS["folder"].back(ticket, before, actor)
    return True


def _topic(value: Any) -> str:
    if not isinstance(value, str) or not Topic.objects.filter(key=value, is_active=True).exists():
        raise Nonsense(_("Choose a value."))
    return value


def _set_topic(doing: Doing, value: str) -> tuple[Any, Any]:
    """No person said so: the desk does not learn from it."""
    before = doing.ticket.topic
    try:
        properties.set_topic(doing.ticket, value, actor=None)
    except ValueError as gone:
        raise Left("gone") from gone
    return before, value


def _set_topic_back(ticket: Ticket, before: Any, after: Any, actor: Actor) -> bool:
    if before == after or ticket.topic != after:
        return False
    bulk.ACTIONS["topic"].back(ticket, before, actor)
    return True


_of_macros("team", gettext_lazy("Team"), "users")
_of_macros("assignee", gettext_lazy("Assignee"), "user")
_of_macros("kind", gettext_lazy("Kind"), "flag")
register(
    Action(
        name="topic",
        label=gettext_lazy("Topic"),
        icon="tag",
        sound=_topic,
        do=_set_topic,
        back=_set_topic_back,
        is_so=lambda ticket, value: ticket.topic == value,
        is_plain=True,
    )
)
_of_macros("priority", gettext_lazy("Priority"), "flag")
_of_macros("tag_add", gettext_lazy("Add tags"), "tag")
_of_macros("tag_remove", gettext_lazy("Take tags away"), "tag")
_of_macros("custom", gettext_lazy("Fields"), "pencil")
_of_macros("status", gettext_lazy("Status"), "check")
_of_macros("snooze", gettext_lazy("Snooze"), "moon")
register(
    Action(
        name="folder",
        label=gettext_lazy("Move"),
        icon="archive",
        sound=_folder,
        do=_put,
        back=_put_back,
        is_so=lambda ticket, value: ticket.folder == value,
    )
)
