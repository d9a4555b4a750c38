"""Who did what an event tells of, in words."""

from typing import Any

from django.utils.translation import gettext as _

from tickets.models import Event
from tickets.web.rows import customer_name


def who(event: Event) -> str:
    """The person behind an event, or the desk itself."""
    if event.user:
        return event.user.byline
    return customer_name(event.customer) if event.customer else _("the desk")


def filled(text: str, event: Event, **values: Any) -> str:
    """A sentence with %(who)s and what else it names."""
    return text % {"who": who(event), **values}
