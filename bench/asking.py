"""Articles and hard questions of our own, to measure the search engine with.

`bench/questions/<lang>.txt` holds articles of a web shop and of other services, each with questions that
avoid its words, or mistype them. Every second topic may be tuned with; the others are for judging. What is
in `later` and `services` (bank, telephone, software, public office) was written before the synonyms of those
trades, what is in `fresh` on trades that have none: library, railway, car hire, theatre and the like. What is
in `fields` is asked as people mostly do: a third in the words of the article, mistyped, a third with some of
them, a third with none.
"""

from collections.abc import Iterator
from pathlib import Path
from statistics import fmean
from typing import NamedTuple, Protocol

from knowledge.searching import meaning
from knowledge.searching.documents import Document, Hit

FOLDER = Path(__file__).parent / "questions"
LANGUAGES = ("en", "ru", "hu")
SETS = (
    "tuned",
    "judged",
    "later",
    "services tuned",
    "services judged",
    "fresh",
    "fields tuned",
    "fields judged",
)
PARTS = ("", "later", "services", "fresh", "fields")


class Question(NamedTuple):
    text: str
    lang: str
    answer: str  # the id of the article
    set: str
    part: str


class Engine(Protocol):
    """What ranks articles."""

    def rank(self, question: str, lang: str) -> list[Hit]: ...


class Quality(NamedTuple):
    """Mean reciprocal rank among ten, and the share answered among the first three."""

    mrr: float
    recall: float


def articles(*, with_meaning: bool = True, parts: tuple[str, ...] = PARTS) -> Iterator[Document]:
    """All articles, read by the model where it is there and wanted (takes about 40 s)."""
    for _part, lang, slug, topic, lines in _blocks(parts):
        vector = meaning.of_document(lines[0], lines[1], topic) if with_meaning else b""
        yield Document(f"{lang}-{slug}", lang, lines[0], lines[1], topic, vector)


def questions() -> Iterator[Question]:
    """All questions with the article that answers each."""
    tuned: set[str] = set()
    for part in ("", "services", "fields"):
        tuned |= set(sorted({slug for _part, _lang, slug, _topic, _lines in _blocks((part,))})[::2])
    for part, lang, slug, _topic, lines in _blocks(PARTS):
        half = "tuned" if slug in tuned else "judged"
        name = part if part in ("later", "fresh") else f"{part} {half}".strip()
        for line in lines[2:]:
            yield Question(line.removeprefix("- "), lang, f"{lang}-{slug}", name, part)


def idle() -> Iterator[tuple[str, str]]:
    """Questions that no article answers, with their languages."""
    for line in (FOLDER / "idle.txt").read_text().splitlines():
        lang, text = line.split(" ", 1)
        yield text, lang


def quality(index: Engine, asked: list[Question]) -> Quality:
    """How well an index answers these questions."""
    ranks = [_rank(index, each) for each in asked]
    return Quality(fmean(1 / rank if rank else 0 for rank in ranks), fmean(0 < rank <= 3 for rank in ranks))


def _rank(index: Engine, question: Question) -> int:
    found = [hit.id for hit in index.rank(question.text, question.lang)]
    return found.index(question.answer) + 1 if question.answer in found else 0


def _blocks(parts: tuple[str, ...]) -> Iterator[tuple[str, str, str, str, list[str]]]:
    for part in parts:
        for lang in LANGUAGES:
            for block in f"\n{(FOLDER / part / f'{lang}.txt').read_text()}".split("\n= ")[1:]:
                head, *lines = block.strip().split("\n")
                slug, topic = head.split(" | ")
                yield part, lang, slug, topic, lines
