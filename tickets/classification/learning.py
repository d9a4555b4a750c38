"""Learning from people: the tickets whose kind or topic somebody has set make a model of this desk's own.

It starts from the messages that ship, so that a few corrections do not forget them, and is measured on the
desk's tickets alone, each left out of the learning in its turn. A version that is not better than what ships
is kept beside it, for an admin to decide. scikit-learn comes with this module, so it runs in a process of its
own.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from sklearn.model_selection import KFold

from helpdesk.wake import begin_drain
from tickets.classification import examples, training, weighing
from tickets.classification.examples import LANGUAGES, Example
from tickets.classification.features import features
from tickets.classification.versions import use
from tickets.classification.weighing import Model
from tickets.models import Event, LearnedModel, Message, Ticket

FEWEST = 20
"""Tickets that people have classified in a language, below which nothing is learned of it."""
MOST = 3000
"""The newest are learned from."""
FEWEST_CUSTOMERS = 3
"""What fewer customers say is learned of nobody: it may be a name, or a secret."""
LOUDNESS = 3
"""One's own ticket counts as much as so many shipped messages."""
ASKED = ("kind", "topic")
"""What people set right."""
PARTS = 5
KEPT = 10


def learn(languages: Sequence[str] = LANGUAGES) -> list[LearnedModel]:
    """A version for each language with enough tickets and something new in them; how good it is, with it."""
    begin_drain("learning")
    return [made for language in languages if (made := _learn(language))]


def _learn(language: str) -> LearnedModel | None:
    own = list(corrected(language))
    if len(own) < FEWEST or not _differ(own):
        return None
    shipped = [each for each in examples.shipped_examples() if each.language == language]
    material = [*shipped, *own * LOUDNESS]
    version = training.version_of(material)
    if LearnedModel.objects.filter(language=language, version=version).exists():
        return None
    model = training.train(material, language, only=shared(shipped, own))
    figures = measured(shipped, own, language)
    with transaction.atomic():
        row = LearnedModel.objects.create(
            language=language,
            version=model.version,
            packed=model.dumped(),
            tickets=len(own),
            figures=figures,
            made_at=timezone.now(),
        )
        if figures["right"] > figures["shipped"]:
            use(row, actor=None)
    _forget(language)
    return row


def _differ(own: Sequence[Example]) -> bool:
    """Whether there is something to tell apart."""
    return any(
        len({each.answers[question] for each in own if question in each.answers}) > 1 for question in ASKED
    )


def shared(shipped: Sequence[Example], own: Sequence[Example]) -> set[str]:
    """The features of the shipped messages, and those that three customers at least have in common."""
    said = {(example.situation, name) for example in own for name in _names(example)}
    of_many = Counter(name for _customer, name in said)
    found = {name for name, customers in of_many.items() if customers >= FEWEST_CUSTOMERS}
    return found.union(*map(_names, shipped))


def corrected(language: str) -> Iterator[Example]:
    """The newest tickets whose kind or topic a person has set, by the words of their first message."""
    kinds, topics = _by_people(Event.Kind.KIND_CHANGED), _by_people(Event.Kind.TOPIC_CHANGED)
    tickets = (
        Ticket.objects.on_desk()
        .annotate(kind_said=kinds, topic_said=topics)
        .filter(Q(kind_said=True) | Q(topic_said=True))
        .order_by("-id")[:MOST]
    )
    first = {
        message.ticket_id: message
        for message in Message.objects.filter(
            ticket__in=[ticket.pk for ticket in tickets], direction=Message.Direction.IN, is_automatic=False
        ).order_by("-id")
    }
    for ticket in tickets:
        message, answers = first.get(ticket.pk), _answers(ticket)
        if message and answers and message.language == language and message.visible_text.strip():
            yield _example(ticket, message, answers)


def _by_people(kind: str) -> Exists:
    return Exists(Event.objects.filter(ticket=OuterRef("pk"), kind=kind, user__isnull=False))


def _answers(ticket: Any) -> dict[str, str]:
    """What people have said of it; nothing where they took their word back."""
    told = {
        "kind": str(ticket.kind) if ticket.kind_said else "",
        "topic": ticket.topic if ticket.topic_said else "",
    }
    return {question: answer for question, answer in told.items() if answer}


def _example(ticket: Ticket, message: Message, answers: dict[str, str]) -> Example:
    told = {
        "priority": Ticket.Priority(ticket.priority).name.lower(),
        "anger": str(ticket.verdict.get("anger", 0)),
    }
    return Example(
        situation=f"customer {ticket.customer_id}",
        language=message.language,
        text=message.visible_text.strip(),
        answers={**told, **answers},
    )


def measured(shipped: Sequence[Example], own: Sequence[Example], language: str) -> dict[str, float]:
    """Of what people said about the desk's own tickets: how much is found by what was learned from the
    others, and by what ships."""
    parts = KFold(PARTS, shuffle=True, random_state=1)
    tries = sum(question in each.answers for each in own for question in ASKED)
    hits = 0
    for learn_from, test in parts.split(own):
        others = [own[i] for i in learn_from]
        only = shared(shipped, others)
        model = training.train([*shipped, *others * LOUDNESS], language, ASKED, only)
        hits += sum(_right(model, own[i]) for i in test)
    low, high = training.wilson(hits, tries)
    plain = weighing.shipped(language)
    known = sum(_right(plain, each) for each in own) if plain else 0
    told = {"right": hits / tries, "low": low, "high": high, "shipped": known / tries}
    return {name: round(share, 3) for name, share in told.items()}


def _right(model: Model, example: Example) -> int:
    """How many of people's answers the model finds."""
    weight = model.weigh(features(example.text, example.language))
    asked = [question for question in ASKED if question in example.answers]
    return sum(weight.best(question) == example.answers[question] for question in asked)


def _names(example: Example) -> set[str]:
    return features(example.text, example.language).names


def _forget(language: str) -> None:
    """All but the newest versions, and the one in use, are dropped."""
    old = LearnedModel.objects.filter(language=language, is_used=False).order_by("-made_at", "-id")[KEPT:]
    LearnedModel.objects.filter(pk__in=[row.pk for row in old]).delete()
