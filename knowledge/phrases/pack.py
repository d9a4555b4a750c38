"""All phrases of a language for the browser: one expression and what belongs to each of its groups."""

from typing import Any

from knowledge.phrases import forms
from knowledge.phrases.models import PhrasePair


def pack(language: str) -> dict[str, Any]:
    """The active pairs; the phrase with most words comes first, so that the longest of two is found."""
    pairs = list(PhrasePair.objects.active().filter(language=language))
    rows = sorted(
        ((phrase, pair) for pair in pairs for phrase in pair.phrases),
        key=lambda row: (-len(row[0].split()), -len(row[0])),
    )
    return {
        "language": language,
        "pattern": forms.whole([[phrase] for phrase, _pair in rows], language) if rows else "",
        "pairs": [
            {"prefer": pair.better, "why": pair.why, "context": str(pair.get_context_display())}
            for _phrase, pair in rows
        ],
    }
