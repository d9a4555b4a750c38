"""What somebody typed, understood."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from tickets.search import completing, days, language, operators, vocabulary
from tickets.search.language import Piece
from tickets.search.spelling import distance

NOW = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)


def words(text: str) -> list[list[str]]:
    return [[piece.text for piece in group] for group in language.read(text).groups]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("late parcel", [["late"], ["parcel"]]),
        ('"late parcel" now', [["late parcel"], ["now"]]),
        ("«поздняя посылка»", [["поздняя посылка"]]),
        ("„késő csomag”", [["késő csomag"]]),
        ("lamp or kettle", [["lamp", "kettle"]]),
        ("lamp или kettle vagy cup", [["lamp", "kettle", "cup"]]),
        ("or lamp", [["or"], ["lamp"]]),
        ("https://shop.example/a", [["https://shop.example/a"]]),
        ("Re: hello", [["Re:"], ["hello"]]),
        ("TP-20931-X", [["TP-20931-X"]]),
        ("- * -- ", []),
        ('""', []),
    ],
)
def test_words_and_phrases(text, found):
    assert words(text) == found


def test_a_minus_takes_away_and_a_star_leaves_the_end_open():
    query = language.read('kett* -blue -"red lamp" -tag:vip')
    assert query.groups == ((Piece("kett", prefix=True),),)
    assert [piece.text for piece in query.without] == ["blue", "red lamp"]
    assert [(term.name, term.value, term.negated) for term in query.terms] == [("tag", "vip", True)]


@pytest.mark.parametrize("text", ['from:"Carol Reyes"', 'от:"Carol Reyes"', 'FELADÓ:"Carol Reyes"'])
def test_an_operator_has_a_name_in_each_language(text):
    (term,) = language.read(text).terms
    assert (term.name, term.value) == ("from", "Carol Reyes")


def test_no_name_means_two_things():
    names = [
        name for operator in operators.OPERATORS.values() for each in operator.names.values() for name in each
    ]
    assert len(names) == len({operators.named(name) + name for name in names})
    for operator, table in vocabulary.VALUES.items():
        for value in table:
            for speaks in ("en", "ru", "hu"):
                assert vocabulary.meant(operator, vocabulary.word_for(operator, value, speaks)) == value


def test_a_custom_field_is_an_operator_where_there_is_one():
    assert language.read("order:77").terms == ()
    assert language.read("order:77", {"order"}).terms[0].name == "order"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("frm:carol", "from:"),
        ("tag:", "Something is missing after “tag:”"),
        ('"late parcel', "The quotation mark is not closed."),
    ],
)
def test_what_cannot_be_understood_is_told(text, told):
    (trouble,) = language.read(text).troubles
    assert told in trouble.text


def test_plain_words_with_a_colon_are_no_trouble():
    assert language.read("Re: note: https://a.example 10:30").troubles == ()


def test_a_part_can_be_taken_out():
    query = language.read('late from:carol "red kettle"')
    assert query.marked == {1}
    assert query.but(1) == 'late "red kettle"'


def test_very_much_is_cut():
    assert len(language.read("a b c d e f " * 100).groups) == language.MOST_WORDS


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026-11-25", (2026, 11, 25), (2026, 11, 26)),
        ("25.11.2026", (2026, 11, 25), (2026, 11, 26)),
        ("2026.11.25.", (2026, 11, 25), (2026, 11, 26)),
        ("2026-12", (2026, 12, 1), (2027, 1, 1)),
        ("2026", (2026, 1, 1), (2027, 1, 1)),
        ("today", (2026, 11, 25), (2026, 11, 26)),
        ("вчера", (2026, 11, 24), (2026, 11, 25)),
        ("ma", (2026, 11, 25), (2026, 11, 26)),
    ],
)
def test_days_and_months(text, start, end):
    with timezone.override("Europe/Budapest"):
        found = days.period(text, NOW)
        assert found is not None
        zone = timezone.get_current_timezone()
        assert found == (datetime(*start, tzinfo=zone), datetime(*end, tzinfo=zone))


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "31.02.2026", "0000-01-01", "25/11", "7"])
def test_no_day(text):
    assert days.period(text, NOW) is None


def test_a_span_ends_now():
    assert days.period("7d", NOW) == days.period("1w", NOW) == days.period("7д", NOW)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("parcel", "parcel", 0),
        ("parcle", "parcel", 1),
        ("parcl", "parcel", 1),
        ("кот", "код", 1),
        ("a", "abcdef", 5),
    ],
)
def test_the_distance_of_words(one, other, apart):
    assert distance(one, other) == apart


@pytest.mark.parametrize(
    ("before", "start"),
    [("late p", 5), ('from:"Carol Re', 0), ('x from:"Carol Re', 2), ("a ", 2), ("", 0)],
)
def test_where_the_piece_at_the_caret_begins(before, start):
    assert completing._start(before) == start
