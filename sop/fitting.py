"""Which procedures fit a ticket, and why: its topic, kind, channel and customer, and what was written."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from math import log2

from django.utils.translation import gettext as _

from channels_app.models import Channel
from helpdesk.accounts.models import User
from knowledge.searching import words
from sop import access, shelves
from sop.models import Procedure, Wording
from tickets.models import Customer, Message, Ticket, Topic

MOST = 4
CONSIDERED = 12
LEAST = 0.36
"""What the text alone must score; measured on the stories of the demo."""
TOPIC, NARROWED, ELSEWHERE = 0.45, 0.15, 0.1
"""Of a topic that many procedures name less: it tells little."""
SHORT = 3  # letters of a word that tells nobody anything
NEAR = 0.5  # of the best score: what is further away is shown beside nothing better
LONGEST = 600  # letters of the message: the search reads 24 words of it


@dataclass(frozen=True)
class Fit:
    """A procedure that fits, with the reasons as a colleague reads them."""

    wording: Wording
    score: float
    reasons: tuple[str, ...]


def find(ticket: Ticket, user: User, *, most: int = MOST) -> list[Fit]:
    """The procedures that fit best, in the colleague's language where they have it."""
    asked = question(ticket)
    language = ticket.language or user.language
    scores = {int(hit.id): hit.score for hit in shelves.hits(asked, language, user, limit=CONSIDERED)}
    topics = _topics(ticket)
    rows = _candidates(user, scores, topics)
    wordings = shelves.without_steps(each.pk for each in rows)
    said = shelves.in_words(wordings, language)
    shown = shelves.in_words(wordings, user.language, language)
    common = Counter(topic for each in rows for topic in each.topics.all())
    found = []
    for procedure in rows:
        score, reasons = _weighed(procedure, ticket, scores.get(procedure.pk, 0.0), topics, common)
        if score >= LEAST and procedure.pk in shown:
            shared = _shared(asked, said[procedure.pk])
            because = [_("Words: %(words)s") % {"words": ", ".join(shared)}] if shared else []
            found.append(Fit(shown[procedure.pk], score, (*because, *reasons)))
    best = max((fit.score for fit in found), default=0.0)
    found = [fit for fit in found if fit.score >= best * NEAR]
    return sorted(found, key=lambda fit: -fit.score)[:most]


def question(ticket: Ticket) -> str:
    """What the customer asks: the subject, and how their first message begins."""
    first = Message.objects.filter(ticket=ticket, direction=Message.Direction.IN).order_by("id").first()
    return f"{ticket.subject}\n{first.visible_text[:LONGEST] if first else ''}".strip()


def _candidates(user: User, scores: dict[int, float], topics: list[Topic]) -> list[Procedure]:
    rows = access.procedures(user).prefetch_related("topics", "organisations")
    wanted = rows.filter(pk__in=scores) | rows.filter(topics__in=topics)
    return list(wanted.distinct())


def _topics(ticket: Ticket) -> list[Topic]:
    """The ticket's topic, and those that it is part of."""
    key = ticket.verdict.get("topic", "")
    found = Topic.objects.select_related("parent__parent__parent").filter(key=key).first() if key else None
    return found.path() if found else []


def _weighed(
    procedure: Procedure, ticket: Ticket, score: float, topics: list[Topic], common: Counter[Topic]
) -> tuple[float, list[str]]:
    conditions = [each for each in _conditions(procedure, ticket) if each[0]]
    if not all(holds for _named, holds, _why in conditions):
        return 0.0, []
    reasons = [why() for _named, _holds, why in conditions]
    own = set(procedure.topics.all())
    shared = [each for each in topics if each in own]
    score += NARROWED * len(reasons)
    if shared:
        score += TOPIC / (1 + log2(common[shared[-1]]))
        reasons.insert(0, _("Topic: %(topic)s") % {"topic": shared[-1].title})
    elif own and topics:
        score -= ELSEWHERE
    return score, reasons


def _conditions(procedure: Procedure, ticket: Ticket) -> list[tuple[bool, bool, Callable[[], str]]]:
    """Each thing that can narrow: whether it does, whether it holds, and how that is said."""
    customer, organisations = ticket.customer, list(procedure.organisations.all())
    kind = ticket.channel.kind if ticket.channel else ""
    return [
        (bool(procedure.kinds), ticket.kind in procedure.kinds, lambda: str(ticket.get_kind_display())),
        (bool(procedure.channels), kind in procedure.channels, lambda: str(Channel.Kind(kind).label)),
        (
            procedure.importance > Customer.Importance.NORMAL,
            customer.importance >= procedure.importance,
            lambda: str(customer.get_importance_display()),
        ),
        (
            bool(organisations),
            customer.organisation_id in {each.pk for each in organisations},
            lambda: str(customer.organisation),
        ),
    ]


def _shared(asked: str, wording: Wording, most: int = 3) -> list[str]:
    """Words of the customer that the procedure has in its title or is found by."""
    shown = wording.published
    lang = wording.language
    own = {words.stem(word, lang) for word in words.cut(f"{shown.title} {shown.words}")} if shown else set()
    found: dict[str, str] = {}
    for word in words.cut(asked):
        stem = words.stem(word, lang)
        if len(word) > SHORT and stem in own and words.folded(word) not in words.EMPTY:
            found.setdefault(stem, word.lower())
    return list(found.values())[:most]
