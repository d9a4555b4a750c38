"""Ten thousand waiting tickets, two hundred colleagues: how long until each has somebody, and rightly?

    python -m bench.triage [--tickets 10000] [--agents 200] [--workers 2] [--only classify route rules sla]

And what a verdict costs, what 100 rules cost a message, and how long it takes to tell what is due. That is
asked of a desk of `--seed N` tickets, or of a kept one (`--data COPY --only sla`): it is changed, so give a
copy. The workers are processes of their own; one is killed with SIGKILL on the way, and another takes its
place.
"""

import argparse
import json
import os
import random
import signal
import time
from collections import Counter
from typing import Any

from django.db import connections
from django.utils import timezone

from bench import deadlines, desks, judging, room, ruling
from helpdesk.accounts.models import Membership, Team, User
from tickets.models import (
    Availability,
    Competence,
    Customer,
    Effort,
    Event,
    Skill,
    TeamRouting,
    Ticket,
    Topic,
)
from tickets.routing import distributing

TEAMS = 8
LANGUAGES = ("en", "ru", "hu", "de")
EFFORTS = {"complaint": 3, "support": 2}
KILLED_AFTER = 2.0
PARTS = ("classify", "sla", "route", "rules")


def main() -> None:
    options = _options()
    told: dict[str, Any] = {"bench": "triage"}
    told |= judging.measured() if "classify" in options.only else {}
    with room.opened() as where:
        if options.seed:
            desks.prepared(where, options.seed)
        told |= deadlines.measured(options.due) if "sla" in options.only else {}
        told |= _routed(options) if "route" in options.only else {}
        told |= ruling.measured(options.rules) if "rules" in options.only else {}
        told["durability"] = where.durability()
    print(json.dumps(told))


def _routed(options: argparse.Namespace) -> dict[str, Any]:
    room.tell("tickets are handed out")
    teams = _people(options.agents, options.tickets)
    _waiting(options.tickets, teams)
    began = time.monotonic()
    _work(options.workers)
    took = time.monotonic() - began
    told = {"tickets": options.tickets, "agents": options.agents, "workers": options.workers}
    return told | {"route_seconds": round(took, 1), **_judged(teams)}


def _people(agents: int, tickets: int) -> list[int]:
    """Each in two of the teams, with languages, a skill, and together room for a third more than waits."""
    chance = random.Random(7)
    teams = [Team.objects.create(name=f"Bench {number}") for number in range(TEAMS)]
    TeamRouting.objects.bulk_create(TeamRouting(team=team, mode="least") for team in teams)
    Effort.objects.bulk_create(Effort(kind=kind, points=points) for kind, points in EFFORTS.items())
    skill = Skill.objects.create(name="Warranty")
    skill.topics.set(Topic.objects.filter(key="warranty"))
    capacity = min(500, round(tickets * 2 * 1.33 / agents))
    for number in range(agents):
        user = User.objects.create(email=f"agent{number}@bench.example", name=f"Agent {number}")
        pair = (teams[number % TEAMS], teams[(number * 3 + 1) % TEAMS])
        Membership.objects.bulk_create(Membership(team=team, user=user) for team in set(pair))
        Availability.objects.create(user=user, state="available", capacity=capacity)
        for language in {"en", *chance.sample(LANGUAGES, 2)}:
            Competence.objects.create(user=user, language=language, level=chance.randint(1, 3))
        if number % 5 == 0:
            Competence.objects.create(user=user, skill=skill)
    return [team.pk for team in teams]


def _waiting(count: int, teams: list[int]) -> None:
    chance, now = random.Random(7), timezone.now()
    made = Customer.objects.bulk_create(Customer(name=f"Customer {number}") for number in range(count // 3))
    kinds = ["", "information", "support", "complaint", "suggestion"]
    for first in range(0, count, 1000):
        Ticket.objects.bulk_create(
            Ticket(
                subject=f"Ticket {number}",
                customer=chance.choice(made),
                team_id=chance.choice(teams),
                language=chance.choices(LANGUAGES, (70, 12, 12, 6))[0],
                kind=chance.choice(kinds),
                priority=chance.choices((1, 2, 3, 4), (5, 70, 20, 5))[0],
                verdict={"topic": "warranty"} if chance.random() < 0.1 else {},
                waiting_since=now,
            )
            for number in range(first, min(first + 1000, count))
        )


def _work(count: int) -> None:
    """Fork the workers, kill the first on the way, and wait until nothing more can be given."""
    connections.close_all()  # a fork must not inherit one
    workers = [_fork() for _ in range(count)]
    time.sleep(KILLED_AFTER)
    os.kill(workers[0], signal.SIGKILL)
    workers.append(_fork())
    for worker in workers:
        os.waitpid(worker, 0)


def _fork() -> int:
    child = os.fork()
    if child:
        return child
    try:
        idle = 0
        while idle < 3:  # the other may have had the only team with something left
            idle = 0 if distributing.drain() else idle + 1
            time.sleep(0.05)
    finally:
        os._exit(0)


def _judged(teams: list[int]) -> dict[str, Any]:
    tickets = Ticket.objects.filter(team__in=teams)
    assigned = Event.objects.filter(kind=Event.Kind.ASSIGNED, ticket__in=tickets)
    given = Counter(assigned.values_list("ticket", flat=True))
    loads: Counter[int | None] = Counter()
    for user, kind in tickets.held().values_list("assignee", "kind"):
        loads[user] += EFFORTS.get(kind, 1)
    limits = dict(Availability.objects.values_list("pk", "capacity"))
    return {
        "given": len(given),
        "left": tickets.unowned().count(),
        "double_assignments": sum(count > 1 for count in given.values()),
        "over_capacity": sum(load > limits.get(user or 0, 0) for user, load in loads.items()),
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=10_000)
    parser.add_argument("--agents", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rules", type=int, default=100)
    parser.add_argument("--due", type=int, default=2000, help="clocks that cross a threshold in one sweep")
    parser.add_argument("--seed", type=int, default=0, help="so many tickets are there before")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--data", help="the folder of a desk, kept; it is changed")
    return parser.parse_args()


if __name__ == "__main__":
    main()
