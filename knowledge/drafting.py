"""From work to knowledge: the question and the answer of a ticket, begun as something to be published."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from helpdesk.accounts.models import User
from knowledge import access, baring, markup, writing
from knowledge.models import Article, Translation
from tickets.models import Message, Ticket

ENOUGH = 60
"""An answer with fewer letters says "done" rather than how: a longer one is looked for first."""


class NoAnswer(Exception):
    """Nobody has answered the customer on this ticket yet."""


@dataclass(frozen=True)
class Told:
    """What a ticket has to teach, without whose it was; in its own language, else in English."""

    title: str
    question: str
    answer: str
    language: str


def told(ticket: Ticket) -> Told:
    """The customer's first words and the last real answer to them. Raises NoAnswer."""
    said = Message.objects.filter(ticket=ticket, is_automatic=False)
    asked = said.filter(direction=Message.Direction.IN).order_by("id").first()
    sent = said.filter(direction=Message.Direction.OUT, author__isnull=False).select_related("author")
    answers = list(sent.order_by("-id")[:20])
    if not answers:
        raise NoAnswer
    names = " ".join([ticket.customer.name, *(each.author.name for each in answers if each.author)])
    bared = [baring.core(each.visible_text, names) for each in answers]
    answer = next((each for each in bared if len(each) >= ENOUGH), bared[0])
    question = baring.core(asked.visible_text, names) if asked else ""
    title = baring.subject(ticket.subject or "", names) or question.split("\n")[0][:160]
    known = dict(settings.LANGUAGES)
    spoken = (answers[0].language or ticket.language or "")[:2]
    return Told(title or f"#{ticket.number}", question, answer, spoken if spoken in known else "en")


@transaction.atomic
def article(ticket: Ticket, *, actor: User) -> Translation:
    """An article begun from the ticket, or the one that was before; a draft that nobody else reads yet.

    Raises NoAnswer.
    """
    if known := access.written_from(ticket):
        return known
    found = told(ticket)
    made = writing.begin(language=found.language, title=found.title, category=None, actor=actor)
    Article.objects.filter(pk=made.article_id).update(origin=ticket)
    return writing.save(made, title=found.title, summary="", html=_html(found), actor=actor)


def _html(found: Told) -> str:
    with override(found.language):
        asked, answered = _("The question"), _("The answer")
    question = f"<h2>{asked}</h2>{markup.paragraphs(found.question)}" if found.question else ""
    return f"{question}<h2>{answered}</h2>{markup.paragraphs(found.answer)}"
