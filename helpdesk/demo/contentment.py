"""What customers of the demo said of how their requests were handled: some of each, some in words."""

import random
from datetime import timedelta

from django.db.models import Max

from tickets import ratings
from tickets.inviting import noting
from tickets.models import Event, Rating, RatingInvitation, Ticket

MOST = 30
GOOD, FAIR, BAD = Ticket.Score.GOOD, Ticket.Score.FAIR, Ticket.Score.BAD
SCORES = (GOOD, GOOD, FAIR, GOOD, GOOD, BAD, GOOD, GOOD, FAIR, GOOD)
WORDS = {
    ("en", GOOD): "Quick and friendly, thank you!",
    ("en", FAIR): "Solved in the end, but I had to ask twice.",
    ("en", BAD): "Nobody told me that the parcel would be a week late.",
    ("ru", GOOD): "Быстро и вежливо, спасибо!",
    ("ru", FAIR): "Вопрос решили, но пришлось писать дважды.",
    ("ru", BAD): "Никто не предупредил, что посылка задержится на неделю.",
    ("hu", GOOD): "Gyors és kedves segítség, köszönöm!",
    ("hu", FAIR): "Végül megoldódott, de kétszer kellett kérdeznem.",
    ("hu", BAD): "Senki sem szólt, hogy a csomag egy hetet késik.",
}


def say() -> None:
    """Some hours after their requests were done; every other one with a comment."""
    rng = random.Random(11)
    done = Ticket.objects.on_desk().filter(status__in=("resolved", "closed"), is_internal=False)
    found = done.exclude(resolved_at=None).select_related("customer").order_by("-number")[: 2 * MOST : 2]
    for place, ticket in enumerate(found):
        score = SCORES[place % len(SCORES)]
        comment = WORDS.get((ticket.language[:2], score), "") if place % 2 or score == BAD else ""
        newest = Event.objects.filter(ticket=ticket).aggregate(at=Max("at"))["at"]
        rating = ratings.rate(ticket, score, comment, customer=ticket.customer)
        at = min(newest + timedelta(minutes=rng.randrange(20, 600)), rating.at)
        Rating.objects.filter(pk=rating.pk).update(at=at)
        Event.objects.filter(ticket=ticket, kind=Event.Kind.RATED).update(at=at)
        _was_asked(ticket)


def _was_asked(ticket: Ticket) -> None:
    """They rated by the link of a mail that came some hours after the resolution."""
    at = ticket.resolved_at or ticket.created_at
    due = at + timedelta(hours=noting.HOURS)
    asked = {"due_at": due, "settled_at": due, "state": RatingInvitation.State.SENT}
    RatingInvitation.objects.update_or_create(ticket=ticket, resolved_at=at, defaults=asked)
