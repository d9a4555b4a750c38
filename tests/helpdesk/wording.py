"""Rows of what helps to write, and of how long customers wait: one of each table."""

from django.utils import timezone

from helpdesk.accounts.models import User
from knowledge.phrases.models import PhrasePair, SparedPhrase
from tickets.expected.models import Expectation, ExpectedTime, Pace
from tickets.manners.models import CountryNote
from tickets.models import Ticket


def one_of_each(alice: User, ticket: Ticket) -> None:
    """A row in each of their tables."""
    now = timezone.now()
    PhrasePair.objects.create(language="en", avoid="you must", prefer="please")
    SparedPhrase.objects.create(user=alice, words="sorry")
    CountryNote.objects.create(place="HU", language="hu", greeting="Tisztelt {full}!", words={})
    Expectation.objects.create(pk=1)
    Pace.objects.create(what="reply", cell="all", count=9, median=5, most=9)
    ExpectedTime.objects.create(ticket=ticket, low=60, high=60, count=9, until=now, check_at=now)
