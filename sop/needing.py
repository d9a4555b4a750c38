"""What colleagues have to have read before they are given tickets of a topic: routing asks for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from helpdesk.accounts.models import User
from sop import asking, shelves
from sop.models import Procedure, Wording
from tickets.models import Topic
from tickets.routing import requirements
from tickets.routing.requirements import Requirement


@dataclass(frozen=True)
class _Needed:
    procedure: int
    teams: frozenset[int]
    topics: frozenset[str]


def unread(users: Iterable[int]) -> dict[int, list[Requirement]]:
    """User → the procedures that they have not confirmed, with the topics that wait for it.

    A procedure for some teams is asked of their members alone: nobody is kept from tickets by what they
    may not read. One query where no procedure is needed for anything, six else.
    """
    needed = _needed()
    if not needed:
        return {}
    people = list(User.objects.filter(pk__in=list(users)).only("pk"))
    asked = asking.asked([each.procedure for each in needed])
    since = {each.wording: each.since for each in asked}
    procedure_of = {each.wording: each.procedure for each in asked}
    done = {(user, procedure_of[wording]) for user, wording in asking.read(since, people)}
    teams = asking.teams(people)
    left = {
        user.pk: [
            each
            for each in needed
            if (user.pk, each.procedure) not in done
            and (not each.teams or each.teams & teams.get(user.pk, set()))
        ]
        for user in people
    }
    return _named({user: rows for user, rows in left.items() if rows})


def _needed() -> list[_Needed]:
    published: QuerySet[Wording] = Wording.objects.exclude(published=None)
    rows = Procedure.objects.filter(needed_for__isnull=False, pk__in=published.values("procedure"))
    bare = Prefetch("needed_for", Topic.objects.only("pk").order_by())
    found = list(rows.distinct().order_by().prefetch_related("teams", bare))
    if not found:
        return []
    parts = _parts()
    return [
        _Needed(
            each.pk,
            frozenset(team.pk for team in each.teams.all()),
            frozenset(key for topic in each.needed_for.all() for key in parts[topic.pk]),
        )
        for each in found
    ]


def _parts() -> dict[int, set[str]]:
    """Topic → the keys of itself and of all that is part of it."""
    told = Topic.objects.order_by().values_list("pk", "key", "parent")
    rows = {pk: (key, parent) for pk, key, parent in told}
    found: dict[int, set[str]] = {pk: set() for pk in rows}
    for pk, (key, _parent) in rows.items():
        at: int | None = pk
        while at is not None and key not in found[at]:
            found[at].add(key)
            at = rows[at][1]
    return found


def _named(left: dict[int, list[_Needed]]) -> dict[int, list[Requirement]]:
    keys = {each.procedure for rows in left.values() for each in rows}
    titles = shelves.worded(keys, get_language() or "en") if keys else {}
    return {
        user: [
            Requirement(
                titles[each.procedure].title, reverse("sop:procedure", args=[each.procedure]), each.topics
            )
            for each in rows
            if each.procedure in titles
        ]
        for user, rows in left.items()
    }


requirements.register(unread)
