"""What of a file is shown: texts in any charset, tables, JSON; never more than a beginning."""

import pytest

from tickets.inspection import showing
from tickets.models import Attachment

Kind = showing.Kind


@pytest.mark.parametrize(
    ("sniffed", "kind"),
    [
        ("text/plain", Kind.TEXT),
        ("text/html", Kind.TEXT),
        ("application/pdf", Kind.PDF),
        ("image/png", Kind.PICTURE),
        ("image/svg+xml", Kind.NONE),
        ("application/zip", Kind.NONE),
    ],
)
def test_the_bytes_say_how_a_file_is_shown_and_not_its_name(sniffed, kind):
    assert showing.kind(Attachment(name="a.exe", size=3, sniffed_type=sniffed)) == kind


def test_an_empty_text_and_what_is_infected_have_no_preview():
    assert showing.kind(Attachment(size=0, sniffed_type="text/plain")) == Kind.NONE
    infected = Attachment(size=3, sniffed_type="image/png", state=Attachment.State.INFECTED)
    assert showing.kind(infected) == Kind.NONE


@pytest.mark.parametrize(
    ("name", "text", "rows"),
    [
        ("a.csv", 'order,note\n1044,"a, ""b"""\n', (("order", "note"), ("1044", 'a, "b"'))),
        ("A.CSV", "rendelés;ár\n7;1,5\n", (("rendelés", "ár"), ("7", "1,5"))),
        ("a.tsv", "a\tb\n", (("a", "b"),)),
    ],
)
def test_tables_are_set_out_in_rows(name, text, rows):
    assert showing.shown(text, name).rows == rows


def test_of_a_long_or_wide_table_the_beginning_is_shown():
    line = ",".join("x" * 2000 for _ in range(3)) + ",y" * 100
    found = showing.shown("\n".join(["a,b"] + [line[:8000]] * 20), "a.csv")
    assert len(found.rows[1]) == showing.MOST_COLUMNS and len(found.rows[1][0]) == showing.LONGEST_CELL
    many = showing.shown("1,2\n" * 1000, "a.csv")
    assert len(many.rows) == showing.MOST_ROWS and many.is_cut


def test_json_is_set_out_and_broken_json_left_as_it_is():
    assert showing.shown('{"a":["é",1]}', "a").text == '{\n  "a": [\n    "é",\n    1\n  ]\n}'
    for broken in ('{"a":', "[" * 100_000):
        assert showing.shown(broken, "a.json").text == broken
    assert showing.shown('{"a":1}', "a.json", is_cut=True) == showing.Shown(text='{"a":1}', is_cut=True)
