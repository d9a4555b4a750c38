"""Who did what an event tells of, in words."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tickets import naming
from tickets.models import Event


def who(event: Event) -> str:
    """The person behind an event, the rule, or the desk itself."""
    if name := ruling(event):
        return name
    if event.user:
        return event.user.byline
    if not event.customer:
        return _("the desk")
    return naming.of(event.customer, getattr(event, "address", None))


def with_addresses(events: QuerySet[Event]) -> QuerySet[Event]:
    """Events with the address of whoever has no name, looked up for these alone."""
    return events.annotate(address=naming.address())


def ruling(event: Event) -> str:
    """Of the rule that did it, "" when none did; one that was taken back is a person's doing."""
    by = event.data.get("by_rule")
    if not by or by.get("undone"):
        return ""
    return _("the rule “%(name)s”") % {"name": by.get("name", "?")}


def filled(text: str, event: Event, **values: Any) -> str:
    """A sentence with %(who)s and what else it names."""
    return text % {"who": who(event), **values}
