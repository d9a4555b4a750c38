"""Words and phrases that an admin has weighed, and where a text has them, in whatever form. Pure.

A phrase is one or more words that follow each other. Each stands for its inflected forms, too; "refund*" is
any word that begins so, and "=no" that word alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

UNIT = 0.9
"""What a weight of 1 adds to the logarithm of the odds: 5 makes ninety times as likely."""
MOST_BETWEEN = r"[\s,;:.!?()\"„“”«»'’-]+"
_VOWELS = "аеиоуыэюяйь"


@dataclass(frozen=True, kw_only=True)
class Phrase:
    words: str
    language: str
    """ISO 639, "" for any."""
    question: str
    """"kind", "topic" or "priority"."""
    answer: str
    """What it speaks for, such as "complaint"."""
    weight: int
    """-5 (against it) to 5."""


@dataclass(frozen=True, kw_only=True)
class Found:
    phrase: Phrase
    words: str
    """As the text has them."""


def found_in(text: str, language: str, phrases: Iterable[Phrase]) -> Iterator[Found]:
    """The phrases of this language that stand in the text, each once."""
    low = plain(text)
    for phrase in phrases:
        if phrase.language in ("", language) and (hit := pattern(phrase.words, language).search(low)):
            yield Found(phrase=phrase, words=hit.group())


def weighed(chances: Mapping[str, float], found: Iterable[Found], question: str) -> dict[str, float]:
    """The chances of each answer once the phrases have had their say; they add up to 1."""
    odds = dict(chances)
    for each in found:
        if each.phrase.question == question:
            before = odds.get(each.phrase.answer, 0.0) or 0.001  # an answer that the model never heard of
            odds[each.phrase.answer] = before * 2.718281828 ** (UNIT * each.phrase.weight)
    total = sum(odds.values()) or 1.0
    return {answer: share / total for answer, share in odds.items()}


def plain(text: str) -> str:
    """In lower case, with "ё" as "е" and straight apostrophes."""
    return text.lower().replace("ё", "е").replace("’", "'")


@lru_cache(maxsize=4096)
def pattern(words: str, language: str) -> re.Pattern[str]:
    """What finds a phrase and its inflected forms in a text that `plain` has been over."""
    forms = [_form(word, language) for word in plain(words).split()]
    return re.compile(rf"(?<!\w)(?:{MOST_BETWEEN.join(forms)})(?!\w)" if forms else r"(?!)")


def _form(word: str, language: str) -> str:
    if word.startswith("="):
        return re.escape(word[1:])
    if word.endswith("*"):
        return re.escape(word[:-1]) + r"\w*"
    if not word.isalpha() or len(word) < 4:
        return re.escape(word)
    return _INFLECTED.get(language, re.escape)(word)


def _english(word: str) -> str:
    return re.escape(word.removesuffix("e")) + r"(?:e|s|es|d|ed|ing|er|ers|ly|'s)?"


def _russian(word: str) -> str:
    """Of "доставка" also "доставку" and "доставкой": the last vowel gives way to three letters at most."""
    stem = word.rstrip(_VOWELS) if len(word) > 4 else word
    return re.escape(stem if len(stem) >= 3 else word) + r"\w{0,3}"


def _hungarian(word: str) -> str:
    """Endings pile up, and make a last "a" or "e" long: "számla", "számlájukkal"."""
    long = {"a": "[aá]", "e": "[eé]"}
    return re.escape(word[:-1]) + long.get(word[-1], re.escape(word[-1])) + r"\w{0,9}"


_INFLECTED = {"en": _english, "ru": _russian, "hu": _hungarian}
