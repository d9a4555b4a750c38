"""Header fields as they really come."""

import time

import pytest

from channels_app.adapters.email import headers, people, words
from channels_app.adapters.email.headers import Headers


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"plain", "plain"),
        (b"=?utf-8?q?caf=C3=A9_au_lait?=", "café au lait"),
        (b"=?UTF-8?B?0J/RgNC40LLQtdGC?=", "Привет"),
        (b"=?utf-8?B?0J/R?= =?utf-8?B?gNC40LI=?=", "Прив"),
        (b"=?utf-8?q?one?= two =?utf-8?q?three?=", "one two three"),
        (b"=?utf-8?q?one?=\r\n =?utf-8?q?_two?=", "one two"),
        (b"=?utf-8*en?q?one?=", "one"),
        (b"=?utf-8?q?has space inside?=", "has space inside"),
        (b"=?koi8-r?B?8NLJ18XU?=", "Привет"),
        (b"=?iso-2022-jp?B?GyRCJEYkOSRIGyhC?=", "てすと"),
        (b"=?no-such?q?caf=C3=A9?=", "café"),
        (b"=?utf-8?B?0J/RgNC40LLQtdGC", "Привет"),
        ("Привет".encode(), "Привет"),
        ("Привет, как дела?".encode("cp1251"), "Привет, как дела?"),
        (b"=?utf-8?q?one=0Atwo?=", "one two"),
    ],
)
def test_words(raw, text):
    assert words.one_line(words.decode_words(raw)) == text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"carol@mail.example", [("", "carol@mail.example")]),
        (
            b"Carol <carol@mail.example>, Dan <dan@mail.example>",
            [("Carol", "carol@mail.example"), ("Dan", "dan@mail.example")],
        ),
        (b'"Reyes, Carol" <carol@mail.example>', [("Reyes, Carol", "carol@mail.example")]),
        (b"=?utf-8?q?Reyes=2C_Carol?= <carol@mail.example>", [("Reyes, Carol", "carol@mail.example")]),
        (b'"=?utf-8?q?C=C3=A1rol?=" <carol@mail.example>', [("Cárol", "carol@mail.example")]),
        ("Кэрол <carol@mail.example>".encode("koi8-r"), None),
        ("<кэрол@почта.рф>".encode(), [("", "кэрол@почта.рф")]),
        (b"undisclosed-recipients:;", []),
        (
            b"friends: carol@mail.example, dan@mail.example;",
            [("", "carol@mail.example"), ("", "dan@mail.example")],
        ),
        (b"carol@mail.example; dan@mail.example", [("", "carol@mail.example"), ("", "dan@mail.example")]),
        (b"[carol@mail.example]", [("", "carol@mail.example")]),
        (b"nobody", []),
        (b"", []),
    ],
)
def test_addresses(raw, expected):
    found = people.addresses(raw)
    if expected is None:
        assert [address for _name, address in found] == ["carol@mail.example"]
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("raw", "value", "parameters"),
    [
        (b"text/plain; charset=utf-8", "text/plain", {"charset": "utf-8"}),
        (
            b'TEXT/Plain ; Charset = "utf-8" ; format=flowed',
            "text/plain",
            {"charset": "utf-8", "format": "flowed"},
        ),
        (b'attachment; filename="a;b.pdf"', "attachment", {"filename": "a;b.pdf"}),
        (b"attachment; filename*0=a; filename*1=b", "attachment", {"filename": "ab"}),
        (b"attachment; filename*1=b; filename*0=a", "attachment", {"filename": "ab"}),
        (b"attachment; filename*=utf-8''%D0%9F", "attachment", {"filename": "П"}),
        (b"attachment; filename*=cp1251''%CF; filename=x", "attachment", {"filename": "П"}),
        (b"attachment; filename*99999999999999=x", "attachment", {"filename": "x"}),
        (b"attachment;;; =; x", "attachment", {}),
        (b"", "", {}),
    ],
)
def test_parameters(raw, value, parameters):
    assert headers.parameters(raw) == (value, parameters)


def test_a_block_with_defects():
    block = b"Subject: one\r\n two\r\nlost its indent: here\r\n"
    block += b"X-A: 1\r\nx-a: 2\r\n: no name\r\nFrom : carol@mail.example"
    found = Headers(block)
    assert found.text("subject") == "one two lost its indent: here"
    assert found.every("x-a") == [b"1", b"2 : no name"]
    assert found.raw("from") == b"carol@mail.example"


@pytest.mark.parametrize(
    "unit",
    [
        '"',
        "(",
        "<",
        "\\",
        '"\\',
        "a@b.example, ",
        "=?utf-8?q?",
        "a@",
        ":",
        ";",
        " ",
        "\0",
        "x=",
        ";x",
        " x",
        '"a" <',
        "=?x?q?a?= ",
    ],
)
def test_a_field_of_a_hundred_kilobytes_is_read_in_a_moment(unit):
    field = unit.encode() * (100_000 // len(unit))
    begun = time.process_time()
    people.addresses(field)
    words.decode_words(field)
    headers.parameters(b"x; a=" + field)
    headers.parameters(b"x; " + field)
    headers.parameters(b"=" + field)
    headers.ids(field)
    Headers(b"X: " + field)
    assert time.process_time() - begun < 1
