"""What a message wants, with how sure that is and why. Pure but for the language model of a guess."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tickets.classification import urgency, weighing
from tickets.classification.features import Seen, features
from tickets.classification.phrases import Found, Phrase, found_in, weighed
from tickets.classification.urgency import Sign
from tickets.classification.weighing import Model, Table, Weighed

LANGUAGES = ("en", "ru", "hu")
SURE = 0.5
"""Below this the desk says "unsure", and leaves the kind to a person."""
MOST_REASONS = 4
RARE = 4.8
"""A word's inverse document frequency above which it means something to people, unlike "the" and "been"."""
QUIET = frozenset({"@speaks_of_us", "@denies", "@tells_what_happened", "@conditional", "@greets", "@thanks"})
"""Cues that count, but say nothing to people."""
_HUNGARIAN = frozenset("őű")


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
    if model is None or not text.strip():
        return Verdict(kind="", confidence=0.0, topic="", priority="normal", language=language, anger=0)
    seen = features(text, language, model.known)
    weight = model.weigh(seen)
    found = list(found_in(text, language, own.phrases))
    kind, confidence = _best("kind", weight, found)
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


def _priority(
    kind: str, confidence: float, weight: Weighed, found: Sequence[Found], signs: Sequence[Sign]
) -> tuple[str, tuple[Reason, ...]]:
    """By the model and the phrases; where no phrase of the desk says anything of it, signs raise it."""
    judged = _best("priority", weight, found)[0]
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


def guess(text: str) -> str:
    """Which of the learned languages a text is in: by its letters, else by which model knows most of it."""
    low = text.lower()
    if sum("а" <= letter <= "я" for letter in low) * 3 > sum(map(str.isalpha, low)):
        return "ru"
    if _HUNGARIAN & set(low):
        return "hu"
    parts = {name for name in features(text, "").names if name[0] in "#~$"}
    known = {
        code: len(parts & model.tables["kind"].rows.keys())
        for code in LANGUAGES
        if (model := weighing.shipped(code))
    }
    return max(known, key=known.__getitem__, default="")


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
