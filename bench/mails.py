"""Raw mails as they come in: three languages, eleven ways to encode them, replies, files; always the same."""

import random
from base64 import b64encode, encodebytes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from email.utils import formatdate
from quopri import encodestring

from tickets.seeding import people, vocabulary

WAYS = {
    "en": (("us-ascii", "7bit"), ("utf-8", "quoted-printable"), ("windows-1252", "quoted-printable")),
    "ru": (("utf-8", "base64"), ("koi8-r", "8bit"), ("windows-1251", "quoted-printable"), ("utf-8", "8bit")),
    "hu": (
        *(("iso-8859-2", "quoted-printable"), ("windows-1250", "8bit")),
        *(("utf-8", "quoted-printable"), ("iso-8859-2", "base64")),
    ),
}
REPLIES = 0.10
WITH_FILE = 0.10
FILE_BYTES = 100 * 1024
BOUNDARY = b"=_part"


@dataclass(frozen=True)
class Mail:
    message_id: str
    sender: str
    raw: bytes
    answers: str = ""


@dataclass(frozen=True)
class Answerable:
    """A message that its customer may answer."""

    message_id: str
    address: str


def generate(
    count: int,
    *,
    seed: int,
    to: str,
    known: Sequence[Answerable] = (),
    html: float = 0.25,
    moment: Callable[[int], float | None] = lambda _number: None,
) -> Iterator[Mail]:
    """`count` different mails; replies answer one of `known`, or an earlier mail of the same sender.

    `moment` says when the mail of each number was sent, as a timestamp; now, if it says nothing.
    """
    rng = random.Random(seed)
    sent: list[Answerable] = []
    for number in range(count):
        answered = rng.choice(known or sent) if (known or sent) and rng.random() < REPLIES else None
        mail = _mail(f"{seed}.{number}", to, rng, answered, html, formatdate(moment(number)))
        sent.append(Answerable(mail.message_id, mail.sender))
        yield mail


def letter(name: str, *, sender: str, to: str) -> Mail:
    """One short mail of now."""
    message_id = f"{name}@mail.example"
    head = [f"From: {sender}", f"To: {to}", f"Subject: {name}", f"Message-ID: <{message_id}>"]
    head += [f"Date: {formatdate()}", "", "Where is my parcel? It was due on Monday.", ""]
    return Mail(message_id, sender, "\r\n".join(head).encode())


def _mail(
    name: str, to: str, rng: random.Random, answered: Answerable | None, html: float, date: str
) -> Mail:
    who = people.person(rng.randrange(10**6, 10**7))
    address = answered.address if answered else who.address
    message_id = f"b.{name}@mail.example"
    charset, encoding = rng.choice(WAYS[who.language])
    text = vocabulary.text(who.language, rng)
    head = [
        f"Received: from mx.mail.example (mx.mail.example [192.0.2.7]) by mx.desk.example; {date}",
        f"From: {people.in_header(who.name)} <{address}>",
        f"To: {to}",
        f"Subject: {_encoded(vocabulary.subject(who.language, rng), charset)}",
        f"Message-ID: <{message_id}>",
        f"Date: {date}",
        "MIME-Version: 1.0",
        "X-Mailer: A Mail Program 4.2",
    ]
    if answered:
        head += [f"In-Reply-To: <{answered.message_id}>", f"References: <{answered.message_id}>"]
    body = _part(text, "plain", charset, encoding)
    if rng.random() < html:
        page = "<html><body>" + "".join(f"<p>{one}</p>" for one in text.split("\n\n")) + "</body></html>"
        body = _multipart("alternative", body, _part(page, "html", charset, encoding))
    if rng.random() < WITH_FILE:
        body = _multipart("mixed", body, _file(rng))
    raw = "\r\n".join(head).encode() + b"\r\n" + body
    return Mail(message_id, address, raw, answered.message_id if answered else "")


def _part(text: str, kind: str, charset: str, encoding: str) -> bytes:
    words = text.encode(charset, "replace").replace(b"\n", b"\r\n")
    if encoding == "base64":
        words = encodebytes(words).replace(b"\n", b"\r\n")
    elif encoding == "quoted-printable":
        words = encodestring(words.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    head = f"Content-Type: text/{kind}; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode() + words + b"\r\n"


def _file(rng: random.Random) -> bytes:
    head = (
        b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
        b'Content-Disposition: attachment; filename="scan.bin"\r\n\r\n'
    )
    return head + encodebytes(rng.randbytes(FILE_BYTES)).replace(b"\n", b"\r\n")


def _multipart(kind: str, *parts: bytes) -> bytes:
    mark = BOUNDARY + kind.encode()
    head = b'Content-Type: multipart/%b; boundary="%b"\r\n\r\n' % (kind.encode(), mark)
    return head + b"".join(b"--%b\r\n%b\r\n" % (mark, part) for part in parts) + b"--%b--\r\n" % mark


def _encoded(text: str, charset: str) -> str:
    """A header in the mail's own charset (RFC 2047)."""
    if text.isascii():
        return text
    charset = "utf-8" if charset == "us-ascii" else charset
    words = b64encode(text[:40].encode(charset, "replace")).decode()
    return f"=?{charset}?b?{words}?="
