"""What quoting makes of a written letter, and how that compares with what a person would say."""

import re
from collections import Counter

from channels_app.adapters.email import html, plaintext, quoting
from tests.channels_app.adapters.email.quoting.programs import Case


def read(case: Case) -> quoting.Folded:
    page = html.clean(case.html, keep_names=True) if case.html else ""
    text = case.text or plaintext.text_of(page)
    return quoting.fold(text, page, subject=case.subject, sender_name=case.sender)


def same(told: str, truth: str, *, loose: bool = False) -> bool:
    """Equal but for blanks at the ends of lines and of the whole, or if `loose` word by word."""
    if loose:
        return "".join(told.split()) == "".join(truth.split())
    return _trimmed(told) == _trimmed(truth)


def lost(told: str, truth: str, *, loose: bool = False) -> bool:
    """Whether a line of the sender's own is folded."""
    if loose:
        return "".join(truth.split()) not in "".join(told.split())
    kept = Counter(line.strip() for line in told.splitlines())
    return bool(Counter(line.strip() for line in truth.splitlines() if line.strip()) - kept)


def _trimmed(words: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in words.strip().splitlines()))
