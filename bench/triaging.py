"""Triage set up as a company does it: rules, due times in working hours, and a team that is given tickets."""

from datetime import time, timedelta

from django.utils import timezone

from bench import ruling
from bench.desks import Desk
from bench.room import tell
from channels_app.models import Channel
from helpdesk.accounts.models import Calendar, Membership, Shift, Team, User
from tickets.models import Availability, Competence, RuleRun, SlaClock, SlaPolicy, TeamRouting, Ticket
from tickets.rules import keeping
from tickets.sla import policies, sweeping

AGENTS = 60
CAPACITY = 500  # each: enough for whatever is measured
SHIFTS = ((time(8), time(12, 30)), (time(13), time(22)))
TARGETS = {"first_reply": 240, "next_reply": 480, "resolution": 2880}  # minutes


def set_up(desk: Desk, rules: int) -> None:
    """The desk keeps it, and its next measurement would find it there: give a copy."""
    tell(f"{rules} rules, a policy for every ticket, a team of {AGENTS} that is given tickets")
    ruling.set_up(rules - 1)
    _one_that_holds()
    hours = Calendar.objects.create(name="Bench")
    Shift.objects.bulk_create(
        Shift(calendar=hours, weekday=day, starts=starts, ends=ends)
        for day in range(7)
        for starts, ends in SHIFTS
    )
    SlaPolicy.objects.create(name="Everything", calendar=hours, **TARGETS)
    policies.notice(timezone.now())
    sweeping.sweep(timezone.now() + sweeping.SETTLED + timedelta(seconds=1))  # tickets of before get theirs
    team = Team.objects.create(name="Bench")
    TeamRouting.objects.create(team=team, mode=TeamRouting.Mode.LEAST)
    for number in range(AGENTS):
        user = User.objects.create(email=f"given{number}@bench.example", name=f"Agent {number}")
        Membership.objects.create(team=team, user=user)
        Availability.objects.create(user=user, state="available", capacity=CAPACITY)
        Competence.objects.bulk_create(
            Competence(user=user, language=language, level=2) for language in ("en", "ru", "hu")
        )
    Channel.objects.filter(pk=desk.channel.pk).update(team=team)


def _one_that_holds() -> None:
    """The others are there to be asked; this one does something with a third of the mails."""
    admin = User.objects.filter(role=User.Role.ADMIN).order_by("-id")[0]
    given = {
        "name": "Hungarian",
        "triggers": ["opened"],
        "conditions": {"all": [{"field": "language", "op": "is", "value": ["hu"]}]},
        "actions": [{"do": "tag_add", "value": ["hungarian"]}],
    }
    keeping.switch(keeping.make(given, actor=admin), on=True, actor=admin)


def done() -> dict[str, int]:
    """What triage did so far with the tickets of the measured mailbox."""
    came = Ticket.objects.filter(team__name="Bench")
    return {
        "tickets": came.count(),
        "given": came.filter(assignee__isnull=False).count(),
        "clocks": SlaClock.objects.filter(ticket__in=came).count(),
        "rule_runs": RuleRun.objects.count(),
    }
