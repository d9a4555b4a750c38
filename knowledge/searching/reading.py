"""A question as it was meant: typed on the right keyboard, in its own alphabet."""

from collections.abc import Mapping

from knowledge.searching import layouts, words
from knowledge.searching.lexicon import Lexicon
from knowledge.searching.postings import Postings
from knowledge.searching.vocabulary import Vocabulary

MOST_LOOKED_AT = 8  # words of a question that are compared letter by letter
LIKE = 0.6  # how like a known word one is that may be it, mistyped
OWN_RIGHT, OWN_WRONG = 0.1, 0.2  # what speaks for a question as it stands, or against Latin asked in Russian
LEAST = 0.4  # of another reading that may be it: the share of its words that are known, or nearly
HINT = 0.1  # of another reading that is looked at: the share of its words that are known


class Reader:
    """Reads questions by the words that documents and synonyms hold."""

    def __init__(
        self, forms: Mapping[str, str], stems: Postings, lexicon: Lexicon, vocabulary: Vocabulary
    ) -> None:
        self._forms, self._stems = forms, stems
        self._lexicon, self._vocabulary = lexicon, vocabulary

    def as_meant(self, question: str, lang: str) -> str:
        """The question, or how it reads on another keyboard or in other letters if more of it is known so."""
        if self._known(question, lang) >= 0.5:
            return question
        other_letters = lang == "ru" and words.language(question, lang) != "ru"
        readings = [
            text
            for text in layouts.readings(question)
            if other_letters or self._known(text, lang, told=True) > HINT
        ]
        if not readings:
            return question
        sense = {text: self._sense(text, lang) for text in readings}
        best = max(sense, key=sense.__getitem__)
        own = self._sense(question, lang) + (-OWN_WRONG if other_letters else OWN_RIGHT)
        return best if sense[best] >= max(LEAST, own) else question

    def _known(self, text: str, lang: str, *, told: bool = False) -> float:
        """The share of the words of a text that are known; if `told`, those that say something."""
        cut = words.cut(text)
        lang = words.language(text, lang)
        known = [self._is_known(word, lang) for word in cut if not told or _tells(word)]
        return sum(known) / max(1, len(cut))

    def _sense(self, text: str, lang: str) -> float:
        """The share of its words that are known, or nearly."""
        cut = words.cut(text)[:MOST_LOOKED_AT]
        lang = words.language(text, lang)
        return sum(1.0 if self._is_known(word, lang) else self._nearly(word) for word in cut) / max(
            1, len(cut)
        )

    def _nearly(self, word: str) -> float:
        folded = words.folded(word)
        if len(folded) < 4:
            return 0.0
        found = self._vocabulary.mistyped(folded, least=LIKE, most=1)
        return found[0].likeness if found else 0.0

    def _is_known(self, word: str, lang: str) -> bool:
        folded = words.folded(word)
        return (
            folded in self._forms
            or words.stem(word, lang) in self._stems
            or self._lexicon.knows(folded, lang)
            or folded in words.EMPTY
        )


def _tells(word: str) -> bool:
    return len(word) > 2 and words.folded(word) not in words.EMPTY
