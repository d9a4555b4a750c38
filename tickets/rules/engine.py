"""What happened → the rules that hold, in their order, within limits.

For the measurement of rules: `compiling.refresh()` once, then `decided(events)` is what 100 rules cost a
batch of messages, without what the actions themselves cost.
"""

from collections import Counter
from collections.abc import Sequence

from django.utils import timezone

from tickets import events, locking
from tickets.models import Event
from tickets.rules import compiling, gathering, limits, running, winding
from tickets.rules.actions import STOP
from tickets.rules.compiling import Known, Ready
from tickets.rules.facts import Facts


def is_wanted(fact: events.Fact) -> bool:
    """Whether any rule may follow this, or any alarm is to be set by it."""
    known = compiling.known()
    if fact.kind == Event.Kind.TICKET_OPENED and fact.by_customer:  # their message tells the same
        return False
    if fact.kind in known.winding:
        return True
    return fact.kind in known.by_kind and not limits.is_deep(fact.data.get("by_rule"))


def react(happened: Sequence[Event]) -> None:
    """Do what rules say to these events, each of a ticket of its own."""
    known = compiling.known()
    if not known.rules:
        return
    asked = _asked(happened, known)
    wanted = [(facts, left) for facts, rules in asked if (left := _from_the_first(facts, rules))]
    if not wanted:
        return
    runs = limits.late_runs(facts.ticket for facts, _rules in wanted)
    locked = locking.lock_all(facts.ticket.pk for facts, _rules in wanted)
    with running.together():
        for facts, rules in wanted:
            if ticket := locked.get(facts.ticket.pk):
                _follow(facts.again(ticket), rules, runs)


def decided(happened: Sequence[Event]) -> list[tuple[Facts, list[Ready]]]:
    """The facts of each event that sets rules off, and those of them that hold as things are; does nothing.

    What is asked of the database does not grow with the rules.
    """
    found = _asked(happened, compiling.known(), winds=False)
    told = [(facts, [rule for rule in rules if _holds(rule, facts)]) for facts, rules in found]
    return [(facts, rules) for facts, rules in told if rules]


def _asked(happened: Sequence[Event], known: Known, *, winds: bool = True) -> list[tuple[Facts, list[Ready]]]:
    """The facts of each event, and the rules that may follow it; alarms of rules of time are set."""
    may = {event.pk: _may_follow(event, known) for event in happened if event.ticket_id}
    asked = [event for event in happened if may.get(event.pk) or event.kind in known.winding]
    pairs = [(event.ticket_id, event) for event in asked if event.ticket_id is not None]
    if not pairs:
        return []
    needs = frozenset[str]().union(*(rule.needs for rules in may.values() for rule in rules))
    found = gathering.gather(pairs, now=timezone.now(), needs=needs, hours=known.hours)
    if known.timed and winds:
        winding.wind(known.timed, [(each.ticket, each.event) for each in found if each.event])
    return [(each, may[each.event.pk]) for each in found if each.event and may.get(each.event.pk)]


def _may_follow(event: Event, known: Known) -> list[Ready]:
    """None that has a part in what led here: an effect of a rule does not set it off again."""
    if limits.is_deep(event.data.get("by_rule")):
        return []
    led = running.chain(event)
    return [rule for rule in known.may_follow(event) if rule.pk not in led]


def _holds(rule: Ready, facts: Facts) -> bool:
    return facts.ticket.is_on_desk and rule.holds(facts)


def _from_the_first(facts: Facts, rules: Sequence[Ready]) -> Sequence[Ready]:
    """The rules from the first one on that has something to do: most tickets have none."""
    found = _first(facts, rules)
    if found is None or _only_stops(rules[found[0]], found[1]):
        return ()
    return rules[found[0] :]


def _follow(facts: Facts, rules: Sequence[Ready], runs: Counter[int]) -> None:
    """One after the other, each on the (locked) ticket as the ones before it left it; `runs` counts on."""
    while found := _first(facts, rules):
        at, begin = found
        rule, rules = rules[at], rules[at + 1 :]
        if _only_stops(rule, begin) or limits.is_halted(facts.ticket, runs):
            return
        runs[facts.ticket.pk] += 1
        ticket, stops = running.run(rule, facts.ticket, event=facts.event, begin=begin)
        if stops:
            return
        facts = facts.again(ticket)


def _first(facts: Facts, rules: Sequence[Ready]) -> tuple[int, int] | None:
    """Where the first rule stands that holds and has something to do, and the action it begins with."""
    for at, rule in enumerate(rules):
        if _holds(rule, facts) and (begin := running.begins(rule, facts.ticket)) < len(rule.actions):
            return at, begin
    return None  # all is as the rules want it


def _only_stops(rule: Ready, begin: int) -> bool:
    return bool(rule.actions[begin]["do"] == STOP)
