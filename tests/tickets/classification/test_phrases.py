"""Phrases find their words in whatever form, and move a verdict as far as they weigh."""

import pytest

from tickets.classification.phrases import Phrase, found_in, weighed


def phrase(words: str, language: str = "", weight: int = 3, answer: str = "complaint") -> Phrase:
    return Phrase(words=words, language=language, question="kind", answer=answer, weight=weight)


@pytest.mark.parametrize(
    ("language", "words", "text", "found"),
    [
        ("en", "refund", "They REFUNDED nothing", "refunded"),
        ("en", "cancel", "Tropic of Cancer", ""),
        ("en", "still waiting", "I am still... waiting!", "still... waiting"),
        ("en", "refus*", "a refusal", "refusal"),
        ("en", "=no", "not a word", ""),
        ("en", "=no", "oh no, again", "no"),
        ("ru", "доставка", "Где обещанную доставку ждать?", "доставку"),
        ("ru", "мёд", "мед не тот", "мед"),
        ("hu", "számla", "A számlájukkal baj van", "számlájukkal"),
        ("hu", "hiba", "A hibát nem találom", "hibát"),
        ("hu", "hiba", "Hibátlan-e a hibás?", "hibátlan"),
        ("de", "Rechnung", "Die Rechnungen", ""),
        ("en", "(?", "a (? in it", "(?"),
        ("en", "   ", "anything", None),
    ],
)
def test_a_phrase_stands_for_the_forms_of_its_words(language, words, text, found):
    hits = [each.words for each in found_in(text, language, [phrase(words, language)])]
    assert hits == ([found] if found else [])


def test_a_phrase_of_another_language_is_not_looked_for():
    told = [phrase("no", "en"), phrase("no", "hu"), phrase("no")]
    assert [each.phrase.language for each in found_in("no", "hu", told)] == ["hu", ""]


def test_each_weight_shifts_the_odds():
    even = {"complaint": 0.5, "support": 0.5}
    hits = list(found_in("refund refund", "en", [phrase("refund", weight=5)]))
    assert weighed(even, hits, "kind")["complaint"] == pytest.approx(0.989, abs=0.001)
    against = list(found_in("refund", "en", [phrase("refund", weight=-5)]))
    assert weighed(even, against, "kind")["complaint"] < 0.05
    assert weighed(even, hits, "topic") == even
    unheard = list(found_in("refund", "en", [phrase("refund", answer="new")]))
    assert sum(weighed(even, unheard, "kind").values()) == pytest.approx(1)
