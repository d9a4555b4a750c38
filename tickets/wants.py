"""Whether anybody wants a reaction to a fact: what has nothing to do leaves no row. Asked for every mail."""

from tickets.classification.recognising import is_open_question
from tickets.events import Fact
from tickets.priority import settling
from tickets.sla import prompting


def has_assignee(fact: Fact) -> bool:
    return fact.ticket is not None and fact.ticket.assignee_id is not None


def is_promised(fact: Fact) -> bool:
    """Whether something is promised on it, of which its new keeper is reminded."""
    return fact.ticket is not None and fact.ticket.promised_until is not None


def is_timed_apart(fact: Fact) -> bool:
    """What is judged is timed in the same go."""
    return prompting.is_wanted(fact) and not is_open_question(fact)


def is_reopened(fact: Fact) -> bool:
    return fact.data.get("why") == "customer_wrote" and settling.known().scale is not None


def is_corrected(fact: Fact) -> bool:
    """By a person: what the desk recognises is reckoned with at once."""
    return "confidence" not in fact.data and settling.known().scale is not None


def may_be_watched(fact: Fact) -> bool:
    """Nobody watches a ticket before it is there."""
    return not fact.data.get("opens")
