"""Taking back what a rule did to a ticket, but for what was changed again since. What was sent stays sent."""

from django.db import transaction
from django.utils import timezone

from helpdesk.accounts.models import User
from tickets import events, lifecycle
from tickets.models import Event, RuleRun
from tickets.rules.actions import ACTIONS


@transaction.atomic
def undo(run: RuleRun, *, actor: User) -> list[str]:
    """The names of the actions that are taken back now; the last one first. A second time there are none.

    Notes, messages, calls and what colleagues were told stay: they may have been read.
    """
    ticket = lifecycle.lock(run.ticket)
    run = RuleRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.undone_at:
        return []
    mark = {"rule": run.rule_id, "run": str(run.key), "name": run.name, "chain": [run.rule_id]}
    back: list[str] = []
    with events.because(by_rule=mark | {"undone": True}):
        for name, before, after in reversed(run.done):
            action = ACTIONS.get(name)
            if action and action.back and action.back(lifecycle.lock(ticket), before, after, actor):
                back.append(name)
        run.undone_at, run.undone_by = timezone.now(), actor
        run.save(update_fields=["undone_at", "undone_by"])
        events.record(ticket, Event.Kind.RULE_UNDONE, actor=actor, did=back)
    return back


def can_be_undone(run: RuleRun) -> bool:
    """Whether there is anything to take back still."""
    return run.undone_at is None and any(
        name in ACTIONS and ACTIONS[name].back is not None for name, _before, _after in run.done
    )
