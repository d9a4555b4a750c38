"""Articles given to customers in replies: put in, counted, and what is asked often without one."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Concat

from helpdesk.accounts.models import User
from knowledge.models import ArticleUse, Opinion, Translation
from tickets.models import Message, Ticket, Topic

MANY = 5
"""From so many tickets in the time a topic without an article is a gap."""
DONE = (Ticket.Status.RESOLVED, Ticket.Status.CLOSED)


def use(translation: Translation, ticket: Ticket, *, actor: User, key: UUID) -> ArticleUse:
    """The article was put into what the colleague writes; the same `key` again is the same use."""
    told = {"translation": translation, "ticket": ticket, "user": actor}
    return ArticleUse.objects.get_or_create(key=key, defaults=told)[0]


def of(ticket: Ticket) -> list[ArticleUse]:
    """What was given on this ticket, each article once, the newest first."""
    rows = sent(ArticleUse.objects.filter(ticket=ticket)).select_related("translation", "user")
    found: dict[int, ArticleUse] = {}
    for row in rows.order_by("-at"):
        found.setdefault(row.translation_id, row)
    return list(found.values())


def sent(rows: QuerySet[ArticleUse]) -> QuerySet[ArticleUse]:
    """With `went`, the reply with its address in it, None where none was sent, and `is_solved`.

    It solved the ticket that was done with after it, and whose customer wrote no more.
    """
    place = Concat(
        Value("/help/"),
        OuterRef("translation__language"),
        Value("/"),
        Cast(OuterRef("translation__article"), TextField()),
        Value("/"),
        output_field=TextField(),
    )
    replies = Message.objects.filter(
        ticket=OuterRef("ticket"),
        author=OuterRef("user"),
        direction=Message.Direction.OUT,
        created_at__gte=OuterRef("at"),
        text__contains=place,
    )
    again = Message.objects.filter(
        ticket=OuterRef("ticket"), direction=Message.Direction.IN, is_automatic=False, id__gt=OuterRef("went")
    )
    with_reply = rows.annotate(went=Subquery(replies.order_by("id").values("id")[:1]))
    return with_reply.annotate(
        is_solved=Q(went__isnull=False) & Q(ticket__status__in=DONE) & ~Q(Exists(again))
    )


@dataclass
class Solving:
    """One article and what it did for the tickets of a topic."""

    translation: Translation
    given: int = 0
    solved: int = 0
    helped: int = 0
    """Readers of the help centre whom it helped, and whom not."""
    not_helped: int = 0


@dataclass
class About:
    """A topic in some time: its tickets, and the articles they were answered with."""

    key: str
    title: str
    tickets: int
    articles: list[Solving] = field(default_factory=list)

    @property
    def given(self) -> int:
        return sum(each.given for each in self.articles)

    @property
    def is_gap(self) -> bool:
        return self.tickets >= MANY and not self.articles


def by_topic(tickets: QuerySet[Ticket], since: datetime) -> list[About]:
    """The topics of these tickets opened since, those with the most tickets first; four queries."""
    topic = KeyTextTransform("topic", "verdict")
    rows: Any = tickets.filter(created_at__gte=since).order_by().annotate(about=topic)
    counted: dict[str, int] = dict(rows.exclude(about=None).values_list("about").annotate(count=Count("pk")))
    names = {each.key: each.title for each in Topic.objects.filter(key__in=counted)}
    uses: Any = sent(ArticleUse.objects.filter(at__gte=since, ticket__in=tickets))
    uses = uses.annotate(about=KeyTextTransform("topic", "ticket__verdict")).exclude(went=None)
    found: dict[tuple[str, int], Solving] = {}
    for each in uses.select_related("translation").annotate(title=F("translation__title")):
        one = found.setdefault((each.about or "", each.translation_id), Solving(each.translation))
        one.given += 1
        one.solved += each.is_solved
    _opinions(list(found.values()))
    abouts = [
        About(key, names.get(key, key), count, sorted(_of(found, key), key=lambda each: -each.given))
        for key, count in counted.items()
        if key in names
    ]
    return sorted(abouts, key=lambda each: (-each.tickets, each.title))


def _of(found: dict[tuple[str, int], Solving], key: str) -> list[Solving]:
    return [each for (topic, _pk), each in found.items() if topic == key]


def _opinions(rows: list[Solving]) -> None:
    told = Opinion.objects.filter(translation__in={each.translation.pk for each in rows})
    votes = Counter(told.values_list("translation", "helpful"))
    for each in rows:
        each.helped, each.not_helped = votes[each.translation.pk, True], votes[each.translation.pk, False]
