"""Changed procedures are put before those whom they concern, until they say that they have read them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from helpdesk.accounts.models import User
from knowledge import comparing
from sop import access, asking, questions, shelves, steps
from sop.models import Attempt, Edition, Reading, Wording


class QuestionsFirst(Exception):
    """This version is confirmed by answering its questions."""


@dataclass(frozen=True)
class Change:
    """A version that wants to be read, with what differs from what was read before; at first all is new."""

    edition: Edition
    lines: list[comparing.Line]

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it was read before, so that marking every word as new would tell nothing."""
        pieces = [piece for line in self.lines for piece in line.pieces]
        return bool(pieces) and all(piece.kind == "new" for piece in pieces)


def waiting(user: User) -> list[Edition]:
    """What this colleague has still to read: of each procedure of theirs the version in their language."""
    mine = access.procedures(user).filter(asking.concerns(user))
    asked = asking.asked(mine)
    since = {each.wording: each.since for each in asked}
    shown = shelves.worded({each.procedure for each in asked}, user.language).values()
    read = asking.read(since, [user.pk])
    editions = [row.published for row in shown if row.pk in since and (user.pk, row.pk) not in read]
    return sorted((each for each in editions if each), key=lambda each: each.at)


def is_waiting(user: User, edition: Edition) -> bool:
    """Whether this version is still to be read by this colleague."""
    return any(each.pk == edition.pk for each in waiting(user))


def changes(editions: list[Edition], user: User | None = None) -> list[Change]:
    """These versions with what each changed: since the colleague read one, else since the one before."""
    return [Change(each, comparing.lines(_before(each, user), said(each))) for each in editions]


def acknowledge(edition: Edition, *, user: User) -> Reading:
    """The colleague has read it; twice is once. Raises QuestionsFirst."""
    if edition.questions:
        raise QuestionsFirst
    return Reading.objects.get_or_create(edition=edition, user=user)[0]


@transaction.atomic
def answer(edition: Edition, answers: Mapping[str, str], *, user: User) -> list[questions.Graded]:
    """What was answered to the questions of a version; when all is right, it counts as read."""
    graded = questions.graded(questions.read(edition.questions), answers)
    wrong = [each.question.key for each in graded if not each.is_right]
    Attempt.objects.create(edition=edition, user=user, wrong=wrong)
    if not wrong:
        Reading.objects.get_or_create(edition=edition, user=user)
    return graded


def has_read(user: User, wording: Wording) -> bool:
    """Whether the colleague has confirmed a version of it that counts still."""
    asked = {each.wording: each.since for each in asking.asked([wording.procedure_id])}
    return (user.pk, wording.pk) in asking.read({wording.pk: asked.get(wording.pk, 0)}, [user.pk])


def said(edition: Edition) -> list[str]:
    """A version in lines: title, summary, and each step with what stands in it."""
    rows = (line for step in edition.steps for line in steps.lines(step))
    return [edition.title, *filter(None, [edition.summary]), *rows]


def _before(edition: Edition, user: User | None) -> list[str]:
    """What the version that was read last says; else the one before that which everybody is to read."""
    earlier = Edition.objects.filter(wording=edition.wording_id)
    known = earlier.filter(number__lt=edition.number, readings__user=user).first() if user else None
    asked = earlier.filter(is_to_be_read=True, number__lte=edition.number).first() or edition
    before = known or earlier.filter(number__lt=asked.number).first()
    return said(before) if before else []
