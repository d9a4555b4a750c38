"""Which responses fit a ticket: by topic, channel and language, then by how often they are used. Pure."""

from collections.abc import Iterable

from knowledge.canned.filling import wanted_language
from knowledge.canned.models import CannedResponse
from tickets.models import Ticket

TOPIC, CHANNEL, LANGUAGE = 8, 2, 3
NEARNESS = {"own": 1.0, "team": 0.5, "all": 0.0}


def ordered(responses: Iterable[CannedResponse], ticket: Ticket) -> list[tuple[CannedResponse, bool]]:
    """The active responses for this ticket's channel, those that fit first; whether each fits its topic."""
    kind = ticket.channel.kind if ticket.channel else ""
    topic = ticket.topic
    wanted = wanted_language(ticket)
    rows = [each for each in responses if not each.channels or not kind or kind in each.channels]
    told = [(_score(each, kind, topic, wanted), each) for each in rows]
    told.sort(key=lambda row: (-row[0], -row[1].used, row[1].title.casefold(), row[1].pk))
    return [(each, score >= TOPIC) for score, each in told]


def _score(response: CannedResponse, kind: str, topic: str, wanted: str) -> float:
    """Whose it is settles what is equal; one without the customer's language comes after those with."""
    named = {each.key for each in response.topics.all()}
    near = "own" if response.owner_id else "team" if response.team_id else "all"
    score = NEARNESS[near]
    score += TOPIC if topic and topic in named else 0
    score += CHANNEL if kind and kind in response.channels else 0
    return score + (LANGUAGE if any(each.language == wanted for each in response.wordings.all()) else 0)
