"""The plain rule that the model is compared with."""

import pytest

from tickets.classification.keywords import by_keywords


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "I have an idea: please add a lamp", "suggestion"),
        ("en", "HELP, wrong password", "support"),
        ("ru", "Это безобразие, жалобу напишу", "complaint"),
        ("hu", "Mikor vannak nyitva?", "information"),
        ("en", "Nothing of the sort", "information"),
        ("de", "Hilfe", "information"),
    ],
)
def test_the_most_words_win(language, text, kind):
    assert by_keywords(text, language) == kind
