"""What a message wants, with how sure that is and why. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tickets.classification import languages, latin, urgency, weighing
from tickets.classification.features import Seen, features
from tickets.classification.languages import CLEARLY, HARDLY, guess, known_share
from tickets.classification.phrases import Found, Phrase, found_in, weighed
from tickets.classification.urgency import Sign
from tickets.classification.weighing import Model, Table, Weighed

SURE = 0.5
"""Below this the desk says "unsure", and leaves the kind to a person."""
STRANGE = 0.2
"""Who knows less of the words than this share is not sure, whatever the few say."""
IDLE = 0.6
"""A question may wait when that is so likely; else it is like any other ticket."""
MOST_REASONS = 4
RARE = 4.8
"""A word's inverse document frequency above which it means something to people, unlike "the" and "been"."""
QUIET = frozenset({"@speaks_of_us", "@denies", "@tells_what_happened", "@conditional", "@greets", "@thanks"})
"""Cues that count, but say nothing to people."""


@dataclass(frozen=True, kw_only=True)
class Reason:
    words: str
    """What stands in the message."""
    kind: str
    """What it speaks for."""


@dataclass(frozen=True, kw_only=True)
class Own:
    """What a desk knows beyond what ships: models that learned from its corrections, and its phrases."""

    models: Mapping[str, Model] = field(default_factory=dict)
    """Language → the model in use there instead of the shipped one."""
    phrases: Sequence[Phrase] = ()
    topics: Collection[str] = ()
    """Keys of the topics that tickets may be given; none: all that the model knows."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    kind: str
    """The likeliest kind; "" for a message in a language that nothing was learned about."""
    confidence: float
    """How likely that is, 0 to 1."""
    topic: str
    priority: str
    """"low", "normal", "high" or "urgent"."""
    language: str
    anger: int
    """0 calm, 1 annoyed, 2 angry."""
    reasons: tuple[Reason, ...] = ()
    pressing: tuple[Reason, ...] = ()
    """The words for which the priority is as high as it is."""

    @property
    def is_sure(self) -> bool:
        return bool(self.kind) and self.confidence >= SURE


NOTHING = Own()


def judge(text: str, language: str = "", own: Own = NOTHING) -> Verdict:
    """The verdict on a message; `language` (ISO 639), or "" to tell it by the text. Never raises."""
    language = language or guess(text)
    model = own.models.get(language) or weighing.shipped(language)
    seen = features(text, language, model.known) if model and text.strip() else None
    share = known_share(seen, model) if model and seen else 0.0
    if share < CLEARLY and (spelt := languages.in_cyrillic(text)):
        return _as_spelt(judge(spelt.text, "ru", own), spelt)
    if model is None or seen is None:
        return Verdict(kind="", confidence=0.0, topic="", priority="normal", language=language, anger=0)
    weight = model.weigh(seen)
    found = list(found_in(text, language, own.phrases))
    kind, confidence = _best("kind", weight, found)
    if not any(each.phrase.question == "kind" for each in found) and _is_strange(share, seen):
        confidence = min(confidence, SURE - 0.01)
    topic, _chance = _best("topic", weight, found, own.topics)
    priority, pressing = _priority(kind, confidence, weight, found, urgency.signs(text, language))
    return Verdict(
        kind=kind,
        confidence=round(confidence, 3),
        topic=topic,
        priority=priority,
        language=language,
        anger=int(_best("anger", weight, found)[0]),
        reasons=tuple(_reasons(kind, model, weight, seen, text, found)),
        pressing=pressing,
    )


def _as_spelt(found: Verdict, spelt: latin.Spelt) -> Verdict:
    """With reasons in the letters of the message."""

    def written(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
        return tuple(replace(each, words=spelt.as_written(each.words)) for each in reasons)

    return replace(found, reasons=written(found.reasons), pressing=written(found.pressing))


def _priority(
    kind: str, confidence: float, weight: Weighed, found: Sequence[Found], signs: Sequence[Sign]
) -> tuple[str, tuple[Reason, ...]]:
    """By the model and the phrases; where no phrase of the desk says anything of it, signs raise it."""
    judged, chance = _best("priority", weight, found)
    if judged == "low" and kind == "information" and chance < IDLE:
        judged = "normal"
    if any(each.phrase.question == "priority" for each in found):
        return judged, ()
    priority = urgency.raised(judged, kind, confidence, signs)
    asked = [sign for sign in signs if sign.least == priority]
    return priority, tuple(Reason(words=sign.words, kind=priority) for sign in asked)


def _best(
    question: str, weight: Weighed, found: Sequence[Found], allowed: Collection[str] = ()
) -> tuple[str, float]:
    """The likeliest of the allowed answers and its probability, by the model and the phrases together."""
    chances = weighed(weight.chances(question), found, question)
    if allowed:
        chances = {answer: share for answer, share in chances.items() if answer in allowed}
    answer = max(chances, key=chances.__getitem__, default="")
    return answer, chances.get(answer, 0.0)


def _is_strange(share: float, seen: Seen) -> bool:
    """Whether too few words are known to be sure of anything; of four words or fewer, two must be."""
    return share < STRANGE or (share < HARDLY and len(seen.passages[0]) <= 5)


def _reasons(
    kind: str, model: Model, weight: Weighed, seen: Seen, text: str, found: Sequence[Found]
) -> Iterator[Reason]:
    """The words that spoke loudest for this kind, as the message has them, each once.

    An admin's phrases come first, then cues.
    """
    table = model.tables["kind"]
    for_it = (each.words for each in found if each.phrase.answer == kind and each.phrase.weight > 0)
    said = list(dict.fromkeys(for_it))[:MOST_REASONS]
    yield from (Reason(words=" ".join(words.split()), kind=kind) for words in said)
    for name in sorted(weight.speaking_for("kind", kind), key=lambda each: each not in seen.cues):
        if len(said) >= MOST_REASONS:
            return
        words = "" if name in QUIET else seen.cues.get(name, "") or _as_written(name, text, table)
        if words and not any(words in other or other in words for other in said):
            said.append(words)
            yield Reason(words=" ".join(words.split()), kind=kind)


def _as_written(name: str, text: str, table: Table) -> str:
    """A feature that is a whole, telling word; what else a model knows means little to people."""
    return name if name.isalpha() and table.rows[name][0] > RARE and name in text.lower() else ""
