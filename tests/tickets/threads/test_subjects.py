"""What a subject says."""

import time

import pytest

from tickets.threads import subjects


@pytest.mark.parametrize(
    "subject",
    [
        "Where is my parcel?",
        "Re: Where is my parcel?",
        "RE: RE: Fwd: where is my parcel",
        "AW: WG: Where is my parcel? [#1234]",
        "[#1234] Re[2]: Where is my parcel?",
        "Re(3): Where is my parcel?",
        "Ответ: Пересл.: Where is my parcel?",
        "Vá: Továbbítás: Where is my parcel?",
        "TR : Where is my parcel ?",
        "[EXTERNAL] RE: [EXT] Where is my parcel?",
        "答复: Where is my parcel?",
        "回复\uff1aWhere is my parcel?",
        "Odp: PD: Where is my parcel? (№ 1234)",
    ],
)
def test_the_words_that_name_the_matter(subject):
    assert subjects.base(subject) == "where is my parcel"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Where is my parcel?", "Re: Where is my parcel? It is urgent", True),
        ("Where is my parcel?", "Re: Where is my par", True),
        ("Where is my parcel?", "Re:", True),
        ("", "My invoice", True),
        ("Where is my parcel?", "My invoice is wrong", False),
        ("Order", "Order of a new lamp", False),
        ("Note: the lamp", "The lamp", False),
        ("Где посылка?", "RE: ГДЕ ПОСЫЛКА", True),
    ],
)
def test_one_matter_or_two(one, other, same):
    assert subjects.same(one, other) is same
    assert subjects.same(other, one) is same


@pytest.mark.parametrize(
    ("subject", "numbers"),
    [
        ("Re: Where? [#1234]", [1234]),
        ("[#77] Re: Where? [#1234]", [1234, 77]),
        ("Where? [ # 1234 ]", [1234]),
        ("Где? [№1234]", [1234]),
        ("(#1234) Where?", [1234]),
        ("INC0010023 opened: ticket #1234 Where?", [1234]),
        ("Обращение № 1234", [1234]),
        ("Ticket: 1234", [1234]),
        ("Jegy #1234", [1234]),
        ("Your request no. 1234", [1234]),
        ("Order #1234", []),
        ("Rechnung 1234", []),
        ("[#12345678901234567890]", []),
        ("ticket 12", []),
    ],
)
def test_ticket_numbers(subject, numbers):
    assert list(subjects.numbers(subject)) == numbers


@pytest.mark.parametrize(
    ("subject", "forward"),
    [
        ("Fwd: Where?", True),
        ("FW: Re: Where?", True),
        ("WG: Where?", True),
        ("Пересл: Где?", True),
        ("Továbbítás: Hol?", True),
        ("[EXT] Fwd: Where?", True),
        ("Re: Fwd: Where?", False),
        ("AW: Where?", False),
        ("Forward me", False),
    ],
)
def test_a_mail_that_is_passed_on(subject, forward):
    assert subjects.is_forward(subject) is forward


def test_a_mad_subject_takes_no_time():
    begun = time.perf_counter()
    for mad in ("Re: " * 100_000, "[" * 400_000, "ticket " * 60_000, "[#" * 200_000, "Re" + " " * 400_000):
        subjects.base(mad)
        list(subjects.numbers(mad))
        subjects.is_forward(mad)
    assert time.perf_counter() - begun < 2
