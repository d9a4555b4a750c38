"""The search engine: how long a question takes at a given number of articles, and how well it answers.

    python -m bench.knowledge [--articles 10000] [--quality]

Needs no server. With --quality: mean reciprocal rank among ten, and the share answered among the first three.
"""

import argparse
import random
import time

import numpy as np

from bench import asking
from knowledge.searching import lexicon, meaning
from knowledge.searching.documents import Document
from knowledge.searching.index import Index

RARE = 20_000  # words that only some articles hold: names, models, places
SENTENCES, OWN_WORDS = 8, 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--quality", action="store_true")
    options = parser.parse_args()
    if options.quality:
        tell_quality()
    tell_speed(options.articles)


def tell_speed(count: int) -> None:
    """Print how long questions take, their vectors included."""
    began = time.perf_counter()
    index = Index(many(count), lexicon.shipped())
    built = time.perf_counter() - began
    taken = []
    for question in list(asking.questions())[::2]:
        began = time.perf_counter()
        index.rank(question.text, question.lang)
        taken.append((time.perf_counter() - began) * 1000)
    print(f"articles {count}")
    print(f"build_s {built:.1f}")
    print(f"p50_ms {np.percentile(taken, 50):.1f}")
    print(f"p95_ms {np.percentile(taken, 95):.1f}")


def many(count: int) -> list[Document]:
    """Articles mixed from our own, with words of their own, and with vectors like theirs."""
    chance, noise = random.Random(7), np.random.default_rng(7)
    known = list(asking.articles(with_meaning=False))
    names = [
        "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(4, 9))) for _ in range(RARE)
    ]
    sentences = {
        lang: [part for each in known if each.lang == lang for part in each.body.split(". ")]
        for lang in asking.LANGUAGES
    }
    out = []
    for number in range(count):
        like = chance.choice(known)
        text = [
            *chance.choices(sentences[like.lang], k=SENTENCES),
            " ".join(chance.choices(names, k=OWN_WORDS)),
        ]
        vector = noise.normal(size=meaning.SIZE)
        vector = (
            (vector / np.linalg.norm(vector)).astype(np.float16).tobytes() if meaning.available() else b""
        )
        out.append(Document(str(number), like.lang, like.title, ". ".join(text), like.topic, vector))
    return out


def tell_quality() -> None:
    """Print both measures for each language and set, with vectors and without."""
    asked = list(asking.questions())
    for name, documents in (
        ("with the model", list(asking.articles())),
        ("without", list(asking.articles(with_meaning=False))),
    ):
        index = Index(documents, lexicon.shipped())
        for part in asking.SETS:
            for lang in asking.LANGUAGES:
                found = asking.quality(index, asked, lambda each: (each.set, each.lang) == (part, lang))  # noqa: B023
                print(f"{name}, {part}, {lang}: mrr {found.mrr:.3f} recall3 {found.recall:.3f}")


if __name__ == "__main__":
    main()
