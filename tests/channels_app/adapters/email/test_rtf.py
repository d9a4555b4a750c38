"""The RTF bodies that Outlook sends: unpacked, and their words or their HTML read."""

import pytest

from channels_app.adapters.email import rtf

BEGINNING = len(rtf._START)


def unpacked(source: bytes) -> bytes:
    """As Outlook keeps it without packing."""
    return bytes(8) + b"MELA" + bytes(4) + source


def packed(*pieces: bytes | tuple[int, int], end: bool = True) -> bytes:
    """LZFu: bytes as they are, and (how far back, how many) for what was there before (MS-OXRTFCP 2.2)."""
    units: list[bytes] = []
    length = BEGINNING
    for piece in pieces:
        if isinstance(piece, bytes):
            units += [bytes([sign]) for sign in piece]
            length += len(piece)
        else:
            back, many = piece
            units.append((((length - back) % rtf.RING) << 4 | (many - 2)).to_bytes(2, "big"))
            length += many
    if end:
        units.append((length % rtf.RING << 4).to_bytes(2, "big"))
    body = b""
    for at in range(0, len(units), 8):
        run = units[at : at + 8]
        body += bytes([sum(1 << bit for bit, unit in enumerate(run) if len(unit) == 2)]) + b"".join(run)
    return bytes(4) + (length - BEGINNING).to_bytes(4, "little") + b"LZFu" + bytes(4) + body


def words(source: bytes) -> str:
    html, text = rtf.opened(unpacked(source))
    assert not html
    return text


class TestUnpacking:
    def test_what_is_not_packed(self):
        assert rtf.decompressed(unpacked(b"{\\rtf1 Hi}")) == b"{\\rtf1 Hi}"

    def test_letters_and_what_was_there_before(self):
        assert rtf.decompressed(packed(b"parcel, ", (8, 8), b"gone")) == b"parcel, parcel, gone"

    def test_a_run_that_goes_on_while_it_is_written(self):
        assert rtf.decompressed(packed(b"ab", (2, 9))) == b"ab" + b"abababab" + b"a"

    def test_the_words_that_every_body_begins_with_are_known(self):
        assert rtf.decompressed(packed((BEGINNING, 6))) == b"{\\rtf1"

    def test_a_body_may_simply_end(self):
        assert rtf.decompressed(packed(b"no mark of the end", end=False)) == b"no mark of the end"

    @pytest.mark.parametrize("cut", [13, 15, 16, 17, 20])
    def test_one_that_is_cut_off_is_no_error(self, cut):
        whole = packed(b"parcel, ", (8, 8), b"gone")
        assert b"parcel, parcel, gone".startswith(rtf.decompressed(whole[:cut]))

    @pytest.mark.parametrize("body", [b"", b"LZFu", b"PK\x03\x04" + bytes(40), bytes(16)])
    def test_what_is_none_has_no_words(self, body):
        assert rtf.opened(body) == ("", "")

    def test_no_more_than_the_size_it_names(self):
        body = bytearray(packed(b"twelve signs"))
        body[4:8] = (6).to_bytes(4, "little")
        assert rtf.decompressed(bytes(body)) == b"twelve"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            rb"{\rtf1\ansi Where is\line my parcel?\par It\tab has not come.}",
            "Where is\nmy parcel?\nIt\thas not come.",
        ),
        (rb"{\rtf1\ansi\ansicpg1251 \'cf\'f0\'e8\'e2\'e5\'f2!}", "Привет!"),
        (rb"{\rtf1\ansi\ansicpg932 \'83\'65\'83\'58\'83\'67}", "テスト"),
        (rb"{\rtf1\ansi\ansicpg99999 caf\'e9}", "café"),
        (rb"{\rtf1\ansi \u1055?\u1088?\u-4096?.}", "Пр\uf000."),
        (rb"{\rtf1\ansi caf\u233\'e9 au lait}", "café au lait"),
        (rb"{\rtf1\ansi \lquote a\rquote  \ldblquote b\rdblquote \emdash \bullet}", "‘a’ “b”—•"),
        (rb"{\rtf1\ansi \{braces\} and a\\slash,\~a blank\-}", "{braces} and a\\slash, a blank"),
        (rb"{\rtf1{\fonttbl{\f0\fnil Arial;}}{\colortbl;\red0;}{\info{\author Carol}}Hello}", "Hello"),
        (rb"{\rtf1{\*\themedata 504b}{\pict ffd8}Hello{\*\unheard of}}", "Hello"),
        (rb"{\rtf1 a\row b\cell c}", "a\nb c"),
        (b"{\\rtf1 one\r\ntwo}", "onetwo"),
        (rb"}}Hello{{{", "Hello"),
        (rb"Hello\'", "Hello"),
        (rb"{\rtf1\ansi{\*\htmltag84 <b>}Hello}", "Hello"),
    ],
    ids=lambda value: None if isinstance(value, bytes) else "".join(filter(str.isalpha, value))[:20],
)
def test_the_words(source, text):
    assert words(source) == text


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (rb"{\*\htmltag84 <p>}\htmlrtf {\par}\htmlrtf0 Hello{\*\htmltag92 </p>}", "<p>Hello</p>"),
        (rb"{\*\htmltag64 <a href=\'22x\'22>}\ansicpg1250 \'f5{\*\htmltag72 </a>}", '<a href="x">ő</a>'),
        (rb"\htmlrtf hidden\htmlrtf0 {\*\htmltag4 \par}{\*\htmltag84 <br>}seen", "\n<br>seen"),
        (rb"{\htmlrtf hidden}seen again", "seen again"),
        (rb"{\fonttbl x}{\*\mhtmltag84 <p class=y>}seen", "seen"),
    ],
)
def test_the_html_it_was_made_of(source, html):
    assert rtf.opened(unpacked(rb"{\rtf1\ansi\fromhtml1 " + source + b"}")) == (html, "")
