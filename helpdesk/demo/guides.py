"""The demo's procedures: the starter set, some work on it, and what was followed on tickets."""

from datetime import timedelta

from django.utils import timezone

from helpdesk.accounts.models import User
from helpdesk.demo import shop
from sop import fitting, following, starting, writing
from sop.models import Procedure, Wording
from tickets.models import Ticket

FOLLOWED = 4
OVERDUE = ("customs", "restocking-fee")
CHANGED = "late-parcel"
NOTE = "Five working days became three: the carrier answers faster now."


def stock(staff: shop.Staff) -> None:
    """Publish the starter set, change one of it, leave a draft and one in review, follow some."""
    sam, alice = staff.colleagues["sam"], staff.colleagues["alice"]
    starting.add(actor=sam)
    _change(Wording.objects.get(procedure__key=CHANGED, language="en"), sam)
    _unfinished(alice)
    yesterday = timezone.localdate() - timedelta(days=1)
    Procedure.objects.filter(key__in=OVERDUE).update(review_on=yesterday)
    _follow(staff)


def _change(late: Wording, sam: User) -> None:
    """A second version, so that there is something to compare."""
    rows = [
        {**row, "html": row["html"].replace("within five working days", "within three working days")}
        for row in late.steps
    ]
    title, summary, words = late.title, late.summary, late.words
    saved = writing.save(late, title=title, summary=summary, words=words, rows=rows, actor=sam)
    writing.publish(saved, actor=sam, note=NOTE, is_to_be_read=True)


def _unfinished(alice: User) -> None:
    """What an agent is writing, and what waits for a supervisor."""
    chapter = Procedure.objects.get(key=CHANGED).chapter
    rows = [{"title": "Ask for the date and the place of the event"}, {"title": "Reserve the pieces"}]
    for title, ready in (("Renting furniture for events", False), ("Delivery on a Saturday", True)):
        wording = writing.begin(language="en", title=title, chapter=chapter, actor=alice)
        writing.save(wording, title=title, summary="", words="", rows=rows, actor=alice)
        if ready:
            writing.ask_review(wording, actor=alice)


def _follow(staff: shop.Staff) -> None:
    """The newest tickets that something fits: each walked a little further than the one before."""
    sam = staff.colleagues["sam"]
    done = 0
    newest = Ticket.objects.on_desk().unfinished().exclude(assignee=None)
    for ticket in newest.select_related("customer", "channel", "assignee").order_by("-pk")[: FOLLOWED * 4]:
        fits = fitting.find(ticket, ticket.assignee or sam, most=1)
        if fits and done < FOLLOWED:
            _walk(ticket, fits[0], ticket.assignee or sam, done)
            done += 1


def _walk(ticket: Ticket, fit: fitting.Fit, agent: User, far: int) -> None:
    shown = fit.wording.published
    if shown is None:
        return
    begun = following.begin(ticket, shown, actor=agent)
    for step in following.way(begun, begun.marks.all()).steps[:far]:
        if step.is_decision:
            following.choose(begun, step.key, step.choices[0].key, actor=agent)
        else:
            following.tick(begun, step.key, done=True, actor=agent)
