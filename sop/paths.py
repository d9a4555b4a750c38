"""Paths for newcomers: given, gone, and how far everybody is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from helpdesk.accounts.models import Membership, Team, User
from knowledge.models import Article, Translation
from sop import asking, shelves
from sop.access import may_publish
from sop.models import ArticleRead, Learner, LearningPath, PathStop, Reading, Wording

MOST_STOPS = 60


class NotAllowed(Exception):
    """Only supervisors and admins make paths and give them."""


class NoTeam(Exception):
    """A path that is given on joining wants a team to join."""


@dataclass(frozen=True)
class Stop:
    """One thing of a path as a colleague finds it."""

    stop: PathStop
    title: str
    wording: Wording | None
    """Of a procedure, in their language."""
    translation: Translation | None
    """Of an article, in their language."""
    is_read: bool


@dataclass(frozen=True)
class Progress:
    """How far a colleague is on a path; what is not published counts for nothing."""

    learner: Learner
    stops: list[Stop]

    @property
    def done(self) -> int:
        return sum(1 for each in self.stops if each.is_read)

    @property
    def is_whole(self) -> bool:
        return self.done == len(self.stops)

    @property
    def next(self) -> Stop | None:
        return next((each for each in self.stops if not each.is_read), None)


@transaction.atomic
def save(
    path: LearningPath,
    *,
    title: str,
    about: str,
    team: Team | None,
    on_joining: bool,
    actor: User,
) -> LearningPath:
    """Keep what a path is and to whom it is given; a new one as well. Raises NotAllowed, NoTeam."""
    _may(actor)
    if on_joining and team is None:
        raise NoTeam
    begins = on_joining and (not path.on_joining or path.team_id != (team.pk if team else None))
    path.title, path.about, path.team, path.on_joining = title[:120], about[:300], team, on_joining
    if begins:
        path.joined_after = Membership.objects.aggregate(last=Max("pk"))["last"] or 0
    path.save()
    return path


@transaction.atomic
def put(
    path: LearningPath, *, actor: User, procedure: int | None = None, article: int | None = None
) -> PathStop:
    """One thing more at the end; what is there already stays where it is. Raises NotAllowed."""
    _may(actor)
    last = path.stops.aggregate(last=Max("position"))["last"] or 0
    what: dict[str, Any] = {"procedure_id": procedure} if procedure else {"article_id": article}
    return path.stops.get_or_create(**what, defaults={"position": last + 1})[0]


@transaction.atomic
def shift(path: LearningPath, stop: int, by: int, *, actor: User) -> None:
    """Move one thing up (-1) or down (1); 0 takes it out. Raises NotAllowed."""
    _may(actor)
    rows = list(path.stops.select_for_update())
    place = next((number for number, row in enumerate(rows) if row.pk == stop), None)
    if place is None:
        return
    row = rows.pop(place)
    if by:
        rows.insert(max(0, place + by), row)
    else:
        row.delete()
    for position, each in enumerate(rows, 1):
        PathStop.objects.filter(pk=each.pk).update(position=position)


def give(path: LearningPath, user: User, *, actor: User) -> Learner:
    """Put a colleague on a path; twice is once. Raises NotAllowed."""
    _may(actor)
    return Learner.objects.get_or_create(path=path, user=user, defaults={"given_by": actor})[0]


def take_off(path: LearningPath, user: User, *, actor: User) -> None:
    """A colleague need not go it any more; what they have read stays read. Raises NotAllowed."""
    _may(actor)
    Learner.objects.filter(path=path, user=user).delete()


@transaction.atomic
def welcome() -> int:
    """Give their paths to those who have joined a team since these are given on joining; how many."""
    count = 0
    for path in LearningPath.objects.filter(is_active=True, on_joining=True).exclude(team=None):
        joined = Membership.objects.filter(team=path.team, pk__gt=path.joined_after)
        people = User.objects.people().at_work().filter(memberships__in=joined)
        for user in people.exclude(pk__in=path.learners.values("user")):
            count += Learner.objects.get_or_create(path=path, user=user)[1]
    return count


def read_article(article: Article, *, user: User) -> ArticleRead:
    """The colleague has read it; twice is once."""
    return ArticleRead.objects.get_or_create(article=article, user=user)[0]


def of(user: User) -> list[Progress]:
    """The paths of a colleague, those that they have not gone to the end first."""
    rows = Learner.objects.filter(user=user, path__is_active=True)
    found = progress(rows.select_related("path", "user").order_by("given_at"))
    return sorted(found, key=lambda each: each.is_whole)


def progress(learners: Iterable[Learner]) -> list[Progress]:
    """How far each of them is; ten queries at most for any number of them in one language."""
    rows = list(learners)
    stops = list(PathStop.objects.filter(path__in={each.path_id for each in rows}))
    done = _done(rows, stops)
    titles = {each.user.language: _titles(stops, each.user.language) for each in rows}
    return [
        Progress(each, _stops(each, [one for one in stops if one.path_id == each.path_id], titles, done))
        for each in rows
    ]


Titles = tuple[dict[int, Wording], dict[int, Translation]]
Done = tuple[set[tuple[int, int]], set[tuple[int, int]]]
"""(user, procedure) and (user, article) that were read."""


def _stops(learner: Learner, stops: Sequence[PathStop], titles: dict[str, Titles], done: Done) -> list[Stop]:
    wordings, translations = titles[learner.user.language]
    found = []
    for stop in stops:
        wording = wordings.get(stop.procedure_id or 0)
        translation = translations.get(stop.article_id or 0)
        shown = wording or translation
        if shown is not None:
            key = learner.user_id, stop.procedure_id or stop.article_id or 0
            is_read = key in done[0] if stop.procedure_id else key in done[1]
            found.append(Stop(stop, shown.title, wording, translation, is_read))
    return found


def _titles(stops: Sequence[PathStop], language: str) -> Titles:
    wordings = shelves.worded({each.procedure_id for each in stops if each.procedure_id}, language)
    articles = {each.article_id for each in stops if each.article_id}
    best: dict[int, Translation] = {}
    for row in Translation.objects.published().filter(article__in=articles).order_by("language"):
        other = best.get(row.article_id)
        if other is None or row.language == language or (row.language == "en" != other.language != language):
            best[row.article_id] = row
    return wordings, best


def _done(rows: Sequence[Learner], stops: Sequence[PathStop]) -> Done:
    users = {each.user_id for each in rows}
    procedures = {each.procedure_id for each in stops if each.procedure_id}
    since = {each.wording: each.since for each in asking.asked(procedures)}
    read = Reading.objects.filter(user__in=users, edition__wording__procedure__in=procedures)
    known = read.values_list("user", "edition__wording__procedure", "edition__wording", "edition__number")
    articles = {each.article_id for each in stops if each.article_id}
    told = ArticleRead.objects.filter(user__in=users, article__in=articles).values_list("user", "article")
    return (
        {(user, procedure) for user, procedure, wording, number in known if number >= since.get(wording, 0)},
        set(told),
    )


def _may(actor: User) -> None:
    if not may_publish(actor):
        raise NotAllowed
