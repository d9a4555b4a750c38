"""A procedure begun from what was answered on a ticket: a draft, in the category that fits it best."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from helpdesk.accounts.models import User
from knowledge import drafting, markup
from sop import fitting, writing
from sop.models import Chapter, Procedure, Wording
from tickets.models import Ticket


class NoCategory(Exception):
    """There is none yet that it could stand in."""


@transaction.atomic
def procedure(ticket: Ticket, *, actor: User) -> Wording:
    """The question as the first step, each paragraph of the answer as another; or the one begun before.

    Raises drafting.NoAnswer, NoCategory.
    """
    known = Wording.objects.filter(procedure__origin=ticket).order_by("pk").first()
    if known:
        return known
    found = drafting.told(ticket)
    made = writing.begin(
        language=found.language, title=found.title, chapter=_chapter(ticket, actor), actor=actor
    )
    Procedure.objects.filter(pk=made.procedure_id).update(origin=ticket)
    with override(found.language):
        asked, answered = _("What the customer asks"), _("What is answered")
    rows = [{"title": asked, "html": markup.paragraphs(found.question)}] if found.question else []
    rows.append({"title": answered, "html": markup.paragraphs(found.answer)})
    return writing.save(made, title=found.title, summary="", words="", rows=rows, actor=actor)


def _chapter(ticket: Ticket, actor: User) -> Chapter:
    fits = fitting.find(ticket, actor, most=1)
    chapter = fits[0].wording.procedure.chapter if fits else Chapter.objects.first()
    if chapter is None:
        raise NoCategory
    return chapter
