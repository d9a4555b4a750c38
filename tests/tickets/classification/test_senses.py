"""Words speak for what similar words speak for, by pieces that have numbers."""

import numpy
import pytest

from tickets.classification import training, vectors
from tickets.classification.senses import Senses, cut
from tickets.classification.training import Example

KNOWN = {"▁refund": 0, "▁re": 1, "fund": 2, "s": 3, "▁": 4}


@pytest.mark.parametrize(
    ("word", "pieces"),
    [("refund", (0,)), ("refunds", (0, 3)), ("refunded", (0,)), ("xs", (4, 3)), ("", (4,)), ("é" * 50, (4,))],
)
def test_a_word_is_cut_into_the_longest_pieces(word, pieces):
    assert cut(word, KNOWN) == pieces


def test_scores_are_means_over_the_pieces_of_each_place():
    scores = numpy.zeros((2, 6))  # two pieces; two answers in three places
    scores[0, :2], scores[1, :2], scores[1, 2:4] = (2.0, 0.0), (0.0, 1.0), (0.0, 4.0)
    senses = Senses.of(["▁a", "▁b"], scores)
    assert senses.scores((["a", "b"], ["b"], ["unknown"])) == pytest.approx([1.0, 4.5], abs=0.05)
    assert senses.scores(([], [], [])) == [0.0, 0.0]
    assert Senses.loaded(senses.dumped()) == senses


def test_a_word_that_nobody_wrote_speaks_for_what_similar_words_do():
    said = {
        "complaint": ("awful", "terrible", "bad", "horrible"),
        "suggestion": ("great", "nice", "good", "lovely"),
    }
    examples = [
        Example(situation=word, language="en", text=f"this is {word}", answers={"kind": kind})
        for kind, words in said.items()
        for word in words
    ]
    model = training.train(examples, "en", ("kind",))
    for kind, word in (("complaint", "dreadful"), ("suggestion", "wonderful")):
        assert model.weigh(training.features(f"this is {word}", "en")).best("kind") == kind


def test_without_the_language_model_words_alone_are_learned(monkeypatch):
    monkeypatch.setattr(vectors, "of", lambda language: None)
    examples = [
        Example(situation=word, language="en", text=word, answers={"kind": kind})
        for word, kind in (("when", "information"), ("help", "support"))
    ]
    model = training.train(examples, "en", ("kind",))
    assert model.tables["kind"].senses is None
    assert model.weigh(training.features("help", "en")).best("kind") == "support"
