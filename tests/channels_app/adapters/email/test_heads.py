"""Where the header of a mail begins and ends, also where its writer lost count."""

import pytest

from channels_app.adapters.email import heads

PLAIN = b"From: a@mail.example\r\nSubject: Hi\r\n\r\nIt has not come.\r\n"
HEADER, BODY = b"From: a@mail.example\r\nSubject: Hi", b"It has not come.\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        PLAIN,
        b"\xef\xbb\xbf" + PLAIN,
        b"\r\n\r\n  " + PLAIN,
        b"From carol@mail.example Sun Nov 22 10:00:00 2026\n" + PLAIN,
        b">From carol@mail.example Sun Nov 22 10:00:00 2026\n" + PLAIN,
        b"+OK message follows\r\n" + PLAIN,
        PLAIN.replace(b"\r\n", b"\r\r\n"),
    ],
    ids=["as it should be", "a mark", "blanks", "mbox", "quoted mbox", "a server's answer", "doubled"],
)
def test_what_stands_in_front_is_no_part_of_it(raw):
    assert heads.split(heads.without_junk(raw)) == (HEADER, BODY)


def test_lines_of_an_old_macintosh_and_of_utf_16():
    assert heads.split(heads.without_junk(PLAIN.replace(b"\r\n", b"\r")))[0] == HEADER.replace(b"\r\n", b"\n")
    utf_16 = b"\xff\xfe" + PLAIN.decode().encode("utf-16-le")
    assert heads.split(heads.without_junk(utf_16)) == (HEADER, BODY)


def test_words_without_any_field_are_all_body():
    for raw in (b"Just words.\r\nAnd more.", b""):
        assert heads.split(heads.without_junk(raw)) == (b"", raw)


@pytest.mark.parametrize(
    ("raw", "header", "body"),
    [
        (b"Subject: Hi", b"Subject: Hi", b""),
        (b"Subject: Hi\n\n", b"Subject: Hi", b""),
        (b"\nOnly a body", b"", b"Only a body"),
        (b"Subject: Hi\n \nTo: b@x\n\nbody", b"Subject: Hi\n \nTo: b@x", b"body"),
        (b"Subject: Hi\n \nbody: it is", b"Subject: Hi", b"body: it is"),
        (b"Subject: Hi\nThe blank line was lost.\nYes.", b"Subject: Hi", b"The blank line was lost.\nYes."),
        (b"Subject: Hi\nbroken line\nTo: b@x\n\nbody", b"Subject: Hi\nbroken line\nTo: b@x", b"body"),
        (
            b"Content-Type: multipart/mixed;\nboundary=edge\n\nbody",
            b"Content-Type: multipart/mixed;\nboundary=edge",
            b"body",
        ),
        (b"Subject: a\n folded\n\tline\n\nbody", b"Subject: a\n folded\n\tline", b"body"),
    ],
)
def test_the_blank_line_and_where_it_is_missing(raw, header, body):
    assert heads.split(raw) == (header, body)


def test_much_junk_is_no_mail():
    raw = b"words words\n" * (heads.MOST_JUNK + 1) + PLAIN
    assert heads.without_junk(raw) == raw
