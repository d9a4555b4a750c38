"""What a customer said of how their request was handled, in a ticket's history."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from tickets.models import Event, Rating, Ticket
from tickets.web.actors import filled


def _rated(event: Event, names: Any) -> str:
    """The score of then; the comment as it stands, when the score is still that."""
    score = event.data.get("score", "")
    word = Ticket.Score(score).label if score in Ticket.Score.values else score
    found = Rating.objects.filter(pk=event.data.get("rating"), score=score).exclude(comment="").first()
    if found:
        said = " ".join(found.comment.split())
        return filled(_("Rated “%(score)s” by %(who)s: “%(comment)s”"), event, score=word, comment=said)
    return filled(_("Rated “%(score)s” by %(who)s"), event, score=word)


TELLERS: dict[str, Callable[[Event, Any], str]] = {
    Event.Kind.RATED: _rated,
    Event.Kind.RATING_ASKED: lambda event, names: _("The customer was asked how it went"),
}
