"""Mail damaged at random: it is read or told unreadable, never anything else, and never slowly."""

import random
import time

import pytest

from channels_app.adapters.base import Unreadable
from channels_app.messages import InboundMessage
from tests.channels_app.adapters.email.mails import multipart, parsed, part, raw

LETTER = multipart(
    "alternative",
    part("text/plain; charset=koi8-r", "Здравствуйте".encode("koi8-r"), "Content-Transfer-Encoding: 8bit"),
    part("text/html; charset=utf-8", "<table><tr><td style='color:red'>Привет <a href='http://x'>x</a>"),
    boundary="inner",
)
WHOLE = raw(
    **multipart(
        "mixed",
        part('multipart/alternative; boundary="inner"', LETTER["body"]),
        part("application/pdf", "JVBERi0=", "Content-Transfer-Encoding: base64", "Content-ID: <a@b>"),
        part("message/rfc822", raw(Subject="=?utf-8?B?0J/RgNC40LLQtdGC?=")),
        part(
            "message/delivery-status", "Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1"
        ),
    ),
    Cc='"A, B" <c@d.example>, (x) e@f.example',
    References="<a@b> <c@d>",
)
PIECES = [
    b"\r\n",
    b"\n\n",
    b"--edge",
    b"--edge--",
    b"--inner",
    b'"',
    b"=?",
    b"?=",
    b"\x00",
    b"\xff",
    b"<",
    b";",
    b"(",
]


@pytest.mark.parametrize("seed", range(150))
def test_damaged_mail(seed):
    dice = random.Random(seed)
    mail = bytearray(WHOLE)
    for _blow in range(dice.randint(1, 12)):
        at, length = dice.randrange(len(mail)), dice.randint(0, 40)
        mail[at : at + length] = dice.choice(PIECES) * dice.choice([0, 1, 1, 50])
    begun = time.process_time()
    try:
        message = parsed(bytes(mail))
    except Unreadable:
        return
    assert time.process_time() - begun < 1
    if isinstance(message, InboundMessage):
        words = [message.subject, message.text, message.html, message.external_id, message.sender.name]
        words += [file.name + file.content_id + file.content_type for file in message.files]
        assert "\x00" not in "".join(words)
        "".join(words).encode()
        assert message.external_id and len(message.external_id) <= 255
