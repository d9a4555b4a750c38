"""When the shop's people work, what they speak and know, and how each team's tickets are handed out."""

from datetime import time, timedelta

from django.utils import timezone

from helpdesk.accounts.models import Calendar, Holiday, Shift, User
from helpdesk.demo.shop import Staff, facts
from tickets import assignment, availability
from tickets.models import Effort, RoutingRule, Skill, TeamRouting, Ticket, Topic
from tickets.priority import settling, usual

SHIFTS = ((time(8), time(12)), (time(12, 30), time(20)))
EFFORTS = {"complaint": 3, "support": 2, "information": 1, "suggestion": 1}
SKILLS = {"Parcels and carriers": ("delivery",), "Warranty": ("warranty",)}
TURN, LEAST = TeamRouting.Mode.TURN, TeamRouting.Mode.LEAST
WAYS = {"orders": TURN, "returns": LEAST, "hungarian": LEAST, "russian": LEAST}
CAPACITY = {"sam": 2, "alice": 10, "dora": 6}
"""In effort. Less than there is to do: some tickets wait until somebody has room again."""
USUAL = 8


def hush(staff: Staff) -> None:
    """The made-up tickets of the last weeks wait for nobody's alarm."""
    TeamRouting.objects.bulk_create(
        TeamRouting(team=team, unowned_minutes=0, silent_minutes=0) for team in staff.teams.values()
    )


def draw_up(staff: Staff) -> None:
    """Working hours, capacities, languages and skills for everybody, and who is there now."""
    calendar = Calendar.objects.create(name="Shop", time_zone=facts()["time_zone"])
    Shift.objects.bulk_create(
        Shift(calendar=calendar, weekday=day, starts=starts, ends=ends)
        for day in range(7)
        for starts, ends in SHIFTS
    )
    new_year = timezone.localdate().replace(month=1, day=1)
    Holiday.objects.create(calendar=calendar, day=new_year.replace(year=new_year.year + 1), name="New Year")
    Effort.objects.bulk_create(Effort(kind=kind, points=points) for kind, points in EFFORTS.items())
    skills = [_skill(name, topics) for name, topics in SKILLS.items()]
    usual.plant()
    settling.refresh()
    settling.settle(Ticket.objects.on_desk().unfinished().in_bulk(), timezone.now())
    TeamRouting.objects.update(calendar=calendar)
    for key, way in WAYS.items():
        TeamRouting.objects.filter(team=staff.teams[key]).update(mode=way)
    RoutingRule.objects.create(position=1, kind="complaint", skill=skills[0])
    for place, (key, user) in enumerate(staff.colleagues.items()):
        _take_place(user, place, CAPACITY.get(key, USUAL), skills, staff)


def why(agent: User, number: int) -> assignment.Why:
    """Why the desk gave the ticket of this number to the agent, in the weeks before."""
    least = {"code": "least", "load": number % USUAL, "of": USUAL}
    return [{"code": "language", "language": agent.language}, least]


def _take_place(user: User, place: int, capacity: int, skills: list[Skill], staff: Staff) -> None:
    boss = staff.colleagues["sam"]
    availability.limit(
        user,
        actor=boss,
        capacity=capacity,
        newcomer_until=timezone.localdate() + timedelta(days=30) if place % 5 == 4 else None,
    )
    spoken = {"en": 2, user.language: 3}
    known = {skills[place % len(skills)].pk: 1 + place % 3}
    availability.learn(user, languages=spoken, skills=known, actor=boss)
    if place % 4 == 3:
        availability.be(user, "paused", actor=user, reason="lunch")
    else:
        availability.be(user, "available", actor=user)


def _skill(name: str, topics: tuple[str, ...]) -> Skill:
    skill = Skill.objects.create(name=name)
    skill.topics.set(Topic.objects.filter(key__in=topics))
    return skill
