"""What a ticket is linked with, as its page says it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from tickets import linking, ties
from tickets.horizon import Viewer
from tickets.models import Ticket

WORDS: dict[str, str | Promise] = {
    linking.PART: gettext_lazy("Part of"),
    linking.WHOLE: gettext_lazy("Its part"),
    linking.RELATED: gettext_lazy("Related to"),
    linking.DUPLICATE: gettext_lazy("Duplicate of"),
    linking.ORIGINAL: gettext_lazy("Its duplicate"),
}
"""What the ticket is to the other one, as it stands before its number."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One link, from the side of the ticket that is shown."""

    pk: int
    relation: str
    words: str
    other: Ticket | None
    """None when the reader may not see it."""


def lines(ticket: Ticket, viewer: Viewer) -> list[Line]:
    """The links of a ticket as this reader may see them; nothing is asked of one without."""
    if not getattr(ticket, "is_linked", True):
        return []
    return [
        Line(
            pk=link.pk,
            relation=(told := linking.relation(link, ticket)),
            words=str(WORDS[told]),
            other=(link.target if link.source_id == ticket.pk else link.source) if link.seen else None,  # type: ignore[attr-defined]
        )
        for link in ties.links(viewer, ticket)
    ]
