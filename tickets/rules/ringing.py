"""Alarms that are due → the rules of time that hold. Touches no ticket whose time has not come."""

from collections import Counter
from datetime import datetime

from django.db import transaction

from tickets import locking
from tickets.models import Rule, RuleAlarm, Ticket
from tickets.rules import compiling, gathering, limits, running, winding
from tickets.rules.compiling import Known, Ready
from tickets.rules.facts import Facts

BATCH = 50


def sweep(now: datetime) -> int:
    """Run the rules of time whose alarms are due; touches no other ticket. How many rang."""
    known = compiling.known()
    _wind_new(known)
    rang = 0
    while known.timed and (count := _ring(known, now)):
        rang += count
        if count < BATCH:
            break
    return rang


def _wind_new(known: Known) -> None:
    """Rules that were switched on or changed since have their alarms set."""
    for pk in known.unwound:
        with transaction.atomic():
            rule = Rule.objects.select_for_update().filter(pk=pk, is_active=True).first()
            if rule and rule.wound_version != rule.version:
                winding.wind_all(compiling.ready(rule), rule.changed_at, overdue_too=rule.overdue_too)
                Rule.objects.filter(pk=pk).update(wound_version=rule.version)
    known.unwound = ()


@transaction.atomic
def _ring(known: Known, now: datetime) -> int:
    """The next alarms that are due."""
    by_pk = {each.pk: each for each in known.timed}
    due = RuleAlarm.objects.filter(due_at__lte=now, rule__in=by_pk).order_by("due_at")
    alarms = list(due.select_for_update(skip_locked=True)[:BATCH])
    if not alarms:
        return 0
    needs = frozenset[str]().union(*(by_pk[each.rule_id].needs for each in alarms))
    pks = Counter(each.ticket_id for each in alarms)
    found = gathering.gather([(pk, None) for pk in pks], now=now, needs=needs, hours=known.hours)
    by_ticket = {each.ticket.pk: each for each in found}
    # Tickets are locked in the order of their ids; on each, rules go in theirs.
    order = {each.pk: at for at, each in enumerate(known.timed)}
    for alarm in sorted(alarms, key=lambda each: (each.ticket_id, order[each.rule_id])):
        _answer(alarm, by_pk[alarm.rule_id], by_ticket.get(alarm.ticket_id), now)
    return len(alarms)


def _answer(alarm: RuleAlarm, rule: Ready, facts: Facts | None, now: datetime) -> None:
    """Run the rule if the ticket is in its state still; at night one that keeps working hours waits."""
    alarm.due_at, alarm.rung_at = None, now
    if facts is not None:
        fresh = facts.again(locking.lock_all([facts.ticket.pk])[facts.ticket.pk])
        is_still = winding.still(rule, fresh.ticket, alarm.since)
        if is_still and rule.at_work and not fresh.is_open:
            hours = fresh.hours[fresh.ticket.team_id or 0]
            alarm.due_at, alarm.rung_at = hours.next_open(now), None
        elif is_still and rule.holds(fresh) and not _is_halted(fresh.ticket):
            running.run(rule, fresh.ticket, event=None)
    alarm.save(update_fields=["due_at", "rung_at"])


def _is_halted(ticket: Ticket) -> bool:
    return limits.is_halted(ticket, limits.late_runs([ticket]))
