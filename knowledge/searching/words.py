"""Words of a text: cut out, folded so that accents and letters typed in haste do not matter, and stemmed."""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from threading import local

import Stemmer

LANGUAGES = {
    "en": "english",
    "ru": "russian",
    "hu": "hungarian",
    "de": "german",
    "fr": "french",
    "es": "spanish",
}
LONGEST = 40  # letters of a word that count; nobody asks for a digest
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ](?=\w)")
_own = local()  # a stemmer must not be shared by threads

# Words that say nothing of what is wanted, folded: articles, pronouns, auxiliaries, politeness.
EMPTY = frozenset((Path(__file__).parent / "empty_words.txt").read_text().split())


def fold(text: str) -> str:
    """In small letters without accents; ё is е, and й stays."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("й", "\ue000")
    plain = "".join(each for each in unicodedata.normalize("NFD", plain) if not unicodedata.combining(each))
    return plain.replace("\ue000", "й")


def cut(text: str) -> list[str]:
    """The words of a text in their order, in small letters, accents kept; "can't" is one word."""
    text = _APOSTROPHE.sub("", unicodedata.normalize("NFKC", text).lower())
    return [word[:LONGEST] for word in _WORD.findall(text)]


@lru_cache(maxsize=200_000)
def folded(word: str) -> str:
    """`fold`, remembered."""
    return word if word.isascii() else fold(word)


@lru_cache(maxsize=200_000)
def stem(word: str, lang: str) -> str:
    """The folded stem of a word in small letters; a language without a stemmer leaves it whole."""
    if len(word) < 3 or lang not in LANGUAGES:
        return folded(word)
    return folded(_stemmer(lang).stemWord(word))


def _stemmer(lang: str) -> Stemmer.Stemmer:
    known: dict[str, Stemmer.Stemmer] = _own.__dict__.setdefault("stemmers", {})
    if lang not in known:
        known[lang] = Stemmer.Stemmer(LANGUAGES[lang])
    return known[lang]


def language(text: str, given: str) -> str:
    """The language to read a text in: the one given, unless its letters speak against it."""
    cyrillic = sum("а" <= letter <= "я" for letter in text.lower())
    latin = sum("a" <= letter <= "z" for letter in text.lower())
    if cyrillic > latin:
        return "ru"
    return given if given in LANGUAGES and given != "ru" else "en"
