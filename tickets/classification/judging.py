"""What a message wants, with how sure that is and why. Pure but for the language model of a guess."""

from collections.abc import Iterator
from dataclasses import dataclass

from tickets.classification import weighing
from tickets.classification.features import Seen, features
from tickets.classification.weighing import Model, Table

LANGUAGES = ("en", "ru", "hu")
SURE = 0.5
"""Below this the desk says "unsure", and leaves the kind to a person."""
MOST_REASONS = 4
RARE = 4.8
"""A word's inverse document frequency above which it means something to people, unlike "the" and "been"."""
QUIET = frozenset({"@speaks_of_us", "@denies", "@tells_what_happened", "@conditional", "@greets", "@thanks"})
"""Cues that count, but say nothing to people."""
_HUNGARIAN = frozenset("őűáéíóöúü")


@dataclass(frozen=True, kw_only=True)
class Reason:
    words: str
    """What stands in the message."""
    kind: str
    """What it speaks for."""


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

    @property
    def is_sure(self) -> bool:
        return bool(self.kind) and self.confidence >= SURE


def judge(text: str, language: str = "") -> Verdict:
    """The verdict on a message; `language` (ISO 639), or "" to tell it by the text. Never raises."""
    language = language or guess(text)
    model = weighing.shipped(language)
    if model is None or not text.strip():
        return Verdict(kind="", confidence=0.0, topic="", priority="normal", language=language, anger=0)
    seen = features(text, language)
    kind, confidence = model.tables["kind"].best(seen.names)
    return Verdict(
        kind=kind,
        confidence=round(confidence, 3),
        topic=model.tables["topic"].best(seen.names)[0],
        priority=model.tables["priority"].best(seen.names)[0],
        language=language,
        anger=int(model.tables["anger"].best(seen.names)[0]),
        reasons=tuple(_reasons(kind, model, seen, text)),
    )


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


def _reasons(kind: str, model: Model, seen: Seen, text: str) -> Iterator[Reason]:
    """The words that spoke loudest for this kind, as the message has them: cues first, each once."""
    table, said = model.tables["kind"], list[str]()
    loud = [name for name, _lead in table.speaking_for(kind, seen.names)]
    for name in sorted(loud, key=lambda each: each not in seen.cues):
        words = "" if name in QUIET else seen.cues.get(name, "") or _as_written(name, text, table)
        if words and not any(words in other or other in words for other in said):
            said.append(words)
            yield Reason(words=" ".join(words.split()), kind=kind)
        if len(said) == MOST_REASONS:
            return


def _as_written(name: str, text: str, table: Table) -> str:
    """A feature that is a whole, telling word; what else a model knows means little to people."""
    return name if name.isalpha() and table.rows[name][0] > RARE and name in text.lower() else ""
