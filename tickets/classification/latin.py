"""Russian in Latin letters ("gde moy zakaz, zhdu uzhe nedelyu") as it would be spelt. Pure.

Everybody has rules of their own for it, and nobody writes the soft sign: so words are compared by skeletons,
in which letters that are written alike are one, and a word that is known is spelt as it is known.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

LEAST = 0.6
"""So many words must be those of customers who write in Russian: "na" and "mogu" are not theirs alone."""
FEWEST = 2
SHORTEST = 3
"""Letters of a word that says something."""
STEMS = (4, 5)
"""Letters of a skeleton by which a word is one of those, in whatever form."""
MOST = 3000
"""Characters that are read."""
LONGEST = 400
"""Characters by which it is told whether it is Russian at all."""
_WORD = re.compile(r"(?<![\w'])(?:[46]?[a-z][a-z46']*)(?!\w)", re.IGNORECASE)
_SPELT = re.compile(r"[а-я]+")
_LATIN = re.compile(r"[^\W\d_a-z]", re.IGNORECASE)
_DIGITS = ((re.compile(r"4(?=[a-z])|(?<=[a-z])4"), "ch"), (re.compile(r"6(?=[a-z])|(?<=[a-z])6"), "sh"))
_ENDS = (
    (re.compile(r"(?<=[aeoiuy])[iy]$"), "й"),
    (re.compile(r"(?<=[aeou])y(?=[bcdfghklmnpqrstvwz])"), "й"),
    (re.compile(r"^e(?=t[aiou]|kr|ks|kz|lek|ner)"), "э"),
)
_GROUPS = (
    *("shch щ", "sch щ", "zh ж", "kh х", "ts ц", "tz ц", "ch ч", "sh ш", "yo е", "jo е", "yu ю", "ju ю"),
    *("iu ю", "ya я", "ja я", "ye е", "je е", "a а", "b б", "c ц", "d д", "e е", "f ф", "g г", "h х"),
    *("i и", "j й", "k к", "l л", "m м", "n н", "o о", "p п", "q к", "r р", "s с", "t т", "u у", "v в"),
    *("w ш", "x х", "y ы", "z з", "' ь"),
)
_LETTERS = dict(pair.split() for pair in _GROUPS)
_GROUP = re.compile("|".join(map(re.escape, _LETTERS)))
_ALIKE = str.maketrans("ъйэщы", "ьиеши", "")


class Vocabulary(NamedTuple):
    """Russian to read by: words by their skeletons, and the skeletons of stems that customers use."""

    words: Mapping[str, str]
    stems: frozenset[str]

    def has(self, word: str) -> bool:
        bones = skeleton(word)
        return bones in self.stems or any(bones[:size] in self.stems for size in STEMS if len(bones) > size)


class Spelt(NamedTuple):
    text: str
    """In Cyrillic."""
    written: Mapping[str, str]
    """Cyrillic word → as it was written."""

    def as_written(self, words: str) -> str:
        """Some of its words as the message has them."""
        return _SPELT.sub(lambda found: self._one(found.group()), words)

    def _one(self, word: str) -> str:
        """Also of a word of which only the beginning was told."""
        longer = (each for each in self.written if each.startswith(word))
        return self.written.get(word) or self.written.get(next(longer, ""), word)


@lru_cache(maxsize=8192)
def cyrillic(word: str) -> str:
    """A word letter by letter, in lower case: "nashey" is "нашей". The same words come again and again."""
    low = word.lower()
    for pattern, letters in (*_DIGITS, *_ENDS):
        low = pattern.sub(letters, low)
    return _GROUP.sub(lambda found: _LETTERS[found.group()], low)


def skeleton(word: str) -> str:
    """What is left of a Cyrillic word when letters that are written alike in Latin are one."""
    return word.translate(_ALIKE).replace("ь", "")


def vocabulary(words: Iterable[str], stems: Iterable[str]) -> Vocabulary:
    """To read by, of Cyrillic words and stems."""
    long = (word for word in words if len(word) >= SHORTEST)
    return Vocabulary(
        {skeleton(word): word for word in long},
        frozenset(bones for stem in stems if len(bones := skeleton(stem)) >= SHORTEST),
    )


def spelt(text: str, known: Vocabulary) -> Spelt | None:
    """A text that reads as Russian in Latin letters, in Cyrillic; None for any other."""
    text = text[:MOST]
    if _LATIN.search(text):
        return None
    told = [cyrillic(word) for word in _WORD.findall(text[:LONGEST])]
    said = {word for word in told if len(word) >= SHORTEST}
    met = sum(known.has(word) for word in said)
    if met < FEWEST or met < LEAST * len(said):
        return None
    written: dict[str, str] = {}

    def spell(found: re.Match[str]) -> str:
        plain = cyrillic(found.group())
        word = known.words.get(skeleton(plain), plain)
        written.setdefault(word, found.group())
        return word

    return Spelt(_WORD.sub(spell, text), written)
