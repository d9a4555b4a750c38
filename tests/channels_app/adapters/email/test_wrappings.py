"""What a mail wraps its words in: signatures, Outlook's package, invitations, rich text, folded lines."""

import base64
import struct
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from channels_app.adapters.email import armour, flowed, invitation, richtext, rtf, sealed, tnef
from tests.channels_app.adapters.email.mails import multipart, part, raw, read

INNER = b"Content-Type: text/plain; charset=utf-8\r\n\r\nSigned words\r\n"
INVITATION = (
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Europe/Budapest:20261122T100000\r\n"
    "DTEND:20261122T100000Z\r\nSUMMARY:A meeting\\, lo\r\n ng\r\nLOCATION:Room 1\r\n"
    'ORGANIZER;CN="A: B":mailto:ann@mail.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'
)
TOLD = "A meeting, long\n2026-11-22 10:00 Europe/Budapest – 2026-11-22 10:00 UTC\nRoom 1\nann@mail.example"


def signed(content: bytes) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Carol")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1)
    builder = builder.not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
    certificate = builder.not_valid_after(datetime(2040, 1, 1, tzinfo=UTC)).sign(key, hashes.SHA256())
    letter = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(certificate, key, hashes.SHA256())
    return letter.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])


def streamed(content: bytes) -> bytes:
    """Signed data of indefinite length, its content in two pieces, as programs that stream write it."""
    middle = len(content) // 2
    octets = b"".join(b"\x04" + bytes([len(one)]) + one for one in (content[:middle], content[middle:]))
    data = bytes.fromhex("06092a864886f70d010701") + b"\xa0\x80\x24\x80" + octets + b"\0\0" * 2
    body = bytes.fromhex("020101") + b"\x31\x00" + b"\x30\x80" + data + b"\0\0" + b"\x31\x00"
    return b"\x30\x80" + bytes.fromhex("06092a864886f70d010702") + b"\xa0\x80\x30\x80" + body + b"\0\0" * 3


def package(*objects: tuple[int, int, int, bytes]) -> bytes:
    made = struct.pack("<IH", 0x223E9F78, 1)
    for level, name, kind, data in objects:
        made += (
            struct.pack("<BHHI", level, name, kind, len(data)) + data + struct.pack("<H", sum(data) & 65535)
        )
    return made


WINMAIL = package(
    (1, 0x9006, 8, struct.pack("<I", 0x10000)),
    (1, 0x9007, 6, struct.pack("<II", 1252, 0)),
    (1, 0x800C, 2, b"Packed words\0"),
    (2, 0x9002, 6, b"\x01\0\xff\xff\xff\xff\x20\0\x20\0\0\0\0\0"),
    (2, 0x8010, 1, b"bill.pdf\0"),
    (2, 0x800F, 6, b"%PDF-1.4 bill"),
)


@pytest.mark.parametrize("wrap", [signed, streamed])
def test_signed_data_shows_its_content_and_names_the_signature(wrap):
    body = base64.encodebytes(wrap(INNER))
    kind = "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"
    message = read(raw(body, Content_Type=kind, Content_Transfer_Encoding="base64"))
    assert message.text == "Signed words"
    assert [file.name for file in message.files] == ["smime.p7m"]


@pytest.mark.parametrize("cut", [0, 3, 20, 60])
def test_broken_signed_data_is_a_file(cut):
    assert sealed.signed_content(signed(INNER)[:cut]) is None
    assert sealed.signed_content(b"\x30\x80" * 400) is None


def test_an_encrypted_mail_says_so():
    pgp = multipart("encrypted", part("application/pgp-encrypted", "Version: 1"), part("application/x", "?"))
    assert "encrypted" in read(raw(**pgp)).text
    enveloped = base64.encodebytes(bytes.fromhex("300d06092a864886f70d010703a000"))
    mail = raw(enveloped, Content_Type="application/pkcs7-mime", Content_Transfer_Encoding="base64")
    assert "encrypted" in read(mail).text


def test_the_armour_of_pgp_is_taken_off():
    text = (
        "above\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nHello\n- -- \nCarol\n"
        "-----BEGIN PGP SIGNATURE-----\nVersion: 1\n\niQEz\n-----END PGP SIGNATURE-----\nbelow"
    )
    assert armour.taken_off(text) == "above\nHello\n-- \nCarol\nbelow"
    assert armour.taken_off("no armour") == "no armour"


def test_winmail_is_unpacked():
    head = ["Content-Transfer-Encoding: base64"]
    packed = part("application/ms-tnef; name=winmail.dat", base64.encodebytes(WINMAIL), *head)
    message = read(raw(**multipart("mixed", part("text/plain", ""), packed)))
    assert message.text == "Packed words"
    assert [(file.name, file.size) for file in message.files] == [("bill.pdf", 13)]
    message = read(raw(**multipart("mixed", part("text/plain", "My own words"), packed)))
    assert message.text == "My own words"


@pytest.mark.parametrize("broken", [b"", b"garbage", WINMAIL[:40], WINMAIL[:5] + b"\xff" * 300])
def test_a_broken_winmail_stays_a_file(broken):
    package = tnef.opened(broken)
    assert package is None or not package.files
    mail = raw(
        **multipart("mixed", part("text/plain", "x"), part("application/ms-tnef; name=winmail.dat", broken))
    )
    assert read(mail).text == "x"


def test_the_html_in_outlooks_rich_text():
    source = rb"{\rtf1\ansi\ansicpg1252\fromhtml1 {\fonttbl{\f0\fswiss Arial;}}{\*\htmltag64 <p>}"
    source += rb"\htmlrtf {\b \htmlrtf0 caf\'e9 \u1055?\htmlrtf }\htmlrtf0{\*\htmltag </p>}}"
    coded = b"".join(b"\0" + source[at : at + 8] for at in range(0, len(source), 8))
    compressed = struct.pack("<II", len(coded) + 12, len(source)) + b"LZFu" + bytes(4) + coded
    assert rtf.decompressed(compressed) == source
    assert rtf.opened(compressed) == ("<p>café П</p>", "")
    assert rtf.opened(b"nothing") == ("", "")


def test_an_invitation_alone_is_told_in_words_and_kept():
    assert invitation.summary(INVITATION) == TOLD
    message = read(raw(INVITATION, Content_Type="text/calendar; method=REQUEST"))
    assert message.text == TOLD
    assert [file.content_type for file in message.files] == ["text/calendar"]


def test_rich_text_of_old_programs():
    enriched = "<bold>Hello</bold>\nthere\n\n<<you <color><param>red</param>all</color>"
    assert richtext.words(enriched, "text/enriched") == "Hello there\n<you all"
    rich = "<bold>Hello</bold><nl>there <lt>you<comment>secret</comment>"
    assert richtext.words(rich, "text/richtext") == "Hello\nthere <you"


@pytest.mark.parametrize(
    ("text", "delsp", "words"),
    [
        ("one \ntwo\nthree", False, "one two\nthree"),
        ("one \ntwo", True, "onetwo"),
        ("> one \n> two\nown \nwords", False, "> one two\nown words"),
        (">> deep \n> less", False, ">> deep \n> less"),
        ("end. \n\n-- \nCarol", False, "end. \n\n-- \nCarol"),
        (" From me\n >x", False, "From me\n>x"),
    ],
)
def test_lines_that_flow(text, delsp, words):
    assert flowed.unfolded(text, delsp) == words
