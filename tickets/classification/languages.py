"""Which of the learned languages a message is in, also when it is short or in other letters. Pure."""

import re
from functools import cache

from tickets.classification import latin, weighing
from tickets.classification.examples import LANGUAGES
from tickets.classification.features import STEM, Seen, features
from tickets.classification.weighing import Model

CLEARLY = 0.5
"""The share of known words from which other languages' letters may be those of a name."""
HARDLY = 0.34
"""The share of known words below which a language is doubtful."""
FEW = 2
"""Words of which a share says nothing."""
ENOUGH_WORDS = 8
"""From here on a detector that names a language that we know is believed."""
ENOUGH = 400
"""Characters by which a language is told."""
_HUNGARIAN = frozenset("őű")
_RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzáéíóöúüőű")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")


def tell(text: str, told: str) -> str:
    """The language, where a detector says `told` ("" for nothing): for few words it is often wrong.

    It is doubted where it names a language that nothing was learned of, or knows few words of a short text.
    """
    own = text[:ENOUGH]
    if told not in LANGUAGES:
        return guess(own, CLEARLY) or told if told else guess(own)
    if bool(_CYRILLIC.search(own)) != (told == "ru"):
        return guess(own) or told
    if len(own.split()) >= ENOUGH_WORDS or _share(own, told) >= HARDLY:
        return told
    other = guess(own, CLEARLY)
    return other if other and _share(own, other) > CLEARLY else told


def guess(text: str, least: float = 0.3) -> str:
    """Which of the learned languages a text is in; "" when none of them knows that share of its words.

    By its letters, else by which model knows most of it; of a word or two, what it looks most like.
    """
    text = text[:ENOUGH]
    letters = {letter for letter in text.lower() if letter.isalpha()}
    cyrillic = {letter for letter in letters if "\u0400" <= letter <= "\u052f"}
    if len(cyrillic) * 2 > len(letters) and not cyrillic <= _RUSSIAN:
        return ""
    if len(cyrillic) * 2 > len(letters) and least < CLEARLY:
        return "ru"
    if _HUNGARIAN & letters:
        return "hu"
    seen = features(text, "")
    models = {code: model for code in LANGUAGES if (model := weighing.shipped(code))}
    parts = {name for name in seen.names if name[0] in "#~$"}
    share = {code: known_share(seen, model) for code, model in models.items()}
    alike = {code: len(parts & model.tables["kind"].rows.keys()) for code, model in models.items()}
    best = max(models, key=lambda code: (share[code], alike[code]), default="")
    if share.get(best, 0.0) < CLEARLY and in_cyrillic(text):
        return "ru"
    is_foreign = bool(letters - cyrillic - _LATIN)
    enough = share.get(best, 0.0) >= (CLEARLY if is_foreign else least)
    return best if enough or (len(text.split()) <= FEW and not is_foreign) else ""


def known_share(seen: Seen, model: Model) -> float:
    """How many of the different words a model has met, in this form or one that begins like it."""
    words = {word for word in seen.passages[0] if len(word) > 1 and word.isalpha()}
    met = sum(word in model.known or f"~{word[:STEM]}" in model.known for word in words)
    return met / len(words) if words else 1.0


def in_cyrillic(text: str) -> latin.Spelt | None:
    """Russian in Latin letters as it would be spelt; None for whatever else."""
    known = _russian()
    return latin.spelt(text, known) if known else None


def _share(text: str, language: str) -> float:
    model = weighing.shipped(language)
    return known_share(features(text, "", model.known), model) if model else 0.0


@cache
def _russian() -> latin.Vocabulary | None:
    """What the shipped model knows of Russian."""
    model = weighing.shipped("ru")
    if model is None:
        return None
    words = [name for name in model.known if name.isalpha()]
    stems = [name[1:] for name in model.known if name[0] == "~" and name[1:].isalpha()]
    senses = model.tables["kind"].senses
    pieces = [each[1:] for each in senses.pieces if each[0] == "▁" and each[1:].isalpha()] if senses else []
    return latin.vocabulary([*pieces, *words], [*words, *stems])
