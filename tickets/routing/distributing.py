"""The worker that hands waiting tickets out: a team's at a time, a batch at a time, the most urgent first.

The tickets are the queue. A batch is locked, then the colleagues of the team, then what these have is
counted: so two workers neither give a ticket twice nor anybody more than they can take, whenever either dies.
"""

import math
import random
import time
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from helpdesk.accounts.models import User
from helpdesk.wake import ask_again, begin_drain
from tickets import assignment, orders, presence
from tickets.models import Availability, HandBack, Reaction, TeamRouting, Ticket
from tickets.routing import choosing, placing, requirements, staff
from tickets.routing.choosing import Wants

BATCH = 100
HARD_KINDS = frozenset({Ticket.Kind.COMPLAINT})
_LOCKS = 7262  # the family of advisory locks of routing, one for each team
_ORDER = orders.named("urgent")


@dataclass
class _Round:
    """One going through a team's waiting tickets, from the most urgent on."""

    routing: TeamRouting
    place: orders.Values | None = None
    hopeless: set[Wants] = field(default_factory=set)
    """What nobody could take: loads only grow within a round."""
    is_over: bool = False
    given: int = 0


def drain(*, until: float = math.inf, pause: float = 0.0) -> int:
    """Hand out what waits, until nobody can take more or the clock says `until`; how many tickets.

    It waits for `pause` seconds first: to see what everybody has costs as much for one ticket as for a
    hundred, and what comes meanwhile sends for nobody else.
    """
    time.sleep(pause)
    begin_drain("routing")
    rounds = [_Round(each) for each in TeamRouting.objects.exclude(mode=TeamRouting.Mode.OFF)]
    random.shuffle(rounds)  # no team always comes last
    for each in rounds:
        while not each.is_over and time.monotonic() < until:
            _batch(each)
    if any(not each.is_over for each in rounds):
        ask_again("routing")
    return sum(each.given for each in rounds)


@transaction.atomic
def _batch(round_: _Round) -> None:
    """The next of the team's waiting tickets; over at the end, with everybody full, or in another's hands."""
    if not _is_ours(round_.routing.team_id):
        round_.is_over = True
        return
    page = _page(round_)
    round_.is_over = len(page) < BATCH
    if page:
        round_.place = _ORDER.read(page[-1])
        _hand_out(round_, page)


def _is_ours(team: int) -> bool:
    """Two workers go through different teams; the rest is safe without it, but they would wait in turn."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_LOCKS, team])
        return bool(cursor.fetchone()[0])


def _page(round_: _Round) -> list[Ticket]:
    """What waits behind the place, once the desk has read it: language, kind and topic are known then.

    What is unread is asked for once: asked ticket by ticket, PostgreSQL went through all reactions for each.
    """
    unread = Reaction.objects.filter(name="recognise", parked_at=None, ticket_id__isnull=False)
    found = Ticket.objects.unowned().filter(team=round_.routing.team_id)
    found = found.exclude(pk__in=unread.values("ticket_id"))
    return list(_ORDER.sort(_ORDER.after(found, round_.place)).select_related("channel")[:BATCH])


def _hand_out(round_: _Round, page: list[Ticket]) -> None:
    efforts, rules = staff.efforts(), placing.known()
    ours = _locked([each for each in page if wants(each, efforts, rules) not in round_.hopeless])
    if not ours:
        return
    now = timezone.now()
    crew = staff.at_work(round_.routing, now)
    round_.is_over = round_.is_over or choosing.is_full(crew.people)
    previous, refused = _previous(ours), _refused(ours)
    lacks = requirements.missing(crew.users) if any(map(requirements.topic_of, ours)) else {}
    given: list[tuple[Ticket, User, assignment.Why]] = []
    for ticket in ours:
        want, no = wants(ticket, efforts, rules), refused.get(ticket.pk, set())
        before, unready = previous.get(ticket.customer_id), requirements.kept_from(lacks, ticket)
        chosen = choosing.choose(want, crew.people, crew.team, previous=before, refused=no, unready=unready)
        if chosen and assignment.can_take(crew.users[chosen.candidate.user], ticket):
            chosen.candidate.take(want, timezone.now())
            given.append((ticket, crew.users[chosen.candidate.user], chosen.reasons))
        elif not chosen and not no and not unready:
            round_.hopeless.add(want)
        round_.given += chosen is not None
    if given:
        assignment.hand_out(given)
        _remember({colleague.pk for _ticket, colleague, _why in given}, now)


def wants(ticket: Ticket, efforts: dict[str, int], rules: placing.Rules) -> Wants:
    """What a ticket asks of whoever takes it."""
    asked = placing.facts(ticket)
    return Wants(
        channel=ticket.channel.kind if ticket.channel else "",
        language=asked.language,
        skills=rules.wanted(asked),
        effort=efforts.get(ticket.kind, 1),
        is_hard=ticket.kind in HARD_KINDS or ticket.priority > Ticket.Priority.NORMAL,
    )


def _locked(page: list[Ticket]) -> list[Ticket]:
    """Those that wait still, as they are now, and that nobody else is about to have or is writing on."""
    pks = [each.pk for each in page]
    busy = {pk for pk, people in presence.of(pks).items() if any(each.writes for each in people)}
    waiting = _ORDER.sort(Ticket.objects.unowned().filter(pk__in=set(pks) - busy))
    return list(waiting.select_for_update(of=("self",), skip_locked=True).select_related("channel"))


def _previous(page: list[Ticket]) -> dict[int, int]:
    """Customer → who had their last ticket."""
    theirs = Ticket.objects.filter(customer__in={each.customer_id for each in page}, assignee__isnull=False)
    rows = theirs.order_by("customer", "-id").distinct("customer")
    return dict(rows.values_list("customer", "assignee"))


def _refused(page: list[Ticket]) -> dict[int, set[int]]:
    """Ticket → who gave it back."""
    found: dict[int, set[int]] = {}
    for ticket, user in HandBack.objects.filter(ticket__in=page).values_list("ticket", "user"):
        found.setdefault(ticket, set()).add(user)
    return found


def _remember(given: set[int], now: datetime) -> None:
    """Whose turn it was; they are locked."""
    Availability.objects.filter(pk__in=given).update(last_given_at=now)
