"""What is taken out of a ticket's words before they become knowledge."""

import pytest

from knowledge import baring


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "Dear Alice,\n\nmy parcel TP-10432 has not come. Write to carol@mail.example.\n\n"
            "Kind regards\nCarol Reed",
            "My parcel … has not come. Write to …",
        ),
        ("Hi, where is order 4471?", "Where is order …?"),
        ("It is late.\nCarol Reed\n+36 1 234 567", "It is late."),
        (
            "Здравствуйте, Карол!\n\nПосылка 12345 в пути.\n\nС уважением,\nАлиса",
            "Посылка … в пути.",
        ),
        (
            "Kedves Carol!\n\nA 4471-es csomag holnap érkezik.\n\nÜdvözlettel\nAlice",
            "A …-es csomag holnap érkezik.",
        ),
        ("Thank you for the lamp. It works.", "Thank you for the lamp. It works."),
        ("Hello", ""),
    ],
    ids=[
        "English",
        "in one line",
        "a name and a number below",
        "Russian",
        "Hungarian",
        "thanks that are no farewell",
        "a greeting alone",
    ],
)
def test_what_is_said_between_greeting_and_farewell_is_left(text, left):
    assert baring.core(text, "Carol Reed Alice") == left


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Re: Fwd: Where is my parcel? [#1001]", "Where is my parcel?"),
        ("Отв: Карол, где посылка", "…, где посылка"),
        ("Lamp for Carol Reed, order 4471", "Lamp for …, order"),
    ],
)
def test_a_subject_becomes_a_title(subject, title):
    assert baring.subject(subject, "Carol Reed Карол") == title
