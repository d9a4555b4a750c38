"""Words and sentences of three languages, spread as in real mail: few words are common, most are rare."""

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

SIZE = 20_000
SENTENCES = 24_000


@dataclass(frozen=True)
class Language:
    """What words and names are made of; vowels and endings come in rows that go together."""

    common: list[str]
    onsets: list[str]
    vowels: list[list[str]]
    codas: list[str]
    endings: list[list[str]]
    first_names: list[str]
    last_names: list[str]
    countries: list[str]
    zone: str


def _read(name: str) -> Language:
    def split(value: Any) -> Any:
        return [split(row) for row in value] if isinstance(value, list) else value.split()

    found = tomllib.loads(LANGUAGES.read_text())[name]
    return Language(zone=found.pop("zone"), **{key: split(value) for key, value in found.items()})


LANGUAGES = Path(__file__).with_name("languages.toml")
SPOKEN = {name: _read(name) for name in ("en", "ru", "hu")}


@cache
def words(language: str) -> tuple[str, ...]:
    """20,000 different words, the commonest first; the same at every call."""
    rng = random.Random(f"words {language}")
    found = dict.fromkeys(SPOKEN[language].common)
    while len(found) < SIZE:
        found[_word(SPOKEN[language], rng)] = None
    return tuple(found)


@cache
def weights() -> tuple[float, ...]:
    """Zipf's law, summed up as `random.choices` wants it."""
    return tuple(accumulate(1 / (rank + 2) for rank in range(SIZE)))


@cache
def sentences(language: str) -> tuple[str, ...]:
    """Sentences of 4 to 14 words, together with every word of the language at its due rate."""
    rng = random.Random(f"sentences {language}")
    lengths = [rng.randint(4, 14) for _ in range(SENTENCES)]
    stream = iter(rng.choices(words(language), cum_weights=weights(), k=sum(lengths)))
    return tuple(" ".join(next(stream) for _ in range(length)).capitalize() + "." for length in lengths)


def text(language: str, rng: random.Random) -> str:
    """A message: mostly short, now and then long; paragraphs are parted by an empty line."""
    count = min(40, 2 + int(rng.expovariate(0.22)))
    found = rng.choices(sentences(language), k=count)
    return "\n\n".join(" ".join(found[start : start + 5]) for start in range(0, count, 5))


def subject(language: str, rng: random.Random) -> str:
    return rng.choice(sentences(language))[:90].rstrip(".")


def _word(spoken: Language, rng: random.Random) -> str:
    row = rng.randrange(len(spoken.vowels))
    syllables = (
        rng.choice(spoken.onsets) + rng.choice(spoken.vowels[row]) for _ in range(rng.choice((1, 1, 2)))
    )
    stem = "".join(syllables) + rng.choice(spoken.codas)
    return stem + (rng.choice(spoken.endings[row]) if rng.random() < 0.7 else "")
