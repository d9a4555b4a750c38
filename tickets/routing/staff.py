"""Who is at work in a team now: what they speak and know, and what they have before them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from helpdesk.accounts.hours import ALWAYS, Hours
from helpdesk.accounts.models import Calendar, Membership, User
from tickets import horizon
from tickets.models import Availability, Competence, Effort, TeamRouting, Ticket
from tickets.routing.choosing import Candidate, Team


@dataclass(frozen=True, kw_only=True)
class Staff:
    team: Team
    people: list[Candidate]
    users: Mapping[int, User]


def efforts() -> dict[str, int]:
    """Kind of ticket → what it takes up; what is not named takes up 1."""
    return dict(Effort.objects.values_list("kind", "points"))


def at_work(routing: TeamRouting, now: datetime) -> Staff:
    """The members who are available within their working hours, with their loads.

    Nobody else gives them anything until the transaction ends: colleagues after tickets, in the order of
    their ids. Whoever waited for the locks sees what was given meanwhile.
    """
    members = list(Membership.objects.filter(team=routing.team_id).values_list("user", flat=True))
    ready = Availability.objects.ready(now).filter(user__in=members, capacity__gt=0)
    locked = list(ready.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    found = list(Availability.objects.filter(pk__in=locked).select_related("user"))
    hours = calendars(calendar_of(each, routing) for each in found)
    there = [each for each in found if hours[calendar_of(each, routing)].is_open(now)]
    known = competences(members)
    team = Team(
        mode=routing.mode,
        previous_first=routing.previous_first,
        languages={language for languages, _skills in known.values() for language in languages},
        skills={skill for _languages, skills in known.values() for skill in skills},
        members=[(frozenset(languages), frozenset(skills)) for languages, skills in known.values()],
    )
    users = {each.pk: each.user for each in there}
    horizon.ask_together(users.values())
    return Staff(team=team, people=with_loads(there, known, now), users=users)


Known = tuple[dict[str, int], dict[int, int]]
"""Language → level, skill → level."""


def competences(users: Iterable[int]) -> dict[int, Known]:
    """What each of them speaks and knows; one query."""
    known: dict[int, Known] = {}
    rows = Competence.objects.filter(user__in=users, user__is_active=True)
    for user, language, skill, level in rows.values_list("user", "language", "skill", "level"):
        languages, skills = known.setdefault(user, ({}, {}))
        if skill is None:
            languages[language] = level
        else:
            skills[skill] = level
    return known


def with_loads(rows: Iterable[Availability], known: Mapping[int, Known], now: datetime) -> list[Candidate]:
    """These colleagues as candidates, with what they have before them; two queries."""
    rows = list(rows)
    people = {each.pk: _candidate(each, known.get(each.pk, ({}, {})), now) for each in rows}
    points = efforts()
    held = Ticket.objects.held().filter(assignee__in=list(people)).order_by()
    counted = held.values_list("assignee", "channel__kind", "kind").annotate(count=Count("id"))
    for user, channel, kind, count in counted:
        one = people[user]
        one.load += points.get(kind, 1) * count
        one.held[channel or ""] = one.held.get(channel or "", 0) + count
    return list(people.values())


def above(user: User, now: datetime) -> tuple[int, int] | None:
    """(load, capacity) of a colleague who has more before them than they can take; None for others."""
    row = Availability.objects.filter(pk=user.pk).first()
    one = with_loads([row], {}, now)[0] if row else None
    return (one.load, one.capacity) if one and one.load > one.capacity else None


def _candidate(row: Availability, known: Known, now: datetime) -> Candidate:
    return Candidate(
        user=row.pk,
        capacity=row.capacity,
        held=defaultdict(int),
        most=row.per_kind,
        languages=known[0],
        skills=known[1],
        is_newcomer=row.is_newcomer(now.date()),
        last_given=row.last_given_at,
    )


def calendars(pks: Iterable[int | None]) -> dict[int | None, Hours]:
    """The working hours of these calendars, and round the clock for None; three queries at most."""
    wanted = {pk for pk in pks if pk is not None}
    rows = Calendar.objects.filter(pk__in=wanted).prefetch_related("shifts", "holidays") if wanted else ()
    return {None: ALWAYS, **{each.pk: each.hours() for each in rows}}


def calendar_of(row: Availability, routing: TeamRouting | None) -> int | None:
    """A colleague's own working hours, else the team's; None is round the clock."""
    return row.calendar_id or (routing.calendar_id if routing else None)
