"""A dose of the letters of mail programs: every program once, the languages in turn; all must be exact."""

import random

import pytest

from tests.channels_app.adapters.email.quoting import letters, programs
from tests.channels_app.adapters.email.quoting.reading import lost, read, same

CASES = list(programs.cases())
DOSE = [
    random.Random(name).choice([case for case in CASES if case.program == name]) for name in programs.PROGRAMS
]
OWN = [case for name in ("kept", "second", "third", "fourth") for case in letters.cases(name)]


def name(case: programs.Case) -> str:
    return f"{case.program}-{case.language}"


@pytest.mark.parametrize("case", [*DOSE, *OWN], ids=name)
def test_the_new_words_are_found_exactly(case):
    told = read(case).visible_text
    assert same(told, case.truth), f"{told}\n--- wanted\n{case.truth}"


@pytest.mark.parametrize("written", ["fifth", "traps", "sixth", "seventh", "eighth"])
def test_a_set_is_read_exactly(written):
    wrong = [case for case in letters.cases(written) if not same(read(case).visible_text, case.truth)]
    assert not [case.program for case in wrong]


@pytest.mark.parametrize("case", DOSE, ids=name)
def test_nothing_is_cut_off(case):
    folded = read(case)
    assert not case.text or folded.text == case.text
    assert not lost(folded.visible_text, case.truth)
    ends = [edge for start, end, _kind in folded.folds for edge in (start, end)]
    assert ends == sorted(ends)
