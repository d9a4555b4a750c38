"""A model is learned from examples; how good it is, is measured on situations it has not seen."""

from dataclasses import replace

import pytest

from tickets.classification import training, vectors
from tickets.classification.examples import Example, is_bare, shipped_examples, unaccented

KINDS = {
    "information": "How much does the {} cost?",
    "support": "My {} does not work, please help.",
    "complaint": "Nobody answers about the broken {}, unacceptable!",
    "suggestion": "It would be nice if you could add a {}.",
}
THINGS = ["lamp", "chair", "kettle", "phone", "watch", "carpet", "clock", "tent", "drill", "bike"]


@pytest.fixture(autouse=True)
def by_words(monkeypatch):
    """The sense of words has tests of its own."""
    monkeypatch.setattr(vectors, "of", lambda language: None)


@pytest.fixture
def examples() -> list[Example]:
    return [
        Example(
            situation=f"{kind}-{thing}",
            language="en",
            text=said.format(thing),
            answers={"kind": kind, "topic": "product", "priority": "normal", "anger": str(int("!" in said))},
        )
        if thing != "lamp"
        else Example(
            situation=f"{kind}-{thing}",
            language="en",
            text=said.format(thing),
            answers={"kind": kind, "topic": "price", "priority": "high", "anger": str(int("!" in said))},
        )
        for kind, said in KINDS.items()
        for thing in THINGS
    ]


def test_what_was_learned_is_known(examples):
    model = training.train(examples, "en")
    weight = model.weigh(training.features("How much does the sofa cost?", "en"))
    assert (weight.best("kind"), weight.best("anger")) == ("information", "0")


def test_the_same_examples_make_the_same_model(examples):
    assert training.train(examples, "en").dumped() == training.train(examples, "en").dumped()
    assert training.train(examples[:-1], "en").version != training.train(examples, "en").version


def test_it_is_measured_on_what_it_has_not_seen(examples):
    (figure,) = training.measure(examples)
    assert figure.messages == len(examples)
    assert figure.low <= figure.right <= figure.high
    assert figure.right > 0.9
    assert 0.25 <= figure.by_keywords < figure.right
    swapped = [
        Example(situation=one.situation, language="en", text=one.text, answers=other.answers)
        for one, other in zip(examples, examples[3:] + examples[:3], strict=True)
    ]
    assert next(training.measure(swapped)).right < figure.right


def test_wilsons_interval_is_that_of_the_book():
    low, high = training.wilson(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)


def test_what_is_shipped_is_enough_and_even():
    found = shipped_examples()
    for language in ("en", "ru", "hu"):
        for kind in KINDS:
            own = {each.text for each in found if each.language == language and each.answers["kind"] == kind}
            assert len(own) >= 500


def test_hungarian_is_learned_without_accents_too_and_nothing_is_measured_by_that():
    copies = [each for each in shipped_examples() if each.is_copy]
    assert {each.language for each in copies} == {"hu"}
    assert all(is_bare(each.text, "hu") for each in copies)
    assert not is_bare("Kérem", "hu")
    assert not is_bare("please", "en")
    assert unaccented("Őrült ütés") == "Orult utes"


def test_copies_are_learned_from_but_not_counted(examples):
    copies = [replace(each, is_copy=True) for each in examples]
    (figure,) = training.measure([*examples, *copies])
    assert figure.messages == len(examples)
