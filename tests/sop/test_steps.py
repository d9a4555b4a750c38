"""Steps as they may be kept, and the way through them."""

import pytest

from sop import plaintext, steps
from tests.sop.conftest import STEPS


def keys(chosen: dict[str, str]) -> tuple[list[str], bool]:
    found = steps.way(steps.read(steps.clean(STEPS)), chosen)
    return [step.key for step in found.steps], found.is_whole


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, (["look", "moves"], False)),
        ({"moves": "1"}, (["look", "moves", "tell"], True)),
        ({"moves": "2"}, (["look", "moves", "search", "gift", "tell"], True)),
        ({"moves": "9"}, (["look", "moves"], False)),
    ],
)
def test_the_way_follows_decisions(chosen, expected):
    assert keys(chosen) == expected


def test_a_way_that_comes_back_ends_there():
    rows = [{"key": "a", "title": "A", "choices": [{"text": "Again", "to": "a"}]}, {"key": "b", "title": "B"}]
    found = steps.way(steps.read(steps.clean(rows)), {"a": "1"})
    assert [step.key for step in found.steps] == ["a"]


def test_a_decision_can_be_the_end():
    rows = [
        {"key": "a", "title": "A", "choices": [{"text": "Done", "to": "end"}]},
        {"key": "b", "title": "B"},
    ]
    found = steps.way(steps.read(steps.clean(rows)), {"a": "1"})
    assert ([step.key for step in found.steps], found.is_whole) == (["a"], True)


def test_what_may_not_stand_is_left_out():
    rows = [
        {"title": "  Ring   them ", "html": "<p onclick='x()'>Now</p><script>x()</script>"},
        {"title": "", "html": "", "choices": []},
        {"key": "s1", "title": "Ask", "choices": [{"text": "Yes", "to": "gone"}, {"text": " ", "to": "s1"}]},
        {"key": "end", "title": "Wait"},
    ]
    first, second, third = steps.clean(rows)
    assert (first["key"], first["title"], first["html"]) == ("s1", "Ring them", "<p>Now</p>")
    assert second["key"] == "s2" and second["choices"] == [{"key": "1", "text": "Yes", "to": ""}]
    assert third["key"] == "s3"


def test_keys_stay_when_steps_are_moved():
    moved = steps.clean(list(reversed(steps.clean(STEPS))))
    assert [row["key"] for row in moved] == [
        "tell",
        "gift",
        "search",
        "moves",
        "look",
    ]


def test_plain_lines_become_lists_and_tables():
    html = plaintext.html(["Ask:", "- name", "- number", "| Way | Days", "| Post | 3", "1. Ring", "<b>"])
    assert html == (
        "<p>Ask:</p><ul><li>name</li><li>number</li></ul><table><tr><th>Way</th><th>Days</th></tr>"
        "<tr><td>Post</td><td>3</td></tr></table><ol><li>Ring</li></ol><p>&lt;b&gt;</p>"
    )
