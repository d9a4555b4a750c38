"""A ticket's checklist: steps added one by one or from a template of its team, ticked by whom and when."""

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from helpdesk.accounts.models import User
from tickets import events, lifecycle
from tickets.models import Checklist, Event, Step, Ticket
from tickets.models.work import LONGEST_STEP

MOST = 100


class TooManySteps(Exception):
    """There are MOST steps already."""


class NothingToDo(ValueError):
    """The step has no words."""


@transaction.atomic
def add(ticket: Ticket, text: str, *, actor: User) -> Step:
    """One more step, the last. Raises NothingToDo, TooManySteps."""
    ticket = lifecycle.lock(ticket)
    return _add(ticket, [text], actor)[0]


@transaction.atomic
def use(template: Checklist, ticket: Ticket, *, actor: User) -> list[Step]:
    """The steps of this template that the ticket does not have yet. Raises TooManySteps."""
    ticket = lifecycle.lock(ticket)
    known = set(ticket.steps.values_list("text", flat=True))
    return _add(ticket, [text for text in template.steps if text not in known], actor, template=template.pk)


@transaction.atomic
def tick(step: Step, *, done: bool, actor: User) -> Step:
    """It is done, or not done yet; nothing happens when that was known."""
    lifecycle.lock(step.ticket)
    step = Step.objects.select_related("ticket").get(pk=step.pk)
    if (step.done_at is not None) == done:
        return step
    step.done_at, step.done_by = (timezone.now(), actor) if done else (None, None)
    step.save(update_fields=["done_at", "done_by"])
    _tell(step.ticket, actor, what="done" if done else "undone", step=step.pk)
    return step


@transaction.atomic
def remove(step: Step, *, actor: User) -> None:
    """The step is no more; twice is once."""
    ticket = lifecycle.lock(step.ticket)
    if Step.objects.filter(pk=step.pk).delete()[0]:
        _tell(ticket, actor, what="removed", step=step.pk)


def templates(ticket: Ticket) -> QuerySet[Checklist]:
    """Those of the ticket's team and of all teams, in use."""
    meant = Q(team=None) | Q(team=ticket.team_id) if ticket.team_id else Q(team=None)
    return Checklist.objects.filter(meant, is_active=True)


def _add(ticket: Ticket, texts: list[str], actor: User, **told: int) -> list[Step]:
    wanted = [" ".join(text.split())[:LONGEST_STEP] for text in texts]
    if not all(wanted):
        raise NothingToDo
    if ticket.steps.count() + len(wanted) > MOST:
        raise TooManySteps
    made = [Step.objects.create(ticket=ticket, text=text, made_by=actor) for text in wanted]
    if made:
        _tell(ticket, actor, what="added", count=len(made), **told)
    return made


def _tell(ticket: Ticket, actor: User, **what: Any) -> None:
    events.record(ticket, Event.Kind.CHECKLIST_CHANGED, actor=actor, **what)
