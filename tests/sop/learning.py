"""Rows for the tables of procedures: one that is followed and read, and what may be offered."""

from helpdesk.accounts.models import User
from knowledge.models import Article
from sop import following, paths, training, writing
from sop.models import Chapter, Edition, LearningPath, Limit, Reminder, Situation
from tickets.models import Ticket


def guided(ticket: Ticket, alice: User, editor: User) -> None:
    """A procedure that was followed on the ticket and read, and what may be offered."""
    chapter = Chapter.objects.create(slug="lost", names={"en": "Lost parcels"})
    wording = writing.begin(language="en", title="Lost parcel", chapter=chapter, actor=editor)
    rows = [{"title": "Ring the carrier"}]
    writing.save(wording, title="Lost parcel", summary="", words="", rows=rows, actor=editor)
    begun = following.begin(ticket, writing.publish(wording, actor=editor), actor=alice)
    following.tick(begun, "s1", done=True, actor=alice)
    learnt(begun.edition, Article.objects.get(), by=alice, given_by=editor)
    situation = Situation.objects.create(key="lost", names={"en": "Lost parcel"}, procedure=wording.procedure)
    Limit.objects.create(remedy=situation.remedies.create(kind="refund"), amount=20, currency="EUR")


def learnt(edition: Edition, article: Article, *, by: User, given_by: User) -> None:
    """A colleague has read the version, answered about it, was reminded, and goes a path."""
    training.acknowledge(edition, user=by)
    training.answer(edition, {}, user=by)
    Reminder.objects.create(edition=edition, user=by)
    told = {"title": "First days", "about": "", "team": None, "on_joining": False}
    path = paths.save(LearningPath(), **told, actor=given_by)
    paths.put(path, article=article.pk, actor=given_by)
    paths.give(path, by, actor=given_by)
    paths.read_article(article, user=by)
