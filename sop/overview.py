"""Who has read what, and who has still to: for those who answer for it, by procedure and by person."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from helpdesk.accounts.models import Team, User
from sop import asking, questions
from sop.models import Attempt, Edition, Reading, Wording


@dataclass(frozen=True)
class Place:
    """One colleague and one version: when it was read, or since when it waits."""

    user: User
    edition: Edition
    reading: Reading | None
    since: datetime
    tries: int = 0
    """How often its questions were answered."""

    @property
    def days(self) -> int:
        """Whole days for which it has waited."""
        return max(0, (timezone.now() - self.since).days)


@dataclass(frozen=True)
class Standing:
    """How far a version has been read."""

    wording: Wording
    edition: Edition
    places: list[Place]
    hard: list[tuple[questions.Question, int]] = field(default_factory=list)
    """Its questions with how many answered otherwise at first, the most first."""

    @property
    def missing(self) -> list[User]:
        return [each.user for each in self.places if not each.reading]

    @property
    def read(self) -> int:
        return sum(1 for each in self.places if each.reading)

    @property
    def concerned(self) -> int:
        return len(self.places)


@dataclass(frozen=True)
class Reader:
    """All that one colleague is to read."""

    user: User
    places: list[Place]

    @property
    def waiting(self) -> list[Place]:
        return [each for each in self.places if not each.reading]

    @property
    def read(self) -> int:
        return len(self.places) - len(self.waiting)


def standings(*, team: Team | None = None) -> list[Standing]:
    """Every version that is to be read, with how far it is; the newest first. With `team`, of its members."""
    since = {each.wording: each.since for each in asking.asked()}
    rows = list(
        Wording.objects.filter(pk__in=since)
        .select_related("published", "procedure__chapter")
        .prefetch_related("procedure__teams", "procedure__wordings")
        .order_by("-published__at")
    )
    people = list(User.objects.people().at_work().order_by("name", "pk"))
    teams = asking.teams(people)
    people = [each for each in people if team is None or team.pk in teams.get(each.pk, ())]
    read = asking.read(since, people)
    tries = _tries(rows)
    found = [_standing(row, people, teams, read, tries) for row in rows]
    return [each for each in found if each.concerned]


def readers(found: Iterable[Standing]) -> list[Reader]:
    """The same by person, those with the most to read first."""
    by_person: dict[User, list[Place]] = {}
    for standing in found:
        for place in standing.places:
            by_person.setdefault(place.user, []).append(place)
    people = [Reader(user, places) for user, places in by_person.items()]
    return sorted(people, key=lambda each: (-len(each.waiting), each.user.name, each.user.pk))


def _standing(
    row: Wording,
    people: list[User],
    teams: dict[int, set[int]],
    read: dict[tuple[int, int], Reading],
    tries: dict[int, list[Attempt]],
) -> Standing:
    edition = row.published
    if edition is None:
        raise ValueError(f"{row} is not published")
    wanted = {team.pk for team in row.procedure.teams.all()}
    languages = {each.language for each in row.procedure.wordings.all() if each.published_id}
    theirs = [
        each
        for each in people
        if (not wanted or wanted & teams.get(each.pk, set())) and _reads(each, row.language, languages)
    ]
    counted = Counter(each.user_id for each in tries.get(edition.pk, ()))
    places = [
        Place(
            each,
            edition,
            read.get((each.pk, row.pk)),
            max(edition.at, each.date_joined),
            counted[each.pk],
        )
        for each in theirs
    ]
    return Standing(row, edition, places, _hard(edition, tries.get(edition.pk, [])))


def _tries(rows: list[Wording]) -> dict[int, list[Attempt]]:
    """Version → the answers to its questions, the earliest first."""
    found: dict[int, list[Attempt]] = {}
    asked = [row.published_id for row in rows if row.published and row.published.questions]
    for attempt in Attempt.objects.filter(edition__in=asked).order_by("pk") if asked else ():
        found.setdefault(attempt.edition_id, []).append(attempt)
    return found


def _hard(edition: Edition, attempts: list[Attempt]) -> list[tuple[questions.Question, int]]:
    first: dict[int, Attempt] = {}
    for each in attempts:
        first.setdefault(each.user_id, each)
    wrong = Counter(key for each in first.values() for key in each.wrong)
    asked = [(each, wrong[each.key]) for each in questions.read(edition.questions) if wrong[each.key]]
    return sorted(asked, key=lambda each: -each[1])


def _reads(user: User, language: str, languages: set[str]) -> bool:
    """Whether this is the language in which the colleague reads the procedure."""
    own = user.language if user.language in languages else "en" if "en" in languages else min(languages)
    return own == language
