"""An index of documents, and asking it.

Three signals are added: how much of the question a document covers, word for word or by groups of synonyms;
which groups it speaks of at all; and meaning (vectors). Each is between 0 and about 1, so that one that finds
little says little.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from knowledge.searching import lexicon, meaning, words
from knowledge.searching.documents import Document, Hit
from knowledge.searching.postings import Postings, count
from knowledge.searching.reading import Reader
from knowledge.searching.vocabulary import Vocabulary


class Weights(NamedTuple):
    """How much each signal counts; learned from one half of bench/questions, judged on the other."""

    title: float = 3.0
    group_title: float = 5.0
    topic: float = 1.0
    covered: float = 1.1
    groups: float = 0.9
    meaning: float = 1.0
    foreign: float = 1.0  # taken from documents in another language
    alike: float = 0.5  # words like one that is known
    mistyped: float = 0.9  # words like one that is not
    least: float = 0.5  # how alike


CHOSEN = Weights()
NOTHING_SHARED = 0.235  # how close a text on something else lies, what is usual taken off
MEANING_SPREAD = 0.08  # between a text on something else and one on the same, for this model
USUAL = 0.7  # how much of being near to any question is taken off
UNGROUPED = 0.22  # what a word without a group counts among those with one: so much of the rarest
MOST_UNGROUPED = 3  # a letter of a customer tells of more than it asks
MOST_ALIKE = 12
MOST_ASKED = 24  # words of a question that are read
EMPTY_WEIGHT = 0.15
UNKNOWN = 0.5  # what a word that nobody wrote takes from what is covered: so much of the rarest
PHRASE = 1.3  # how much surer several words are of their group than one word
SLIP = 0.75  # how like a word is that a mistyped one may speak for: "morning" is not "moving"
PLAUSIBLE, PLAUSIBLE_BY_WORDS = 0.45, 0.28  # 97 of 100 right answers score more, idle questions less


class Term(NamedTuple):
    """A word asked for: the stems that answer it, the groups that it speaks of, and how much it says."""

    stems: dict[str, float]
    groups: dict[str, float]
    weight: float


class Index:
    """Documents ready to be asked for."""

    def __init__(
        self, documents: Iterable[Document], groups: Iterable[lexicon.Group], weights: Weights = CHOSEN
    ) -> None:
        self.weights = weights
        self.documents = list(documents)
        self._lexicon = lexicon.Lexicon(groups)
        self._stem_of: dict[str, str] = {}
        self._groups_of: dict[tuple[str, str], set[str]] = {}
        read = [self._read(each) for each in self.documents]
        self._words = Postings(stems for stems, _groups in read)
        self._groups = Postings(groups for _stems, groups in read)
        self._vocabulary = Vocabulary(self._stem_of)
        self._reader = Reader(self._stem_of, self._words, self._lexicon, self._vocabulary)
        self._vectors = meaning.stack([each.meaning for each in self.documents])
        self._understood = self._vectors.any(axis=1)
        self._langs = np.array([each.lang for each in self.documents])
        self._usual: dict[str, np.ndarray] = {}

    def _read(self, document: Document) -> tuple[Counter[str], Counter[str]]:
        lang = words.language(f"{document.title} {document.body}", document.lang)
        stems, groups = [], []
        fields = (
            (document.title, self.weights.title, self.weights.group_title),
            (document.topic, self.weights.topic, self.weights.topic),
            (document.body, 1.0, 1.0),
        )
        for text, weight, group_weight in fields:
            cut = words.cut(text)
            stems.append(([self._stem(word, lang) for word in cut], weight))
            groups.append((self._groups_in(cut, lang), group_weight))
        return count(stems), count(groups)

    def _stem(self, word: str, lang: str) -> str:
        folded = words.folded(word)
        return self._stem_of.setdefault(folded, words.stem(word, lang))

    def _groups_in(self, cut: list[str], lang: str) -> list[str]:
        folded = [words.folded(word) for word in cut]
        own = (group for word in folded for group in self._word_groups(word, lang))
        return [*own, *self._lexicon.of_phrases(folded, lang)]

    def _word_groups(self, word: str, lang: str) -> set[str]:
        if (word, lang) not in self._groups_of:
            self._groups_of[word, lang] = self._lexicon.of_word(word, lang)
        return self._groups_of[word, lang]

    def rank(self, question: str, lang: str = "", *, limit: int = 10, plausible: bool = False) -> list[Hit]:
        """The documents that answer best, those in the asked language before others; [] for no words.

        `plausible` leaves out what has little to do with the question, in whatever language.
        """
        question = self._reader.as_meant(question.replace("\x00", " "), lang)
        cut, lang = words.cut(question)[:MOST_ASKED], words.language(question, lang)
        if not cut or not self.documents:
            return []
        covered, scores = self._scores(question, cut, lang)
        foreign = self._langs != lang
        spoken = bool(covered[~foreign].any())  # else the words are of another language than the reader
        ranked = scores - self.weights.foreign * (1.0 if spoken else 0.5) * foreign
        best = np.argsort(-ranked)
        if plausible:
            least = PLAUSIBLE if self._understood.any() else PLAUSIBLE_BY_WORDS
            best = best[scores[best] >= least]
        return [Hit(self.documents[at].id, round(float(ranked[at]), 4)) for at in best[:limit]]

    def _scores(self, question: str, cut: list[str], lang: str) -> tuple[np.ndarray, np.ndarray]:
        """What each document covers of the question, and scores in all, in whatever language."""
        terms = [self._term(word, lang) for word in cut]
        phrases = set(self._lexicon.of_phrases([words.folded(word) for word in cut], lang))
        held = self._held(terms, phrases)
        covered = self._covered(terms, phrases, held)
        out = self.weights.covered * covered
        out += self.weights.groups * self._by_groups(terms, phrases, held)
        vector = meaning.of_question(question) if self._understood.any() else None
        if vector is not None:
            out += self.weights.meaning * self._by_meaning(vector, lang)
        return covered, out

    def _held(self, terms: list[Term], phrases: set[str]) -> dict[str, np.ndarray]:
        """How much each document speaks of each group that is asked for."""
        asked = phrases.union(*(term.groups for term in terms))
        return {group: self._groups.best({group: 1.0}) for group in asked}

    def _term(self, word: str, lang: str) -> Term:
        folded, stem = words.folded(word), words.stem(word, lang)
        tells = folded not in words.EMPTY and not (len(folded) == 1 and folded.isdigit())
        weight = 1.0 if tells else EMPTY_WEIGHT
        stem = self._stem_of.get(folded, stem)
        known = stem in self._words
        stems = {stem: 1.0} if known else {}
        groups = dict.fromkeys(self._word_groups(folded, lang), 1.0)
        if weight == 1.0:
            known = known or bool(groups)
            look = self._vocabulary.alike if known else self._vocabulary.mistyped
            factor = self.weights.alike if known else self.weights.mistyped
            for like, likeness in look(folded, least=self.weights.least, most=MOST_ALIKE):
                other = self._stem_of[like]
                stems[other] = max(stems.get(other, 0.0), factor * likeness**1.5)
                if not known and likeness > SLIP:
                    groups |= {
                        group: max(groups.get(group, 0.0), likeness)
                        for group in self._word_groups(like, lang)
                    }
        return Term(stems, groups, weight)

    def _covered(self, terms: list[Term], phrases: set[str], held: dict[str, np.ndarray]) -> np.ndarray:
        """The share of the question that each document holds, in its words or by their synonyms."""
        out = np.zeros(len(self.documents), dtype=np.float32)
        ideal = 0.0
        for term in (*terms, *(Term({}, {group: 1.0}, 1.0) for group in phrases)):
            found = self._words.best(term.stems)
            most = max((self._words.idf(stem) for stem in term.stems), default=0.0)
            for group, likeness in term.groups.items():
                np.maximum(found, likeness * held[group], out=found)
                most = max(most, likeness * self._groups.idf(group))
            out += term.weight * found
            ideal += term.weight * (most or UNKNOWN * self._words.highest_idf)
        return out / max(ideal, 1e-6)

    def _by_groups(self, terms: list[Term], phrases: set[str], held: dict[str, np.ndarray]) -> np.ndarray:
        """The share of the groups asked for that a document speaks of; a word in several means one."""
        wanted: dict[str, float] = {}
        for term in terms:
            for group, likeness in term.groups.items():
                share = likeness * term.weight / len(term.groups)
                wanted[group] = max(wanted.get(group, 0.0), share)
        wanted |= dict.fromkeys(phrases, PHRASE)
        out = np.zeros(len(self.documents), dtype=np.float32)
        unknown = sum(1 for term in terms if term.weight == 1.0 and not term.groups)
        ideal = UNGROUPED * self._groups.highest_idf * min(unknown, MOST_UNGROUPED)
        for group, weight in wanted.items():
            out += weight * held[group]
            ideal += weight * self._groups.idf(group)
        return out / max(ideal, 1e-6)

    def _by_meaning(self, vector: np.ndarray, lang: str) -> np.ndarray:
        """How much closer than usual each document is, about 1 for what is certainly on the same."""
        if lang not in self._usual:
            self._usual[lang] = USUAL * (self._vectors @ meaning.usual(lang))
        # `@` would wake threads, which wait for each other under load
        close = np.vecdot(self._vectors, vector) - self._usual[lang]
        return np.where(self._understood, (close - NOTHING_SHARED) / MEANING_SPREAD, 0)
