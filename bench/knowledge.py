"""The search engine: how long a question takes at a given number of articles, and how well it answers.

    python -m bench.knowledge [--articles 10000] [--quality]

Needs no server. With --quality: mean reciprocal rank among ten, and the share answered among the first three.
"""

import argparse
import random
import time
from dataclasses import replace

import numpy as np

from bench import asking, letters
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
    tell_speed(options.articles)  # before any question has been asked: their vectors are remembered
    if options.quality:
        tell_quality()


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
        vector /= np.linalg.norm(vector)
        stored = vector.astype(np.float16).tobytes() if meaning.available() else b""
        out.append(Document(str(number), like.lang, like.title, ". ".join(text), like.topic, stored))
    return out


def tell_quality() -> None:
    """Print both measures for each set and language, and how TF-IDF of letter groups does on the same."""
    asked = list(asking.questions())
    for part in asking.PARTS:
        documents = list(asking.articles(parts=(part,)))
        bare = [replace(each, meaning=b"") for each in documents]
        engines: dict[str, asking.Engine] = {
            "with the model": Index(documents, lexicon.shipped()),
            "without": Index(bare, lexicon.shipped()),
            "letter groups": letters.Index(documents),
        }
        for name, index in engines.items():
            for kind in sorted({each.set for each in asked if each.part == part}):
                for lang in (*asking.LANGUAGES, ""):
                    of = [each for each in asked if each.set == kind and each.lang.startswith(lang)]
                    found = asking.quality(index, of)
                    print(f"{kind}, {name}, {lang or 'all'}: {found.mrr:.3f} / {found.recall:.3f}")
    index = Index(asking.articles(), lexicon.shipped())
    for kind in asking.SETS:
        found = asking.quality(index, [each for each in asked if each.set == kind])
        print(f"{kind}, all articles in one index: {found.mrr:.3f} / {found.recall:.3f}")
    nothing = [not index.rank(text, lang, plausible=True) for text, lang in asking.idle()]
    print(f"idle questions told that there is nothing: {np.mean(nothing):.2f}")


if __name__ == "__main__":
    main()
