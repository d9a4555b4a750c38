"""Answers that colleagues write again and again, found among their replies and offered as canned responses.

Replies are compared by their words: of two that share most of them the one is a repetition of the other.
Names, numbers and addresses are taken out first, so that neither a customer nor an order is remembered.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from helpdesk.accounts.models import Membership
from knowledge import baring
from knowledge.canned import keeping
from knowledge.canned.models import CannedResponse, RepeatedAnswer, Wording
from tickets.models import Message

LOOKED_BACK = timedelta(days=60)
MOST_READ = 20_000  # replies, the newest first: about a minute of a worker
MOST_OFFERED = 30
SHORTEST = 12  # words
LONGEST = 400
FEWEST = 4  # times, to different tickets
ALIKE = 0.75  # of the words of the two together are in both
BANDS, ROWS = 8, 2  # of the smallest hashes by which candidates are found

_WORD = re.compile(r"[^\W\d_]{2,}")


class Reply(NamedTuple):
    """What a colleague wrote to a customer; `names` are words that must not be kept."""

    text: str
    language: str
    author: int
    ticket: int
    names: str = ""


@dataclass
class Group:
    """Replies that are the same but for details; `first` is the newest."""

    first: Reply
    words: frozenset[str]
    authors: set[int] = field(default_factory=set)
    tickets: set[int] = field(default_factory=set)


def look(now: datetime) -> int:
    """Offer what was repeated lately and is no response yet; how many are new. Safe to call again."""
    known = [words_of(body) for body in Wording.objects.values_list("body", flat=True)]
    found = groups(_replies(now))
    new = [each for each in found if not any(alike(each.words, words) >= 0.5 for words in known)]
    return sum(_offer(each) for each in new[:MOST_OFFERED])


def groups(replies: Iterable[Reply]) -> list[Group]:
    """The answers that were given FEWEST times or more, the most frequent first. Pure."""
    found: list[Group] = []
    places: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    for reply in replies:
        words = words_of(baring.bare(reply.text, reply.names))
        if not SHORTEST <= len(words) <= LONGEST:
            continue
        keys = [(reply.language, *key) for key in _bands(words)]
        near = {place for key in keys for place in places[key]}
        place = next((each for each in sorted(near) if alike(found[each].words, words) >= ALIKE), -1)
        if place < 0:
            place = len(found)
            found.append(Group(reply, words))
            for key in keys:
                places[key].append(place)
        found[place].authors.add(reply.author)
        found[place].tickets.add(reply.ticket)
    often = [each for each in found if len(each.tickets) >= FEWEST]
    return sorted(often, key=lambda each: -len(each.tickets))


def words_of(text: str) -> frozenset[str]:
    """The words of a text, whatever their case."""
    return frozenset(_WORD.findall(text.lower().replace("ё", "е")))


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard's measure: the share of all their words that both have."""
    return len(one & other) / len(one | other) if one and other else 0.0


@transaction.atomic
def take(row: RepeatedAnswer, *, title: str, actor: object) -> CannedResponse:
    """Make it a canned response of whom it came from. Raises what `keeping.make` raises."""
    made = keeping.make(
        title,
        actor=actor,  # type: ignore[arg-type]
        owner=row.owner,
        team=row.team,
        wordings={row.language or "en": {"body": row.text}},
    )
    RepeatedAnswer.objects.filter(pk=row.pk).update(state=RepeatedAnswer.State.TAKEN)
    return made


def leave(row: RepeatedAnswer) -> None:
    """It is not wanted, and not offered again."""
    RepeatedAnswer.objects.filter(pk=row.pk).update(state=RepeatedAnswer.State.LEFT)


def _replies(now: datetime) -> Iterator[Reply]:
    sent = Message.objects.filter(
        direction=Message.Direction.OUT,
        author__isnull=False,
        author__is_program=False,
        created_at__gte=now - LOOKED_BACK,
        is_automatic=False,
    )
    rows = sent.order_by("-id").values_list(
        "text", "folds", "language", "ticket__language", "author_id", "ticket_id", "ticket__customer__name"
    )
    for text, folds, own, theirs, author, ticket, name in rows[:MOST_READ].iterator(chunk_size=500):
        said = Message(text=text, folds=folds).visible_text
        yield Reply(said, (own or theirs)[:2], author, ticket, name)


def _bands(words: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Two texts that share most of their words share one of these: minimum hashes, taken in pairs."""
    codes = [int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest()) for word in words]
    least = [min((code * odd + odd) & 0xFFFFFFFFFFFFFFFF for code in codes) for odd in _ODD]
    for band in range(BANDS):
        yield band, hash(tuple(least[band * ROWS : (band + 1) * ROWS]))


_ODD = [0x9E3779B97F4A7C15 + 2 * place * 0xBF58476D1CE4E5B9 | 1 for place in range(BANDS * ROWS)]


def _offer(group: Group) -> bool:
    """Put it before whom it came from; whether it is new. One that was not wanted stays away."""
    text = baring.bare(group.first.text, group.first.names)
    digest = hashlib.sha256(" ".join(sorted(words_of(text))).encode()).hexdigest()
    told = {"times": len(group.tickets), "writers": len(group.authors)}
    home = _home(group.authors)
    row, is_new = RepeatedAnswer.objects.get_or_create(
        digest=digest, defaults={"text": text, "language": group.first.language, **home, **told}
    )
    if not is_new:
        RepeatedAnswer.objects.filter(pk=row.pk).update(**told)
    return is_new


def _home(authors: set[int]) -> dict[str, int]:
    """Whose it is: the one colleague's who wrote it, else that of a team all of them belong to."""
    if len(authors) == 1:
        return {"owner_id": next(iter(authors))}
    teams = [set(Membership.objects.filter(user=each).values_list("team", flat=True)) for each in authors]
    shared = set.intersection(*teams)
    return {"team_id": min(shared)} if shared else {}
