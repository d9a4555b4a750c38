"""Whom an address field names (RFC 5322 3.4), read leniently and in linear time."""

import re

from channels_app.adapters.email import charset
from channels_app.adapters.email.words import decode_words, one_line

MAX_FIELD = 32 * 1024

_TOKEN = re.compile(
    r"(?P<word>=\?[^?\s]{1,80}\?[BbQq]\?[^?]{0,1000}\?=)"
    r"|\"(?P<quoted>(?:\\.|[^\"\\]){0,300})\""
    r"|\((?P<comment>(?:\\.|[^()\\]){0,300})\)"
    r"|<(?P<angle>[^<>]{0,998})>"
    r"|(?P<end>[,;:])"
    r"|(?P<other>[^\",;:<(=]+|.)",
    re.DOTALL,
)
# It begins where a run of its signs begins and is bounded: else a long run without an @ takes for ever.
_SIGN = r"[^@\s<>\"(),:;\\\[\]]"
_ADDRESS = re.compile(rf"(?<!{_SIGN}){_SIGN}{{1,254}}@{_SIGN}{{1,253}}(?<!\.)")


def addresses(raw: bytes) -> list[tuple[str, str]]:
    """(name, address) of everybody; a field that was encoded as a whole is searched too."""
    found = _people(raw[:MAX_FIELD].decode("latin-1"))
    if not found and b"=?" in raw:
        found = _people(decode_words(raw[:MAX_FIELD]).encode().decode("latin-1"))
    return found


def _people(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    words: list[str] = []
    comments: list[str] = []
    angle = ""
    for token in (*_TOKEN.finditer(text), None):
        kind = token.lastgroup if token else "end"
        if kind == "end":
            found += _person("".join(words), " ".join(comments), angle)
            words, comments, angle = [], [], ""
        elif token and kind == "angle":
            angle = token["angle"]
        elif token and kind == "comment":
            comments.append(token["comment"])
        elif token:
            words.append(re.sub(r"\\(.)", r"\1", token["quoted"]) if kind == "quoted" else token[0])
    return found


def _person(words: str, comment: str, angle: str) -> list[tuple[str, str]]:
    """The one person between two commas, if an address is there."""
    given = _ADDRESS.search(angle)
    if given:
        return [(_name(words or comment), _text(given[0]))]
    bare = _ADDRESS.search(words)
    return [(_name(words[: bare.start()].rstrip("[") or comment), _text(bare[0]))] if bare else []


def _name(text: str) -> str:
    return one_line(decode_words(text.encode("latin-1"))).strip("\"'<> ")


def _text(address: str) -> str:
    return charset.decode(address.encode("latin-1"))
