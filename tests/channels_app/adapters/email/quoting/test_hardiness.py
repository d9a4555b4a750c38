"""Whatever a stranger writes is read in bounded time, without a fault, and is all there afterwards."""

import random
import re
import time

import pytest

from channels_app.adapters.email import html, plaintext, quoting
from tests.channels_app.adapters.email.quoting import programs

LONG = 200_000
SHAPES = [
    "a: b wrote:\n",
    "-- \n",
    "> a\nb\n",
    "AB> x\n",
    "From: a@b.example\n",
    "---- a ----\n",
    "Regards,\nA\n",
    "\n",
    "> ",
]
PAGES = [
    "<div>a</div>",
    "<br>a",
    "<blockquote>a",
    "<p class=gmail_quote>On 1/2/26 10:15, a wrote:</p>",
    "<hr>",
    "<b id=sig>",
]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_long_letter_takes_no_time(shape):
    text = shape * (LONG // len(shape))
    begun = time.process_time()
    quoting.fold(text)
    assert time.process_time() - begun < 3


@pytest.mark.parametrize("shape", PAGES)
def test_a_long_page_takes_no_time(shape):
    page = html.clean(shape * (3000 // shape.count("<")), keep_names=True)
    begun = time.process_time()
    quoting.fold("something else " * 5000, page)
    assert time.process_time() - begun < 3


def test_cut_and_shuffled_letters_are_read_without_a_fault():
    rng = random.Random(7)
    cases = list(programs.cases())
    for _turn in range(300):
        pieces = [line for case in rng.sample(cases, 2) for line in (case.text or case.html).splitlines()]
        letter = "\n".join(rng.sample(pieces, rng.randint(0, len(pieces))))
        page = html.clean(letter, keep_names=True) if rng.random() < 0.5 else ""
        text = plaintext.text_of(page) if page and rng.random() < 0.5 else letter
        _check(quoting.fold(text, page, subject=rng.choice(["", "Fwd: a", "Re: b"])), text, page)


def _check(folded: quoting.Folded, text: str, page: str) -> None:
    assert folded.text == text
    edges = [edge for start, end, _kind in folded.folds for edge in (start, end)]
    assert edges == sorted(edges) and (not edges or edges[-1] <= len(text))
    assert bool(folded.visible_text.strip()) == bool(text.strip())
    assert _words(folded.html) == _words(page)


def _words(page: str) -> str:
    return re.sub(r"<[^>]*>", "", page)
