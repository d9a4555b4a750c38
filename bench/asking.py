"""Articles and hard questions of our own, to measure the search engine with.

`bench/questions/<lang>.txt` holds articles of a web shop and of other services, each with questions that
avoid its words, or mistype them. Every second topic may be tuned with; the others are for judging. What is
in `later` and `services` (bank, telephone, software, public office) was written before the synonyms of those
trades, what is in `fresh` on trades that have none: library, railway, car hire, theatre and the like.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from knowledge.searching import meaning
from knowledge.searching.documents import Document
from knowledge.searching.index import Index

FOLDER = Path(__file__).parent / "questions"
LANGUAGES = ("en", "ru", "hu")
SETS = ("tuned", "judged", "later", "services tuned", "services judged", "fresh")
PARTS = ("", "later", "services", "fresh")


class Question(NamedTuple):
    text: str
    lang: str
    answer: str  # the id of the article
    set: str


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
    for part in ("", "services"):
        tuned |= set(sorted({slug for _part, _lang, slug, _topic, _lines in _blocks((part,))})[::2])
    for part, lang, slug, _topic, lines in _blocks(PARTS):
        half = "tuned" if slug in tuned else "judged"
        name = part if part in ("later", "fresh") else f"{part} {half}".strip()
        for line in lines[2:]:
            yield Question(line.removeprefix("- "), lang, f"{lang}-{slug}", name)


def quality(index: Index, asked: list[Question], admitted: Callable[[Question], bool]) -> Quality:
    """How well the index answers those of the questions that are admitted."""
    ranks = [_rank(index, each) for each in asked if admitted(each)]
    return Quality(fmean(1 / rank if rank else 0 for rank in ranks), fmean(0 < rank <= 3 for rank in ranks))


def _rank(index: Index, question: Question) -> int:
    found = [hit.id for hit in index.rank(question.text, question.lang)]
    return found.index(question.answer) + 1 if question.answer in found else 0


def _blocks(parts: tuple[str, ...]) -> Iterator[tuple[str, str, str, str, list[str]]]:
    for part in parts:
        for lang in LANGUAGES:
            for block in f"\n{(FOLDER / part / f'{lang}.txt').read_text()}".split("\n= ")[1:]:
                head, *lines = block.strip().split("\n")
                slug, topic = head.split(" | ")
                yield part, lang, slug, topic, lines
