"""Following a procedure on a ticket: steps ticked, decisions made, deviations with their reason.

Everybody who has the ticket open sees the same ticks; the way is read anew from the marks each time.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helpdesk.accounts.models import User
from sop import steps
from sop.models import Edition, Following, Mark
from tickets import events, lifecycle, replies
from tickets.models import Event, Message, Ticket


class NoReason(Exception):
    """Whoever deviates says why."""


class NoSuchStep(Exception):
    """It is no step of this procedure, or not a choice of it."""


class Ended(Exception):
    """The procedure was ended on this ticket; somebody has to take it up again first."""


@transaction.atomic
def begin(ticket: Ticket, edition: Edition, *, actor: User) -> Following:
    """Follow the procedure by this version; where it is under way already, go on with that."""
    ticket = lifecycle.lock(ticket, follow=True)
    procedure = edition.wording.procedure_id
    going = Following.objects.filter(ticket=ticket, procedure=procedure, outcome=Following.Outcome.OPEN)
    if found := going.first():
        return found
    made = Following.objects.create(ticket=ticket, procedure_id=procedure, edition=edition, begun_by=actor)
    _tell(made, Event.Kind.PROCEDURE_BEGUN, actor)
    return made


@transaction.atomic
def tick(following: Following, step: str, *, done: bool, actor: User) -> None:
    """The step is done, or not after all: then a decision there is open again. Raises NoSuchStep, Ended."""
    following, _step = _locked(following, step)
    if done:
        _mark(following, step, actor, what=Mark.What.DONE)
    elif following.marks.filter(step=step).delete()[0]:
        _tell(following, Event.Kind.PROCEDURE_MARKED, actor, step=step, what="undone")


@transaction.atomic
def choose(following: Following, step: str, choice: str, *, actor: User) -> None:
    """Decide: the way goes on from there. Raises NoSuchStep, Ended."""
    following, asked = _locked(following, step)
    if asked.choice(choice) is None:
        raise NoSuchStep
    _mark(following, step, actor, what=Mark.What.CHOSEN, choice=choice)


@transaction.atomic
def leave_out(following: Following, step: str, *, reason: str, actor: User) -> None:
    """The step is not done on this ticket, and a note says why. Raises NoReason, NoSuchStep, Ended."""
    following, left = _locked(following, step)
    if not reason.strip():
        raise NoReason
    said = _("Left out of “%(procedure)s”: %(step)s") % {
        "procedure": following.edition.title,
        "step": left.title,
    }
    note = _note(following, f"{said}\n{reason.strip()}", actor)
    _mark(following, step, actor, what=Mark.What.LEFT_OUT, note=note)


@transaction.atomic
def end(following: Following, *, reason: str = "", actor: User) -> Following:
    """It is over: done as written when every step on the way is, else for a reason. Raises NoReason."""
    lifecycle.lock(following.ticket)
    following = _fresh(following)
    if following.outcome:
        return following
    as_written = is_done(following, following.marks.all())
    if not as_written and not reason.strip():
        raise NoReason
    if reason.strip():
        said = _("“%(procedure)s” ended otherwise than written") % {"procedure": following.edition.title}
        following.note = _note(following, f"{said}\n{reason.strip()}", actor)
    following.outcome = Following.Outcome.DONE if as_written else Following.Outcome.OTHERWISE
    following.ended_at, following.ended_by = timezone.now(), actor
    following.save(update_fields=["outcome", "ended_at", "ended_by", "note"])
    _tell(following, Event.Kind.PROCEDURE_ENDED, actor, outcome=following.outcome)
    return following


@transaction.atomic
def resume(following: Following, *, actor: User) -> Following:
    """Go on with one that was ended, unless it was begun anew meanwhile: then with that."""
    lifecycle.lock(following.ticket)
    following = _fresh(following)
    others = Following.objects.filter(ticket=following.ticket_id, procedure=following.procedure_id)
    if going := others.filter(outcome=Following.Outcome.OPEN).first():
        return going
    following.outcome, following.ended_at, following.ended_by = Following.Outcome.OPEN, None, None
    following.save(update_fields=["outcome", "ended_at", "ended_by"])
    _tell(following, Event.Kind.PROCEDURE_BEGUN, actor, again=True)
    return following


def way(following: Following, marks: Iterable[Mark]) -> steps.Way:
    """The steps that are to be done on this ticket, as far as is decided."""
    return steps.way(steps.read(following.edition.steps), {each.step: each.choice for each in marks})


def is_done(following: Following, marks: Iterable[Mark]) -> bool:
    """Whether nothing stands out: every step is done or may be left, no step was left out that may not."""
    by_step = {each.step: each for each in marks}
    found = way(following, by_step.values())
    return found.is_whole and all(step.optional or _is_met(by_step.get(step.key)) for step in found.steps)


def _is_met(mark: Mark | None) -> bool:
    return mark is not None and mark.what != Mark.What.LEFT_OUT


def _locked(following: Following, step: str) -> tuple[Following, steps.Step]:
    lifecycle.lock(following.ticket)
    following = _fresh(following)
    found = next((each for each in steps.read(following.edition.steps) if each.key == step), None)
    if found is None:
        raise NoSuchStep
    if following.outcome:
        raise Ended
    return following, found


def _fresh(following: Following) -> Following:
    return Following.objects.select_related("ticket", "edition").get(pk=following.pk)


def _mark(following: Following, step: str, actor: User, **given: Any) -> None:
    """Twice the same is once; nobody takes over what somebody else has ticked."""
    known = following.marks.filter(step=step).first()
    if known and (known.what, known.choice) == (given["what"], given.get("choice", "")):
        return
    told = {"choice": "", "note": None, **given, "by": actor, "at": timezone.now()}
    Mark.objects.update_or_create(following=following, step=step, defaults=told)
    codes = {"choice": told["choice"]} if told["choice"] else {}
    _tell(following, Event.Kind.PROCEDURE_MARKED, actor, step=step, what=str(given["what"]), **codes)


def _note(following: Following, words: str, actor: User) -> Message:
    return replies.add_note(following.ticket, author=actor, body=words, key=uuid.uuid4())


def _tell(following: Following, kind: Event.Kind, actor: User, **more: Any) -> None:
    """Ids alone; which version it was stands in every line."""
    ids: dict[str, Any] = {
        "following": following.pk,
        "procedure": following.procedure_id,
        "edition": following.edition_id,
    }
    events.record(following.ticket, kind, actor=actor, **{**ids, **more})
