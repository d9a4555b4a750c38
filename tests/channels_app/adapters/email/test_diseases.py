"""Whole mails with one disease each, and what a careful reader sees in them."""

import base64
import hashlib
import time
from typing import Any

import pytest

from channels_app.adapters.email import explaining
from tests.channels_app.adapters.email.mails import HEAD, multipart, part, raw

TEXT = "Hello, my parcel has not come."
PDF = b"%PDF-1.4\n" + bytes(range(256)) * 2
CODED = base64.encodebytes(PDF)
WORDS = part("text/plain; charset=utf-8", TEXT)
PAGE = part("text/html; charset=utf-8", "<p>Hello, my <b>parcel</b> has not come.</p>")
BILL = part("application/pdf; name=bill.pdf", CODED, "Content-Transfer-Encoding: base64")
BINARY = part("application/octet-stream", "abc")
MIXED = multipart("mixed", WORDS, BILL)
A_BILL = ("bill.pdf", "application/pdf", PDF)
PLAIN = ("\n".join(f"{name}: {value}" for name, value in HEAD.items()) + "\n\n" + TEXT + "\n").encode()


def named(name: str | bytes) -> dict[str, bytes]:
    given = name if isinstance(name, bytes) else name.encode()
    head = b"Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n"
    head += b"Content-Disposition: attachment; filename" + given + b"\n\n"
    return multipart("mixed", WORDS, head + CODED)


def files_of(told: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(file["name"], file["content_type"], file["sha256"]) for file in told["attachments"]]


def digests(*files: tuple[str, str, bytes]) -> list[tuple[str, str, str]]:
    return [(name, kind, hashlib.sha256(content).hexdigest()) for name, kind, content in files]


def nested(depth: int) -> dict[str, bytes]:
    inner = MIXED
    for level in range(depth):
        whole = b"Content-Type: " + inner["Content_Type"] + b"\n\n" + inner["body"]
        inner = multipart("mixed", whole, boundary=f"level{level}")
    return inner


DAMAGED = {
    "its end missing": {**MIXED, "body": MIXED["body"].replace(b"--edge--\n", b"")},
    "another boundary declared": {**MIXED, "Content_Type": b'multipart/mixed; boundary="zzz"'},
    "no boundary declared": {**MIXED, "Content_Type": b"multipart/mixed"},
    "blanks behind the boundary": {**MIXED, "body": MIXED["body"].replace(b"--edge\n", b"--edge \t\n")},
    "blanks around the parameter": {**MIXED, "Content_Type": b"multipart/mixed; boundary = edge ; x=y"},
    "capitals": {**MIXED, "Content_Type": b'MULTIPART/Mixed; BOUNDARY="edge"'},
    "parts after its end": {**MIXED, "body": MIXED["body"].replace(b"\n--edge\n", b"\n--edge--\n--edge\n")},
    "special signs": multipart("mixed", WORDS, BILL, boundary="=_(a)+b/c:d'e?f,g.h"),
    "an encoding of its own": {
        **MIXED,
        "body": base64.encodebytes(MIXED["body"]),
        "Content_Transfer_Encoding": b"base64",
    },
    "an epilogue": {**MIXED, "body": MIXED["body"] + b"\nAn epilogue.\n"},
    "thirty levels": nested(30),
}


@pytest.mark.parametrize("disease", DAMAGED)
def test_a_multipart_with(disease):
    told = explaining.explain(raw(**DAMAGED[disease]))
    assert (told["text"], told["error"]) == (TEXT, "")
    assert files_of(told) == digests(A_BILL)


@pytest.mark.parametrize(
    "mail",
    [
        b"\r\n\r\n" + PLAIN,
        b"\xef\xbb\xbf" + PLAIN,
        PLAIN.decode().encode("utf-16"),
        b"From carol Sun Nov 22 10:00:00 2026\n" + PLAIN,
        b"+OK 1234 octets\r\n" + PLAIN,
        b"some junk\nand more: junk x\n" + PLAIN,
        PLAIN.replace(b"\n", b"\r"),
        PLAIN.replace(b"\n", b"\r\r\n"),
        PLAIN.replace(b"\n\n", b"\n", 1),
        PLAIN.replace(b"\nTo:", b"\n \nTo:"),
        PLAIN.replace(b"\nSubject: Where is", b"\nSubject: Where\nis"),
        PLAIN.replace(b"\nTo:", b"\nSubject:\nTo:"),
        PLAIN.replace(b"\nSubject:", b"\nsubject :"),
        PLAIN.replace(b"\n\n", b"\nContent-Type: plain/text\n\n", 1),
        PLAIN.replace(b"\n\n", b"\nContent-Type: text\n\n", 1),
        PLAIN.replace(b"\n\n", b'\nContent-Type: text/plain; charset="utf-8\n\n', 1),
        PLAIN.replace(b"\n\n", b"\nContent-Transfer-Encoding: base64\n\n", 1),
        PLAIN.replace(b"Hello", b"He\x00llo"),
    ],
)
def test_a_plain_mail_with_a_defect(mail):
    told = explaining.explain(mail)
    fields = ("from_name", "from_address", "to", "subject", "date", "message_id", "text", "error")
    assert [told[field] for field in fields] == [
        *("Carol Reyes", "carol@mail.example", ["support@desk.example"], "Where is my parcel?"),
        *("2026-11-22T10:00:00+01:00", "one@mail.example", TEXT, ""),
    ]


@pytest.mark.parametrize(
    ("mail", "files"),
    [
        (multipart("alternative", PAGE, WORDS), []),
        (
            multipart("alternative", WORDS, part("text/x-amp-html", "<html>"), PAGE),
            [("", "text/x-amp-html", b"<html>")],
        ),
        (
            multipart("alternative", WORDS, PAGE, part("text/calendar; method=REQUEST", "BEGIN:VCALENDAR")),
            [("", "text/calendar", b"BEGIN:VCALENDAR")],
        ),
        (multipart("alternative", WORDS, part("text/plain", "other")), [("", "text/plain", b"other")]),
        (multipart("mixed", WORDS, BINARY), [("", "application/octet-stream", b"abc")]),
        (multipart("mixed", WORDS, part("text/csv", "a,b")), [("", "text/csv", b"a,b")]),
        (
            multipart("mixed", WORDS, part("text/plain; name=a.txt", "a", "Content-Disposition: inline")),
            [("a.txt", "text/plain", b"a")],
        ),
        (multipart("mixed", WORDS, part("message/rfc822", PLAIN)), [("", "message/rfc822", PLAIN)]),
        (
            multipart("mixed", WORDS, part("message/partial; id=x; number=1", "abc")),
            [("", "message/partial", b"abc")],
        ),
        (
            multipart("signed", WORDS, part("application/pgp-signature; name=signature.asc", "SIG")),
            [("signature.asc", "application/pgp-signature", b"SIG")],
        ),
        (
            multipart("report", WORDS, part("message/delivery-status", "Action: failed")),
            [("", "message/delivery-status", b"Action: failed")],
        ),
        (multipart("mixed", part("text/plain; name=letter.txt", TEXT), BILL), [A_BILL]),
        (multipart("mixed", WORDS, part("text/plain", ""), BILL), [A_BILL]),
    ],
)
def test_every_leaf_is_the_body_or_a_file(mail, files):
    told = explaining.explain(raw(**mail))
    assert told["text"] == TEXT
    found = [(name, kind, digest) for name, kind, digest in files_of(told)]
    crlf = [
        (name, kind, content.replace(b"\n", b"\r\n"))
        if kind.startswith("message/")
        else (name, kind, content)
        for name, kind, content in files
    ]
    assert found == digests(*crlf)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('="a;b=c.pdf"', "a;b=c.pdf"),
        ("=my file (1).pdf", "my file (1).pdf"),
        ('="my "great" file.pdf"', 'my "great" file.pdf'),
        ('="счёт.pdf"', "счёт.pdf"),
        ('="счёт за июнь.pdf"'.encode("koi8-r"), "счёт за июнь.pdf"),
        ('="=?utf-8?Q?=D1=81=D1=87?=\n =?utf-8?Q?=D1=91=D1=82.pdf?="', "счёт.pdf"),
        ('*0="=?utf-8?Q?=D1=81"; filename*1="=D1=87.pdf?="', "сч.pdf"),
        ("*0*=utf-8''%D1; filename*1*=%81; filename*2=.pdf", "с.pdf"),
        ("*=\"utf-8''%D1%81.pdf\"; filename=plain.pdf", "с.pdf"),
        ("*=''%D1%81.pdf", "с.pdf"),
        ("=one.pdf; filename=two.pdf", "one.pdf"),
        ('="C:\\temp\\x.pdf"', "C:\\temp\\x.pdf"),
        ('="unterminated.pdf', "unterminated.pdf"),
    ],
)
def test_the_name_of_a_file(head, name):
    (file,) = explaining.explain(raw(**named(head)))["attachments"]
    assert file["name"] == name


@pytest.mark.parametrize(
    ("field", "name", "address"),
    [
        ("Reyes, Carol <carol@mail.example>", "Reyes, Carol", "carol@mail.example"),
        ("Carol (work) <carol@mail.example>", "Carol (work)", "carol@mail.example"),
        ("carol@mail.example (Carol (at) work)", "Carol (at) work", "carol@mail.example"),
        ("<@a.example,@b.example:carol@mail.example>", "", "carol@mail.example"),
        ('"john doe"@mail.example', "", '"john doe"@mail.example'),
        ("Carol <carol @ mail.example>", "Carol", "carol@mail.example"),
        ("Carol <carol@[192.0.2.1]>", "Carol", "carol@[192.0.2.1]"),
        ("РОМАН <роман@почта.рф>", "РОМАН", "роман@почта.рф"),
        ("MAILER-DAEMON (Mail Delivery System)", "Mail Delivery System", "MAILER-DAEMON"),
        ("<carol>", "", "carol"),
        ("'carol@mail.example' <carol@mail.example>", "carol@mail.example", "carol@mail.example"),
        ('"Carol \\"C\\" Reyes" <carol@mail.example>', 'Carol "C" Reyes', "carol@mail.example"),
    ],
)
def test_who_wrote(field, name, address):
    told = explaining.explain(raw(From=field))
    assert (told["from_name"], told["from_address"]) == (name, address)


def test_a_name_alone_goes_with_the_address_to_answer():
    told = explaining.explain(raw(From="Carol", Reply_To="carol@mail.example"))
    assert (told["from_name"], told["from_address"]) == ("Carol", "carol@mail.example")
    assert explaining.explain(raw(From="Carol"))["error"]


@pytest.mark.parametrize(
    ("field", "ids"),
    [
        ("<a@b> <c@d>", ["a@b", "c@d"]),
        ("<a@b>, <c@d>", ["a@b", "c@d"]),
        ("<a@b><c@d>", ["a@b", "c@d"]),
        ("<a@b> c@d <e@f>", ["a@b", "c@d", "e@f"]),
        ("<a@b> (Carol's message of Sunday)", ["a@b"]),
        ('Your message of "Sun, 22 Nov" <a@b>', ["a@b"]),
        ("<long-\n id@b>", ["long-id@b"]),
        ("<two words@b>", ["two words@b"]),
        ("a@b", ["a@b"]),
        ("=?utf-8?q?=3Ca=40b=3E?=", ["a@b"]),
        ("", []),
    ],
)
def test_ids(field, ids):
    assert explaining.explain(raw(References=field))["references"] == ids


@pytest.mark.parametrize("labelled", ["", "; charset=us-ascii", "; charset=iso-8859-1"])
def test_the_charset_that_the_html_names_itself(labelled):
    page = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head>'
    page += "<p>Здравствуйте, где мой заказ?</p></html>"
    told = explaining.explain(raw(page.encode("cp1251"), Content_Type=f"text/html{labelled}"))
    assert told["text"] == "Здравствуйте, где мой заказ?"


def test_five_thousand_parts():
    mail = raw(**multipart("mixed", WORDS, *[BINARY] * 4000))
    assert len(explaining.explain(mail)["attachments"]) == 4000


def test_a_text_that_only_excuses_itself_gives_way_to_the_html():
    excuse = part("text/plain", "Your mail program does not display HTML.")
    page = part("text/html", "<p>" + "My parcel has not come. " * 10 + "</p>")
    assert explaining.explain(raw(**multipart("alternative", excuse, page)))["text"].startswith("My parcel")
    about = part("text/plain", "Can you send me the HTML format, please? My program shows no text at all.")
    short = part("text/html", "<p>Can you send me the HTML format?</p>")
    assert explaining.explain(raw(**multipart("alternative", about, short)))["text"].startswith(
        "Can you send"
    )


def test_an_id_without_anything_an_id_needs():
    assert explaining.explain(raw(Message_ID="12345"))["message_id"] == "12345"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/plain; format=flowed", b"word word \n" * 100_000),
        ("text/plain", b"begin 644 x\n" * 50_000),
        ("text/plain", b"=ybegin name=x\n" * 50_000),
        ("text/plain", b"-----BEGIN PGP SIGNED MESSAGE-----\n" * 10_000),
        ("text/html", b"<blockquote type=cite>x" * 390 + b"y" * 100_000),
        ("text/enriched", b"<param>" * 50_000),
        ("text/calendar", b"BEGIN:VEVENT\nSUMMARY:x\n" * 30_000),
        ("multipart/mixed; boundary=zz", b"--q\n" * 50_000),
        ("application/pkcs7-mime", b"\x30\x80" * 100_000),
        ("application/ms-tnef", b"\x78\x9f\x3e\x22\x01\x00" + b"\x01\x06" * 100_000),
    ],
)
def test_hostile_bodies_are_read_in_a_moment(kind, body):
    begun = time.process_time()
    explaining.explain(raw(body, Content_Type=kind))
    assert time.process_time() - begun < 2
