"""The demo's suggestion box: what customers of the shop wish for, in three languages, and what came of it."""

import random
import re
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from helpdesk.demo import shop
from knowledge import centres
from knowledge.models import Suggestion, SuggestionChange, SuggestionComment, SuggestionVote
from knowledge.suggestions import deciding, posting
from tickets.models import Customer

PATH = Path(__file__).with_name("wishes.txt")
WAITING = (
    "en",
    "Samples of fabric by post",
    "Colours differ on every screen. I would pay the postage.",
)
NAMES = r"^[^\d@]+ [^\d@]+$"  # people rather than machines


class Wish(NamedTuple):
    language: str
    title: str
    votes: int
    status: str
    days: int
    text: str
    answer: str
    comments: list[str]


def make(staff: shop.Staff, now: datetime) -> None:
    """A dozen public ones with votes, answers and comments; one that waits for approval."""
    sam, rng = staff.colleagues["sam"], random.Random(7)
    known = Customer.objects.living().filter(blocked_at=None, name__regex=NAMES)
    people = list(known.exclude(name__contains="Claims").order_by("pk"))
    if not people:
        return
    for wish in wishes():
        own = [each for each in people if each.language[:2] == wish.language] or people
        row = _posted(wish, rng.choice(own))
        deciding.change(row, shown="public", actor=sam)
        voters = rng.sample(people, min(wish.votes, len(people)))
        there = set(SuggestionVote.objects.filter(suggestion=row).values_list("customer", flat=True))
        SuggestionVote.objects.bulk_create(
            SuggestionVote(suggestion=row, customer=each) for each in voters if each.pk not in there
        )
        for said in wish.comments:
            SuggestionComment.objects.create(
                suggestion=row, customer=rng.choice(own), text=said, shown="public", key=uuid.uuid4()
            )
        deciding.change(row, status=wish.status, answer=wish.answer, actor=sam)
        _grow_older(row, now - timedelta(days=wish.days, hours=rng.randrange(9)))
    language, title, text = WAITING
    posting.post(
        title,
        text,
        language=language,
        customer=rng.choice(people),
        key=uuid.uuid4(),
        centre=centres.every()[0],
    )
    SuggestionChange.objects.update(settled_at=now)  # the demo writes to nobody


def _posted(wish: Wish, customer: Customer) -> Suggestion:
    """As if noted down: the box takes only so many of one customer at a time."""
    row = Suggestion.objects.create(
        title=wish.title, text=wish.text, language=wish.language, customer=customer, key=uuid.uuid4()
    )
    SuggestionVote.objects.create(suggestion=row, customer=customer, wants_mail=False)
    return row


def _grow_older(row: Suggestion, made: datetime) -> None:
    later = made + timedelta(days=3)
    Suggestion.objects.filter(pk=row.pk).update(made_at=made)
    Suggestion.objects.filter(pk=row.pk).exclude(decided_at=None).update(decided_at=later)
    SuggestionComment.objects.filter(suggestion=row).update(made_at=made + timedelta(days=1))
    SuggestionChange.objects.filter(suggestion=row).update(at=later)


def wishes() -> Iterator[Wish]:
    """The file: a heading of language, title, votes, status, age in days; text, "> answer", ": comment"."""
    for part in re.split(r"^(?=\w\w \| )", PATH.read_text(), flags=re.MULTILINE):
        if not part.strip():
            continue
        head, *lines = part.strip().split("\n")
        language, title, votes, status, days = head.split(" | ")
        answer = " ".join(line[2:] for line in lines if line.startswith("> "))
        comments = [line[2:] for line in lines if line.startswith(": ")]
        text = "\n".join(line for line in lines if line[:2] not in ("> ", ": "))
        yield Wish(language, title, int(votes), status, int(days), text, answer, comments)
