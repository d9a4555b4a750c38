"""Mails of every kind that programs send, small and whole: what the mutations begin with."""

import binascii
from base64 import encodebytes
from collections.abc import Iterator

HEAD = (
    "Received: from mx.mail.example by mx.desk.example; Sun, 22 Nov 2026 10:00:01 +0100\n"
    "From: =?utf-8?q?C=C3=A1rol_Reyes?= <carol@mail.example>\n"
    'To: "Support, the" <support@desk.example>, Team: bob@mail.example, ann@mail.example;\n'
    "Cc: dan@mail.example (Dan)\n"
    "Subject: =?koi8-r?B?8NLJ18XU?= =?koi8-r?Q?_=DA=C1=CB=C1=DA?=\n"
    "Date: Sun, 22 Nov 2026 10:00:00 +0100\n"
    "Message-ID: <one@mail.example>\n"
    "In-Reply-To: <earlier@desk.example>\n"
    "References: <first@desk.example>\n <earlier@desk.example>\n"
    "MIME-Version: 1.0\n"
)
RU = "Здравствуйте! Мой заказ не пришёл, где он? С уважением, Кэрол.\n"
HU = "Tisztelt Ügyfélszolgálat! A csomagom még nem érkezett meg, őszintén várom.\n"
JA = "注文した商品がまだ届きません。確認をお願いします。\n"
PAGE = (
    "<html><head><style>p{color:red}</style></head><body><div style='display:none'>preheader</div>"
    "<p>Hello <b>there</b> <a href='http://shop.example/a?b=1'>click</a><img src='cid:pic@x'></p>"
    "<table><tr><td>a</td><td>b</td></tr></table><blockquote>quoted<br>words</blockquote></body></html>\n"
)
CALENDAR = (
    "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nDTSTART:20261122T100000Z\nSUMMARY:A meeting\n"
    "END:VEVENT\nEND:VCALENDAR\n"
)
STATUS = (
    "Reporting-MTA: dns; mx.example\n\n"
    "Final-Recipient: rfc822; dan@mail.example\nAction: failed\nStatus: 5.1.1\n"
)
BYTES = bytes(range(256)) * 2


def all_kinds() -> Iterator[bytes]:
    """Each one once, with the line ends of the wire."""
    for fields, body in _letters():
        yield (HEAD + fields + "\n").encode().replace(b"\n", b"\r\n") + body.replace(b"\n", b"\r\n")
    for fields, raw in _raw_letters():
        yield (HEAD + fields + "\n").encode().replace(b"\n", b"\r\n") + raw


def _letters() -> Iterator[tuple[str, bytes]]:
    for text, charset in ((RU, "koi8-r"), (RU, "windows-1251"), (HU, "iso-8859-2"), (JA, "iso-2022-jp")):
        yield (
            f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n",
            text.encode(charset),
        )
    coded = encodebytes(HU.encode())
    yield "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n", coded
    quoted = binascii.b2a_qp(RU.encode())
    yield "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n", quoted
    yield (
        "Content-Type: text/plain; format=flowed; delsp=yes\n",
        b"> one \n> two\nHello \nthere\n-- \nCarol\n",
    )
    yield "Content-Type: text/html; charset=utf-8\n", PAGE.encode()
    text, page = (
        _part("text/plain; charset=utf-8", RU.encode()),
        _part("text/html; charset=utf-8", PAGE.encode()),
    )
    picture = _part(
        "image/png", encodebytes(BYTES), "Content-Transfer-Encoding: base64\nContent-ID: <pic@x>\n"
    )
    pdf = _part("application/pdf", encodebytes(BYTES), "Content-Transfer-Encoding: base64\n" + _NAMED)
    inner = _part("message/rfc822", HEAD.encode() + b"\nAn inner mail\n")
    related = _part('multipart/related; boundary="rel"', _joined("rel", page, picture))
    both = _part('multipart/alternative; boundary="alt"', _joined("alt", text, related))
    yield _multipart("mixed", both, pdf, inner)
    yield _multipart("alternative", text, page, _part("text/calendar; method=REQUEST", CALENDAR.encode()))
    yield _multipart("report", text, _part("message/delivery-status", STATUS.encode()), inner)
    yield _multipart("digest", b"\n" + HEAD.encode() + b"\none\n", b"\n" + HEAD.encode() + b"\ntwo\n")
    yield _multipart("signed", text, _part("application/pgp-signature", b"-----BEGIN PGP SIGNATURE-----\n"))
    yield "", b"See the file.\n\n" + _uuencoded() + b"\nGood bye\n"
    yield (
        "",
        b"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\nsigned\n-----BEGIN PGP SIGNATURE-----\n\nx\n",
    )
    yield "Content-Type: text/enriched\n", b"<bold>Hello</bold> <<there\n"
    sealed = encodebytes(bytes.fromhex("308006092a864886f70d010702a0803080020101310030800609") + BYTES)
    yield "Content-Type: application/pkcs7-mime\nContent-Transfer-Encoding: base64\n", sealed
    packed = encodebytes(bytes.fromhex("789f3e22010001069008000400000000000100") + BYTES)
    yield _multipart("mixed", text, _part("application/ms-tnef; name=winmail.dat", packed, _BASE64))


def _raw_letters() -> Iterator[tuple[str, bytes]]:
    packed = bytes((byte + 42) & 255 for byte in b"a yEnc file")
    yield "", b"=ybegin line=128 size=11 name=a.bin\r\n" + packed + b"\r\n=yend size=11\r\n"
    yield "Content-Type: text/plain; charset=utf-16\n", RU.encode("utf-16")


_BASE64 = "Content-Transfer-Encoding: base64\n"
_NAMED = "Content-Disposition: attachment;\n filename*0*=utf-8''sz%C3%A1m;\n filename*1=\"la.pdf\"\n"


def _part(content_type: str, body: bytes, fields: str = "") -> bytes:
    return f"Content-Type: {content_type}\n{fields}\n".encode() + body


def _joined(mark: str, *parts: bytes) -> bytes:
    return b"".join(b"--%b\n%b\n" % (mark.encode(), part) for part in parts) + b"--%b--\n" % mark.encode()


def _multipart(kind: str, *parts: bytes) -> tuple[str, bytes]:
    return f'Content-Type: multipart/{kind}; boundary="=_edge"\n', b"A preamble.\n" + _joined(
        "=_edge", *parts
    )


def _uuencoded() -> bytes:
    lines = [binascii.b2a_uu(BYTES[at : at + 45]) for at in range(0, len(BYTES), 45)]
    return b"begin 644 a file.bin\n" + b"".join(lines) + b"`\nend\n"
