"""What stays of an answer and what is folded: by its lines alone, whoever wrote the program."""

import pytest

from channels_app.adapters.email import quoting
from channels_app.messages import QUOTE, SIGNATURE

INTRO = "On Sun, Nov 22, 2026 at 10:00 AM Ben Dunn <ben@desk.example> wrote:"
OURS = "> It left on Monday.\n> Ben"
FIELDS = "From: Ben Dunn <ben@desk.example>\nSent: Sunday, 22 November 2026 10:00\nTo: Carol\nSubject: Parcel"


def kept(text: str, **more: str) -> str:
    return quoting.fold(text, **more).visible_text.strip()


def test_below_an_introduction_all_is_quoted():
    text = f"Thank you!\n\n{INTRO}\n{OURS}"
    folded = quoting.fold(text)
    assert folded.visible_text.strip() == "Thank you!"
    assert [(text[fold.start : fold.end], fold.kind) for fold in folded.folds] == [
        (f"{INTRO}\n{OURS}", QUOTE)
    ]


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        (f"{INTRO}\n{OURS}\n\nThank you!", "Thank you!"),
        (f"Yes.\n\n{INTRO}\n> Is it red?\n\nRed.\n\n> And large?\n\nLarge.", None),
        (f"Thank you!\n\n{FIELDS}\n\nIt left on Monday.", "Thank you!"),
        (f"Thank you!\n\n________________________________\n{FIELDS}\n\nIt left.", "Thank you!"),
        ("Thank you!\n\n-----Original Message-----\nIt left on Monday.", "Thank you!"),
        ("Thank you!\n\n##- Please write your answer above this line -##\nIt left on Monday.", "Thank you!"),
        (f"Thanks!\n\n{INTRO}\n\nIt left on Monday, without any mark.", "Thanks!"),
        ("I get this error:\n\n> disk full\n> giving up", None),
        ("I wrote to you on 3 May at 10:00 and nobody answered.", None),
        (f"{INTRO}\n{OURS}", None),
        (f"{INTRO}\n", None),
        ("", ""),
    ],
    ids=[
        *(
            "answered below",
            "answered inside",
            "fields",
            "a ruler",
            "original",
            "above this line",
            "unmarked",
        ),
        *("an error", "a story", "nothing new", "an introduction alone", "nothing"),
    ],
)
def test_what_stays(text, stays):
    assert kept(text) == (text.strip() if stays is None else stays)


class TestForwards:
    FORWARDED = f"Please see to it.\n\n---------- Forwarded message ---------\n{FIELDS}\n\nIt is broken."

    def test_what_is_passed_on_is_the_message_itself(self):
        assert kept(self.FORWARDED) == self.FORWARDED

    def test_copied_fields_are_an_answer_or_a_forward_by_the_subject(self):
        text = f"Please see to it.\n\n{FIELDS}\n\nIt is broken."
        assert kept(text, subject="RE: Parcel") == "Please see to it."
        assert kept(text, subject="FW: Parcel") == text
        assert kept(text, subject="Továbbítás: Parcel") == text

    def test_finns_answer_by_what_norwegians_forward_by(self):
        fields = "Lähettäjä: Ben <ben@desk.example>\nLähetetty: 22.11.2026 10:00\nAihe: Parcel"
        assert kept(f"Kiitos!\n\n{fields}\n\nSe lähti.", subject="VS: Parcel") == "Kiitos!"


class TestSignatures:
    def test_below_its_mark_it_is_folded(self):
        folded = quoting.fold("Where is it?\n\n-- \nCarol Reyes\nTel. +36 1 234 5678")
        assert folded.visible_text.strip() == "Where is it?"
        assert [fold.kind for fold in folded.folds] == [SIGNATURE]

    def test_above_a_quotation_too(self):
        folded = quoting.fold(f"Thank you!\n\n-- \nCarol Reyes\nLakeside Ltd.\n\n{INTRO}\n{OURS}")
        assert folded.visible_text.strip() == "Thank you!"
        assert [fold.kind for fold in folded.folds] == [SIGNATURE, QUOTE]

    def test_of_a_device(self):
        assert kept("Where is it?\n\nSent from my iPhone") == "Where is it?"


def test_an_end_that_was_wrapped_belongs_to_the_line_above():
    long = "> It left on Monday and should have come by Thursday at the latest, says the"
    assert kept(f"Thank you!\n\n{INTRO}\n{long}\ncarrier.\n> Ben") == "Thank you!"


def test_of_a_very_long_letter_the_quotation_goes_on_to_its_end():
    text = f"Thank you!\n\n{INTRO}\n" + "> It left on Monday.\n" * 4000
    folded = quoting.fold(text)
    assert folded.visible_text.strip() == "Thank you!"
    assert folded.folds[-1].end >= len(text.rstrip())
