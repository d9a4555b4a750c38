"""Verdicts are held against messages that nothing was learned from."""

import pytest

from tickets.classification import examples, proving
from tickets.classification.judging import Verdict, judge


def _always(kind: str, confidence: float) -> Verdict:
    return Verdict(kind=kind, confidence=confidence, topic="", priority="normal", language="en", anger=0)


def test_the_share_of_right_ones_is_told_with_how_sure_they_were():
    own = [each for each in examples.unseen() if each.language == "en"]
    (proof,) = proving.prove(own, lambda text, language: _always("support", 0.45))
    assert proof.messages == len(own)
    assert (proof.by_kind["support"], proof.by_kind["complaint"]) == (1.0, 0.0)
    assert proof.low < proof.right < proof.high
    assert (proof.unsure, proof.right_if_sure) == (1.0, 0.0)
    assert proof.said_and_was == [(0.45, proof.right, len(own))]
    assert proof.taken_for["complaint"] == {"support": 57}
    assert proof.priority_taken_for["low"].keys() == {"normal"}


@pytest.mark.parametrize("language", ["en", "ru", "hu"])
def test_three_of_four_unseen_messages_are_understood(language):
    (proof,) = proving.prove([each for each in examples.unseen() if each.language == language])
    assert proof.right > 0.75
    assert proof.right_if_sure > 0.85
    assert proof.by_keywords < proof.right


def test_what_is_judged_is_never_learned_from():
    learned = {each.text for each in examples.shipped_examples()}
    judged = examples.unseen()
    assert not learned & {each.text for each in judged}
    assert not {each.situation for each in judged} & {each.situation for each in examples.unseen("learned")}
    assert all(judge(each.text, each.language).kind for each in judged)
