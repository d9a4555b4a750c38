"""What the engine takes and gives."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Document:
    """Something to be found; `id` is the caller's own, `meaning` what `meaning.of_document` made of it."""

    id: str
    lang: str
    title: str
    body: str
    topic: str = ""
    meaning: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Hit:
    """A document that answers, the best first; scores compare only within one question."""

    id: str
    score: float
