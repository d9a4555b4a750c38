"""The words of a header field: one line, with its encoded words read (RFC 2047)."""

import re
from binascii import a2b_qp

from channels_app.adapters.email import charset, encodings

LONGEST = 64 * 1024  # bytes of a field that are read

_BETWEEN_WORDS = re.compile(rb"\?=[ \t\r\n]+=\?(?=[^?\s]+\?[BbQq]\?)")
# A question mark may stand in a word although it must not; bounded, so that hostile fields stay linear.
_WORD = re.compile(rb"=\?([^?\s]{1,80})\?([BbQq])\?((?:[^?]|\?(?!=|\Z)){0,1000})\?=")
_CUT_OFF = re.compile(rb"=\?([^?\s]{1,80})\?([BbQq])\?([^?\s]{1,1000})\??\Z")
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")
_OVERRIDES = re.compile("[\u202d\u202e]")  # they turn the writing round: a name reads as another one


def one_line(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def upright(text: str) -> str:
    """One line without signs that turn the writing round."""
    return one_line(text if text.isascii() else _OVERRIDES.sub("", text))


def decode_words(raw: bytes, hint: str = "") -> str:
    """A field with its encoded words read (RFC 2047), even where one splits a character in two.

    `hint` is a charset of the same mail, for bytes beyond ASCII that stand outside of encoded words.
    """
    raw = raw[:LONGEST]
    if b"=?" not in raw:
        return charset.decode(raw, "", hint)
    raw = _BETWEEN_WORDS.sub(b"?==?", raw)
    text, at, run = [], 0, _Run()
    found = list(_WORD.finditer(raw))
    if cut := _CUT_OFF.search(raw, max(found[-1].end() if found else 0, len(raw) - 1200)):
        found.append(cut)
    for word in found:
        between = raw[at : word.start()]
        if between or not run.takes(word):
            text += [run.end(), charset.decode(between, "", hint)]
        run.add(word)
        at = word.end()
    return "".join([*text, run.end(), charset.decode(raw[at:], "", hint)])


class _Run:
    """Words of one charset side by side: their bytes are joined before they are read."""

    def __init__(self) -> None:
        self.label, self.held, self.base64 = "", b"", b""

    def takes(self, word: re.Match[bytes]) -> bool:
        return self.label == _label(word)

    def add(self, word: re.Match[bytes]) -> None:
        self.label = _label(word)
        if word[2] in b"Bb":
            self.base64 += word[3].strip()
            if len(self.base64) % 4 == 0 or word[3].endswith(b"="):  # else the next word may go on
                self._settle()
            return
        self._settle()
        self.held += a2b_qp(word[3], header=True)

    def end(self) -> str:
        """What has been gathered, as text; the run begins anew."""
        self._settle()
        text = charset.decode(self.held, self.label) if self.held else ""
        self.label, self.held = "", b""
        return text

    def _settle(self) -> None:
        if self.base64:
            self.held += encodings.from_base64(self.base64.translate(_URL_SAFE))
            self.base64 = b""


def _label(word: re.Match[bytes]) -> str:
    return word[1].partition(b"*")[0].decode("latin-1").lower()
