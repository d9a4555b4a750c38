"""Writing procedures: what colleagues do to them before, and after, they are published."""

from calendar import monthrange
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from helpdesk.accounts.models import User
from sop import access, shelves, steps
from sop import questions as asked
from sop.models import Chapter, Edition, Procedure, Wording

PLACES = ("chapter", "owner", "review_on", "review_months", "kinds", "channels", "importance")
SETS = ("teams", "topics", "organisations", "needed_for")


class ChangedMeanwhile(Exception):
    """Somebody else has saved it since it was opened."""


class NotAllowed(Exception):
    """Only supervisors and admins publish, archive, and say whom a procedure concerns."""


class NothingToDo(Exception):
    """A procedure without steps guides nobody."""


@transaction.atomic
def begin(*, language: str, title: str, chapter: Chapter, actor: User) -> Wording:
    """A new procedure, in its first language; whoever begins it owns it."""
    procedure = Procedure.objects.create(chapter=chapter, owner=actor)
    return translate(procedure, language, title=title, actor=actor)


def translate(procedure: Procedure, language: str, *, title: str, actor: User) -> Wording:
    """The procedure in one more language; raises IntegrityError when it is there already."""
    return Wording.objects.create(procedure=procedure, language=language, title=title[:160], updated_by=actor)


@transaction.atomic
def save(
    wording: Wording,
    *,
    title: str,
    summary: str,
    words: str,
    rows: list[dict[str, Any]],
    actor: User,
    seen: datetime | None = None,
    questions: list[dict[str, Any]] | None = None,
) -> Wording:
    """Keep what was written; colleagues work by it when it is published. Raises ChangedMeanwhile, Unfinished.

    `seen` is when the text was last changed, as far as the writer knows; `rows` as `sop.steps` has them,
    `questions` as `sop.questions` does: those there are stay without it.
    """
    row = Wording.objects.select_for_update().get(pk=wording.pk)
    if seen is not None and row.updated_at != seen:
        raise ChangedMeanwhile
    row.title, row.summary, row.words = title[:160], summary[:300], words[:500]
    row.steps = steps.clean(rows)
    if questions is not None:
        row.questions = asked.clean(questions)
    row.state, row.updated_at, row.updated_by = Wording.State.DRAFT, timezone.now(), actor
    row.save()
    return row


@transaction.atomic
def ask_review(wording: Wording, *, actor: User) -> None:
    """Put it before those who publish."""
    Wording.objects.filter(pk=wording.pk, state=Wording.State.DRAFT).update(
        state=Wording.State.REVIEW, updated_at=timezone.now(), updated_by=actor
    )


@transaction.atomic
def publish(
    wording: Wording, *, actor: User, note: str = "", is_to_be_read: bool = False, arrange: bool = True
) -> Edition:
    """Have colleagues work by what is written, as a new version. Raises NotAllowed, NothingToDo.

    What is published already is left. With `is_to_be_read` it is put before all whom it concerns. Without
    `arrange` searches are told later, by the caller.
    """
    if not access.may_publish(actor):
        raise NotAllowed
    rows = Wording.objects.select_for_update(of=("self",)).select_related("published", "procedure")
    row = rows.get(pk=wording.pk)
    if row.state == Wording.State.PUBLISHED and row.published:
        return row.published
    if not row.steps:
        raise NothingToDo
    last = row.editions.aggregate(last=Max("number"))["last"] or 0
    told: dict[str, Any] = {
        "title": row.title,
        "summary": row.summary,
        "words": row.words,
        "steps": row.steps,
        "questions": row.questions,
    }
    told["is_to_be_read"] = is_to_be_read
    row.published = Edition.objects.create(
        wording=row, number=last + 1, note=note[:300], author=actor, **told
    )
    row.state, row.updated_at, row.updated_by = Wording.State.PUBLISHED, timezone.now(), actor
    row.save()
    if row.procedure.review_on is None:
        _put_off(row.procedure, timezone.localdate())
    if arrange:
        shelves.arrange(row.procedure)
    return row.published


@transaction.atomic
def archive(wording: Wording, *, actor: User) -> None:
    """Take it from colleagues; what was written, published and followed stays. Raises NotAllowed."""
    if not access.may_publish(actor):
        raise NotAllowed
    row = Wording.objects.select_for_update().get(pk=wording.pk)
    row.state, row.published = Wording.State.ARCHIVED, None
    row.updated_at, row.updated_by = timezone.now(), actor
    row.save()
    shelves.arrange(row.procedure)


def restore(wording: Wording, edition: Edition, *, actor: User) -> Wording:
    """Take an earlier version up as a draft."""
    told = edition.copied()
    rows = told.pop("steps")
    return save(wording, **told, rows=rows, actor=actor)


@transaction.atomic
def place(procedure: Procedure, *, actor: User, **given: Any) -> None:
    """Say where it stands, who owns it, whom it concerns and what it fits; in all languages, at once.

    Takes what PLACES and SETS name. Raises NotAllowed when an agent would change what is published.
    """
    if not access.may_publish(actor) and procedure.wordings.exclude(published=None).exists():
        raise NotAllowed
    for name in PLACES:
        setattr(procedure, name, given.get(name, getattr(procedure, name)))
    procedure.save()
    for name in SETS:
        if name in given:
            getattr(procedure, name).set(given[name])
    shelves.arrange(procedure)


@transaction.atomic
def confirm(procedure: Procedure, *, actor: User) -> Procedure:
    """It was read again and holds: the next reading is so many months ahead. Raises NotAllowed.

    Its owner may say so, and whoever publishes.
    """
    if not access.may_publish(actor) and procedure.owner_id != actor.pk:
        raise NotAllowed
    return _put_off(procedure, timezone.localdate())


def _put_off(procedure: Procedure, today: date) -> Procedure:
    months = procedure.review_months
    procedure.review_on = months_later(today, months) if months else None
    procedure.reminded_on = None
    procedure.save(update_fields=["review_on", "reminded_on"])
    return procedure


def months_later(day: date, months: int) -> date:
    """The same day so many months ahead, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
