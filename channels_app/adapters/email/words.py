"""The words of a header field: one line, with its encoded words read (RFC 2047)."""

import re
from binascii import a2b_qp

from channels_app.adapters.email import charset, encodings

_BETWEEN_WORDS = re.compile(rb"\?=[ \t\r\n]+=\?")
_WORD = re.compile(rb"=\?([^?\s]+)\?([BbQq])\?([^?]*)\?=")
_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")


def one_line(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def decode_words(raw: bytes) -> str:
    """A field with its encoded words read (RFC 2047), even where one splits a character in two."""
    if b"=?" not in raw:
        return charset.decode(raw)
    raw = _BETWEEN_WORDS.sub(b"?==?", raw)
    text, label, held, at = [], "", b"", 0
    for word in _WORD.finditer(raw):
        between, name = raw[at : word.start()], word[1].partition(b"*")[0].decode("latin-1").lower()
        if between or name != label:
            text += [charset.decode(held, label), charset.decode(between)]
            label, held = name, b""
        held += encodings.from_base64(word[3]) if word[2] in b"Bb" else a2b_qp(word[3], header=True)
        at = word.end()
    return "".join([*text, charset.decode(held, label), charset.decode(raw[at:])])
