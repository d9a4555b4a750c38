"""The form by which a customer rates a finished request of their own."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from tickets import ratings
from tickets.models import Ticket
from tickets.models.rating import LONGEST_COMMENT

FACES = {Ticket.Score.GOOD: "smile", Ticket.Score.FAIR: "meh", Ticket.Score.BAD: "frown"}


class RatingForm(forms.Form):
    score = forms.ChoiceField(
        choices=Ticket.Score.choices, error_messages={"required": gettext_lazy("Choose one of the three.")}
    )
    comment = forms.CharField(
        label=gettext_lazy("What should we know?"),
        max_length=LONGEST_COMMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def begun(ticket: Ticket, score: str) -> RatingForm:
    """The form with a score chosen, and what was said before."""
    standing = ratings.of(ticket)
    return RatingForm(initial={"score": score, "comment": standing.comment if standing else ""})


def context(ticket: Ticket, form: RatingForm | None) -> dict[str, Any]:
    """What the page of a request shows of its rating: what was said, and the form while it is open."""
    standing = ratings.of(ticket)
    said = {"score": standing.score, "comment": standing.comment} if standing else {}
    form = form or RatingForm(initial=said)
    return {
        "rating": standing,
        "face": FACES[Ticket.Score(standing.score)] if standing else "",
        "can_rate": ratings.is_open(ticket, standing, timezone.now()),
        "changeable_until": standing.at + ratings.CHANGEABLE if standing else None,
        "rate_form": form,
        "chosen": form["score"].value(),
        "scores": [(score.value, score.label, FACES[score]) for score in Ticket.Score],
    }
