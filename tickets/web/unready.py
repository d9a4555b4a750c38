"""Somebody is given by hand what routing would not give them: said, not refused."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from helpdesk.accounts.models import User
from tickets.models import Ticket
from tickets.routing import requirements


def warned(colleague: User | None, tickets: Iterable[Ticket]) -> str:
    """What the colleague has to read first for these tickets, in a sentence; "" for nothing."""
    wanted = {topic for each in tickets if (topic := requirements.topic_of(each))}
    lacks = requirements.missing([colleague.pk]).get(colleague.pk, []) if colleague and wanted else []
    titles = ", ".join(f"“{each.title}”" for each in lacks if each.topics & wanted)
    if not titles:
        return ""
    return _("%(name)s has not read yet what this topic needs: %(titles)s.") % {
        "name": colleague,
        "titles": titles,
    }
