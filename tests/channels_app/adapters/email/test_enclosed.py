"""Files in the text itself, and encodings undone."""

import base64
import binascii

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels_app.adapters.email import charset, enclosed, encodings, words

BYTES = bytes(range(256)) * 3


def uuencoded(content: bytes, name: str = "a b.bin") -> bytes:
    lines = [binascii.b2a_uu(content[at : at + 45]) for at in range(0, len(content), 45)]
    return f"begin 644 {name}\n".encode() + b"".join(lines) + b"`\nend\n"


def yencoded(content: bytes, head: str, part: str = "") -> bytes:
    coded = bytearray()
    for byte in content:
        sign = (byte + 42) & 255
        coded += bytes([61, (sign + 64) & 255]) if sign in b"\0\n\r=" else bytes([sign])
    lines = b"\r\n".join(bytes(coded[at : at + 128]) for at in range(0, len(coded), 128))
    return f"=ybegin {head}\r\n{part}".encode() + lines + b"\r\n=yend size=1 crc32=0\r\n"


@given(st.binary(min_size=1, max_size=400))
def test_uuencode_there_and_back(content):
    rest, (file,) = enclosed.taken_out(b"before\n" + uuencoded(content) + b"after\n")
    assert (rest, file.name, file.content) == (b"before\nafter\n", b"a b.bin", content)


@given(st.binary(min_size=1, max_size=400).filter(lambda content: b"=\r" not in content))
def test_base64_there_and_back(content):
    text = base64.encodebytes(content)
    assert encodings.decode(text, "base64") == content
    assert encodings.decode(text.rstrip(b"=\n"), " Base-64; x") == content
    assert encodings.decode(text.replace(b"\n", b" \r\n\r\n"), "BASE64") == content


@given(st.binary(max_size=300))
def test_decoders_never_raise(raw):
    for name in ("base64", "quoted-printable", "x-uuencode", "x-yencode", "", "nonsense"):
        encodings.decode(raw, name)
    for label in ("", "utf-8", "utf-7", "utf-16", "hz", "iso-2022-jp", "gb2312", "koi8-r", "latin1"):
        assert isinstance(charset.decode(raw, label), str)
    words.decode_words(raw)
    enclosed.taken_out(raw)


@settings(max_examples=60)
@given(st.text(max_size=60), st.sampled_from(["utf-8", "utf-16", "gb18030"]))
def test_words_there_and_back(text, codec):
    text = charset.storable(text.replace("\ufeff", ""))
    word = b"=?" + codec.encode() + b"?B?" + base64.b64encode(text.encode(codec)) + b"?="
    assert words.decode_words(word) == text


def test_two_files_and_the_words_between():
    rest, files = enclosed.taken_out(
        b"a\n" + uuencoded(BYTES) + b"b\n" + uuencoded(b"tiny", "t.txt") + b"c\n"
    )
    assert rest == b"a\nb\nc\n"
    assert [(file.name, file.content) for file in files] == [(b"a b.bin", BYTES), (b"t.txt", b"tiny")]


def test_a_file_that_was_cut_off_is_taken_as_far_as_it_goes():
    rest, (file,) = enclosed.taken_out(b"a\n" + uuencoded(BYTES)[:400])
    assert rest == b"a\n"
    assert BYTES.startswith(file.content)
    assert len(file.content) > 250


def test_prose_is_no_file():
    prose = b"begin 644 of the story\nis where we begin again.\nend\n"
    assert enclosed.taken_out(prose.replace(b"end\n", b"")) == (prose.replace(b"end\n", b""), [])


def test_yenc_in_one_piece_and_in_parts():
    whole = b"a\r\n" + yencoded(BYTES, "line=128 size=768 name=a b.bin") + b"b"
    rest, (file,) = enclosed.taken_out(whole)
    assert (rest, file.name, file.content) == (b"a\r\nb", b"a b.bin", BYTES)
    second = yencoded(BYTES[400:], "part=2 line=128 size=768 name=x", "=ypart begin=401 end=768\r\n")
    first = yencoded(BYTES[:400], "part=1 line=128 size=768 name=x", "=ypart begin=1 end=400\r\n")
    _rest, (joined,) = enclosed.taken_out(second + first)
    assert joined.content == BYTES


@pytest.mark.parametrize(
    ("encoding", "body", "content"),
    [
        ("base64", b"Hello, these are words.\n", b"Hello, these are words.\n"),
        (
            "base64",
            base64.encodebytes(b"Hello" * 20 + b"!") + b"\n--\nThis mail was scanned by X\n",
            b"Hello" * 20 + b"!",
        ),
        ("base64", b"SGVs\n!!\nbG8=", b"Hello"),
        ("base64", b"SGVsbG8=SGVsbG8=", b"HelloHello"),
        ("quoted-printable", b"a=  \nb=3dc=\nd", b"ab=cd"),
        ("Quoted-Printable;", b"caf=E9 caf\xe9 =zz", b"caf\xe9 caf\xe9 =zz"),
        ("8bit", b"a=20b", b"a=20b"),
    ],
)
def test_an_encoding_done_badly(encoding, body, content):
    assert encodings.decode(body, encoding) == content
