"""Messages with their answers → a model, and how good it is on situations it has not seen.

scikit-learn is imported here only: a process that classifies never loads it.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.feature_selection import SelectKBest, chi2
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.pipeline import Pipeline
from threadpoolctl import threadpool_limits

from tickets.classification import vectors
from tickets.classification.examples import QUESTIONS, Example
from tickets.classification.features import Seen, features
from tickets.classification.keywords import by_keywords
from tickets.classification.senses import PLACES, Senses
from tickets.classification.vectors import Vectors
from tickets.classification.weighing import Model, Table

FOLDS = 10
MOST_FEATURES = {"kind": 14000, "topic": 2500, "priority": 2500, "anger": 1500}
STRENGTH = {"kind": 4.0, "topic": 6.0, "priority": 2.0, "anger": 2.0}
BALANCED = ("kind", "topic")
SENSED = ("kind",)
"""Questions that the sense of words helps to answer."""
SENSE = 0.5
"""How loud the sense of words is beside the words."""
CERTAINTY = {"kind": 1.5}
"""The regression is shyer than it is right; by situations left out it may be so much surer."""
METHOD = 3
"""Another number: what was learned before is learned anew."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    language: str
    right: float
    """The share of messages whose kind was found."""
    low: float
    high: float
    """Between these it lies in 19 of 20 cases (Wilson's interval)."""
    messages: int
    by_kind: dict[str, float]
    by_keywords: float
    """The share that a plain keyword rule finds in the same messages."""


def train(
    examples: Sequence[Example],
    language: str,
    questions: Collection[str] = QUESTIONS,
    only: Collection[str] | None = None,
) -> Model:
    """A model of one language, for all questions or some; the same for the same examples.

    `only`: the features that it may keep.
    """
    own = [example for example in examples if example.language == language]
    seen = [features(example.text, language) for example in own]
    if only is not None:
        seen = [each._replace(names=each.names.intersection(only)) for each in seen]
    found = vectors.of(language)
    tables = {}
    for question in questions:
        texts, answers = _answered(question, own, seen)
        means = found.means([each.passages for each in texts]) if found and question in SENSED else None
        tables[question] = Learned(question, texts, answers, means).table(found)
    return Model(version=version_of(own), language=language, tables=tables)


def _answered(
    question: str, examples: Sequence[Example], seen: Sequence[Seen]
) -> tuple[list[Seen], list[str]]:
    """The features and answers of those examples that have one."""
    found = [
        (text, each.answers[question])
        for each, text in zip(examples, seen, strict=True)
        if question in each.answers
    ]
    return [text for text, _answer in found], [answer for _text, answer in found]


def version_of(examples: Sequence[Example]) -> str:
    """A name for what is learned from these examples of one language."""
    told = hashlib.sha256(repr([METHOD, [(example.text, example.answers) for example in examples]]).encode())
    return told.hexdigest()[:12]


def measure(examples: Sequence[Example], seed: int = 1) -> Iterator[Figure]:
    """For each language how often the kind is right, on situations left out of the training."""
    for language in sorted({example.language for example in examples}):
        own = [example for example in examples if example.language == language]
        seen = [features(example.text, language) for example in own]
        known = vectors.of(language)
        means: Any = known.means([each.passages for each in seen]) if known else None
        right = [example.answers["kind"] for example in own]
        split = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
        found: dict[int, str] = {}
        for learn, test in split.split(own, right, [example.situation for example in own]):
            own_means = means[learn] if known else None
            fitted = Learned("kind", [seen[i] for i in learn], [right[i] for i in learn], own_means)
            answers = fitted.answers([seen[i] for i in test], means[test] if known else None)
            found.update(zip(test, answers, strict=True))
        asked = [place for place, each in enumerate(own) if not each.is_copy]
        simple = sum(by_keywords(own[i].text, language) == right[i] for i in asked) / len(asked)
        yield _figure(language, [right[i] for i in asked], [found[i] for i in asked], simple)


def _figure(language: str, right: Sequence[str], found: Sequence[str], simple: float) -> Figure:
    hits = [a == b for a, b in zip(right, found, strict=True)]
    low, high = wilson(sum(hits), len(hits))
    of_kind = Counter(right)
    found_of = Counter(kind for kind, is_hit in zip(right, hits, strict=True) if is_hit)
    return Figure(
        language=language,
        right=round(sum(hits) / len(hits), 3),
        low=round(low, 3),
        high=round(high, 3),
        messages=len(hits),
        by_kind={kind: round(found_of[kind] / of_kind[kind], 3) for kind in sorted(of_kind)},
        by_keywords=round(simple, 3),
    )


def wilson(hits: int, tries: int, z: float = 1.96) -> tuple[float, float]:
    """The interval in which the true share of hits lies, at 95 %."""
    share, spread = hits / tries, z * z / tries
    middle = share + spread / 2
    reach = z * math.sqrt(share * (1 - share) / tries + spread / (4 * tries))
    return (middle - reach) / (1 + spread), (middle + reach) / (1 + spread)


class Learned:
    """For one question: logistic regression over the features of texts and the mean vectors of words."""

    def __init__(
        self, question: str, seen: Sequence[Seen], answers: Sequence[str], means: Any | None
    ) -> None:
        self._question = question
        often = 3 if len(seen) > 300 else 1
        times = Counter(name for each in seen for name in each.names)
        known = sum(count >= often for count in times.values())
        self._words = Pipeline(
            [
                ("count", CountVectorizer(analyzer=_as_they_are, min_df=often, binary=True)),
                ("choose", SelectKBest(_by_chi2, k=min(known, MOST_FEATURES[question]))),
                ("weigh", TfidfTransformer()),
            ]
        )
        self._middle: Any = None
        self._reach: Any = None
        if means is not None:
            self._middle = numpy.nanmean(means, axis=0)
            self._reach = (numpy.nanstd(means, axis=0) + 1e-6) * math.sqrt(means.shape[1]) / SENSE
        weight = "balanced" if question in BALANCED else None
        self._line = LogisticRegression(C=STRENGTH[question], max_iter=2000, class_weight=weight)
        words = self._words.fit_transform([each.names for each in seen], answers)
        with threadpool_limits(limits=1):  # on a busy machine threads wait for each other, many times as long
            self._line.fit(self._together(words, means), answers)

    def answers(self, seen: Sequence[Seen], means: Any | None) -> list[str]:
        """The likeliest answer to each text."""
        words = self._words.transform([each.names for each in seen])
        return [str(each) for each in self._line.predict(self._together(words, means))]

    def _together(self, words: Any, means: Any | None) -> Any:
        if means is None:
            return words
        said = numpy.nan_to_num(
            (means - self._middle) / self._reach
        )  # where no word is known, nothing is said
        return hstack([words, csr_matrix(said)]).tocsr()

    def table(self, found: Vectors | None) -> Table:
        """What was learned as numbers that need no library; pieces of words stand for their vectors."""
        names = self._words["count"].get_feature_names_out()[self._words["choose"].get_support()]
        rarity, learned = self._words["weigh"].idf_, self._line
        weights, bias = learned.coef_, learned.intercept_
        if len(learned.classes_) == 2:  # one row stands for both answers there
            weights, bias = numpy.vstack([-weights, weights]) / 2, [-bias[0] / 2, bias[0] / 2]
        sure = CERTAINTY.get(self._question, 1.0)
        weights, bias = numpy.asarray(weights) * sure, numpy.asarray(bias) * sure
        words, sense = weights[:, : len(names)], weights[:, len(names) :]
        return Table(
            answers=tuple(map(str, learned.classes_)),
            bias=tuple(round(float(each), 3) for each in bias),
            rows={
                str(name): (round(float(idf), 3), *(round(float(idf * row[place]), 3) for row in words))
                for place, (name, idf) in enumerate(zip(names, rarity, strict=True))
            },
            senses=self._senses(sense, found) if found and sense.size else None,
        )

    def _senses(self, weights: Any, found: Vectors) -> Senses:
        """The score of a mean is the mean of the scores, so each piece can have its own."""
        size, columns = found.rows.shape[1], []
        for place in range(PLACES):
            part = slice(place * size, (place + 1) * size)
            scaled = (weights[:, part] / self._reach[part]).astype(numpy.float32)
            columns.append(found.rows @ scaled.T - self._middle[part].astype(numpy.float32) @ scaled.T)
        return Senses.of(found.pieces, numpy.hstack(columns))


def _as_they_are(names: Iterable[str]) -> Iterable[str]:
    return names


def _by_chi2(counts: Any, answers: Any) -> Any:
    scores, _p = chi2(counts, answers)
    return scores
