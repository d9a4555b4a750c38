"""What happened on made-up tickets: who wrote when, who was given the ticket, how it ended."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tickets.models import Event, Message, Ticket
from tickets.seeding import people, vocabulary

YEARS = timedelta(days=730)
RECENT = 0.85  # from this share of the desk's life on, tickets may well be unfinished
HOT_CUSTOMERS = 5
TAGS = ("delivery", "damage", "invoice", "warranty", "refund", "address", "missing", "late", "exchange")
Direction, Status, Kind = Message.Direction, Ticket.Status, Event.Kind


@dataclass(frozen=True)
class Plan:
    """The desk to make up: when it is now, how much of everything, and who works there."""

    now: datetime
    counts: tuple[int, ...]
    """How many messages each ticket has, the oldest ticket first."""
    customers: int
    agents: dict[int, tuple[int, ...]]
    """Ids of the agents by team."""
    channels: dict[str, tuple[tuple[int, str, int], ...]]
    """Id, address and team of the channels by language."""
    files: tuple[tuple[str, str, str, int], ...]
    """Digest, name, content type and size of the files that messages share."""


@dataclass(slots=True)
class Said:
    at: datetime
    direction: str
    text: str
    author: int | None = None
    files: tuple[int, ...] = ()
    pk: int = 0
    external_id: str = ""
    digest: str = ""
    record: int | None = None


@dataclass(slots=True)
class Happened:
    at: datetime
    kind: str
    said: Said | None = None
    user: int | None = None
    by_customer: bool = False
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class History:
    """One ticket with all its past."""

    pk: int
    customer: people.Person
    subject: str
    channel: tuple[int, str, int]
    assignee: int | None = None
    status: str = Status.NEW
    folder: str = Ticket.Folder.DESK
    said: list[Said] = field(default_factory=list)
    happened: list[Happened] = field(default_factory=list)
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    kind: str = ""
    priority: int = 2
    tags: tuple[str, ...] = ()


def history(plan: Plan, number: int) -> History:
    """Ticket `number` (from 1), always the same for the same plan."""
    rng = random.Random(number)
    age = number / len(plan.counts)
    who = people.person(_customer(plan, rng))
    made = History(
        pk=number,
        customer=who,
        subject=vocabulary.subject(who.language, rng),
        channel=rng.choice(plan.channels[who.language]),
        kind=rng.choice(("", "", "information", "support", "complaint", "suggestion")),
        priority=rng.choices((1, 2, 3, 4), weights=(5, 80, 12, 3))[0],
        tags=tuple(sorted(rng.sample(TAGS, rng.choice((0, 0, 0, 1, 2))))),
    )
    opened = plan.now - YEARS * (1 - age) - timedelta(minutes=rng.uniform(2, 200))
    _talk(plan, made, rng, opened, plan.counts[number - 1])
    _end(made, rng, plan.now, unfinished=rng.random() < (0.25 if age > RECENT else 0.015))
    return made


def _customer(plan: Plan, rng: random.Random) -> int:
    """A few customers write all the time."""
    return rng.randint(1, min(HOT_CUSTOMERS, plan.customers) if rng.random() < 0.02 else plan.customers)


def _talk(plan: Plan, made: History, rng: random.Random, opened: datetime, count: int) -> None:
    team = plan.agents[made.channel[2]]
    made.assignee = rng.choice(team) if count > 1 else None
    directions = _directions(rng, count)
    moments = _moments(rng, opened, plan.now, directions)
    made.happened.append(Happened(opened, Kind.TICKET_OPENED, by_customer=True))
    for at, direction in zip(moments, directions, strict=True):
        author = None if direction == Direction.IN else made.assignee
        files = (rng.randrange(len(plan.files)),) if direction == Direction.IN and rng.random() < 0.12 else ()
        said = Said(at, direction, vocabulary.text(made.customer.language, rng), author, files)
        made.said.append(said)
        kind = {"in": Kind.MESSAGE_RECEIVED, "out": Kind.REPLY_SENT, "note": Kind.NOTE_ADDED}[direction]
        made.happened.append(Happened(at, kind, said, author, direction == Direction.IN))
        if len(made.said) == 1 and made.assignee:
            given = {"before": None, "after": made.assignee}
            made.happened.append(
                Happened(at + timedelta(minutes=4), Kind.ASSIGNED, None, team[0], data=given)
            )


def _directions(rng: random.Random, count: int) -> list[str]:
    found = [str(Direction.IN)]
    while len(found) < count:
        weights = (15, 68, 17) if found[-1] == Direction.IN else (62, 25, 13)
        found.append(str(rng.choices((Direction.IN, Direction.OUT, Direction.NOTE), weights=weights)[0]))
    return found


def _moments(rng: random.Random, opened: datetime, now: datetime, directions: list[str]) -> list[datetime]:
    """Customers answer in half a day, agents in three hours; squeezed so that nothing lies ahead of us."""
    gaps = [0.0, *(rng.expovariate(1 / (12 if one == Direction.IN else 3)) for one in directions[1:])]
    room = (now - opened).total_seconds() / 3600
    squeeze = min(1.0, 0.95 * room / (sum(gaps) or 1))
    moments, at = [], opened
    for gap in gaps:
        at += timedelta(hours=gap * squeeze)
        moments.append(at)
    return moments


def _end(made: History, rng: random.Random, now: datetime, *, unfinished: bool) -> None:
    last = made.said[-1]
    if len(made.said) == 1 and rng.random() < 0.08:
        made.folder = rng.choice((Ticket.Folder.SPAM, Ticket.Folder.SPAM, Ticket.Folder.BIN))
        data = {"before": "desk", "after": str(made.folder)}
        made.happened.append(Happened(last.at, Kind.FOLDER_CHANGED, data=data))
        return
    done = last.at + timedelta(hours=rng.expovariate(1 / 20))
    if unfinished or done > now:
        made.status = _unfinished(rng, made)
        return
    made.resolved_at = done
    _change(made, Status.RESOLVED, done)
    if done + timedelta(days=7) < now:
        made.closed_at = done + timedelta(days=7)
        _change(made, Status.CLOSED, made.closed_at)


def _unfinished(rng: random.Random, made: History) -> str:
    if all(said.direction != Direction.OUT for said in made.said):
        return Status.NEW
    if made.said[-1].direction == Direction.OUT:
        return rng.choices((Status.WAITING, Status.ON_HOLD), weights=(9, 1))[0]
    return Status.OPEN


def _change(made: History, status: str, at: datetime) -> None:
    data = {"before": str(made.status), "after": str(status)}
    made.happened.append(Happened(at, Kind.STATUS_CHANGED, None, made.assignee, data=data))
    made.status = status
