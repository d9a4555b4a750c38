"""What the demo's colleagues learn: questions after a change, who has read it, a path for newcomers."""

from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from helpdesk.demo import shop
from knowledge import centres, drafting, using
from knowledge.models import Article, ArticleUse, Translation
from knowledge.web import place
from sop import paths, training, writing
from sop.models import Edition, LearningPath, Procedure, Wording
from tickets.models import Message, Ticket, Topic

ASKED = "late-parcel"
NEEDED = "lost-parcel"
FIRST_DAYS = ("late-parcel", "lost-parcel", "restocking-fee", "customs")
QUESTIONS = [
    {
        "text": "The last scan is four working days old. What now?",
        "answers": ["Wait until the customer asks again", "Start a search with the carrier"],
        "right": "1",
        "why": "After three working days without a scan nobody waits any longer.",
    },
    {
        "text": "Within what time does the carrier answer a search inside the country?",
        "answers": ["Three working days", "Five working days", "Ten working days"],
        "right": "0",
        "why": "Five became three with this version; ten is abroad.",
    },
]


def teach(staff: shop.Staff) -> None:
    """One version with questions, answered by some, well and otherwise; a path that a newcomer goes."""
    sam, bob = staff.colleagues["sam"], staff.colleagues["bob"]
    late = Wording.objects.get(procedure__key=ASKED, language="en")
    told = {"title": late.title, "summary": late.summary, "words": late.words, "rows": late.steps}
    search = next((each["key"] for each in late.steps if "search" in each["title"]), "")
    asked_after = [{**each, "step": search} for each in QUESTIONS]
    saved = writing.save(late, **told, actor=sam, questions=asked_after)
    asked = writing.publish(saved, actor=sam, note="With two questions.", is_to_be_read=True)
    Edition.objects.filter(pk=asked.pk).update(at=timezone.now() - timedelta(days=5))
    training.answer(asked, {"q1": "1", "q2": "1"}, user=bob)
    training.answer(asked, {"q1": "1", "q2": "0"}, user=bob)
    _needed(staff)
    _path(staff)
    _written_down(staff)


def _needed(staff: shop.Staff) -> None:
    """Tickets about delivery go to those who know what to do about a lost parcel: most of them do."""
    lost = Procedure.objects.filter(key=NEEDED).first()
    topic = Topic.objects.filter(key="delivery").first()
    if lost is None or topic is None:
        return
    lost.needed_for.set([topic])
    for wording in lost.wordings.exclude(published=None).select_related("published"):
        for name in ("alice", "bob", "dora", "ivan", "sam"):
            if wording.published and staff.colleagues[name].language == wording.language:
                training.acknowledge(wording.published, user=staff.colleagues[name])


def _path(staff: shop.Staff) -> None:
    sam, mallory = staff.colleagues["sam"], staff.colleagues["mallory"]
    path = paths.save(
        LearningPath(),
        title="Your first days",
        about="What one needs before the first parcel is lost.",
        team=staff.teams["returns"],
        on_joining=True,
        actor=sam,
    )
    for procedure in Procedure.objects.filter(key__in=FIRST_DAYS):
        paths.put(path, procedure=procedure.pk, actor=sam)
    for article in Article.objects.order_by("pk")[:2]:
        paths.put(path, article=article.pk, actor=sam)
        paths.read_article(article, user=mallory)
    paths.give(path, mallory, actor=sam)


def _written_down(staff: shop.Staff) -> None:
    """Articles that went out with replies, and one begun from a ticket that was solved."""
    alice, centre = staff.colleagues["alice"], centres.of_channel(None)
    replied = Message.objects.filter(
        direction=Message.Direction.OUT, author__is_program=False, purpose=Message.Purpose.REPLY
    )
    known = list(Translation.objects.public().filter(language="en").order_by("pk")[:5])
    for turn, reply in enumerate(
        replied.filter(ticket__language="en").select_related("author", "ticket")[:12]
    ):
        if reply.author and known:
            row = known[turn % len(known)]
            address = centres.absolute(centre, place.of(row))
            Message.objects.filter(pk=reply.pk).update(text=f"{reply.text}\n\n{row.title}: {address}")
            given = using.use(row, reply.ticket, actor=reply.author, key=uuid4())
            ArticleUse.objects.filter(pk=given.pk).update(at=reply.created_at)
    solved = Ticket.objects.on_desk().filter(status=Ticket.Status.RESOLVED, language="en")
    for ticket in solved.order_by("-pk")[:20]:
        with suppress(drafting.NoAnswer):
            drafting.article(ticket, actor=alice)
            return
