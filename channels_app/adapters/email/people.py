"""Whom an address field names (RFC 5322 3.4, RFC 6532), read leniently and in linear time."""

import re
from html import unescape

from channels_app.adapters.email import charset
from channels_app.adapters.email.words import decode_words, upright

MAX_FIELD = 64 * 1024
MOST_WORDS = 20  # of a name that is not in quotes

_TOKEN = re.compile(
    r"(?P<word>=\?[^?\s]{1,80}\?[BbQq]\?[^?]{0,1000}\?=)"
    r"|\"(?P<quoted>(?:\\.|[^\"\\]){0,300})\""
    r"|\((?P<comment>(?:\\.|[^()\\]|\((?:\\.|[^()\\]){0,200}\)){0,300})\)"
    r"|<(?P<angle>[^<>]{0,998})>"
    r"|(?P<end>[,;:])"
    r"|(?P<other>[^\",;:<(=]+|.)",
    re.DOTALL,
)
# It begins where a run of its signs begins and is bounded: else a long run without an @ takes for ever.
_SIGN = r"[^@\s<>\"(),:;\\\[\]]"
_LOCAL = rf"(?:(?<!{_SIGN}){_SIGN}{{1,254}}|\"(?:\\.|[^\"\\]){{1,100}}\")"
_DOMAIN = rf"(?:{_SIGN}{{1,253}}(?<!\.)|\[[\w:.]{{1,100}}\])"
_ADDRESS = re.compile(rf"{_LOCAL}@{_DOMAIN}", re.ASCII)
_BLANKS_IN_ADDRESS = re.compile(r"\s{0,20}@\s{0,20}", re.ASCII)
_COMMENT = re.compile(r"\([^()]{0,300}\)")
_ESCAPED = re.compile(r"\\(.)")
_LOCAL_ONLY = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}", re.ASCII)


def addresses(raw: bytes, hint: str = "") -> list[tuple[str, str]]:
    """(name, address) of everybody; a field that was encoded as a whole is searched too."""
    plain = raw[:MAX_FIELD].decode("latin-1")
    if "&lt;" in plain:  # written by a page that took the field for HTML
        plain = unescape(plain)
    found = [person for person in _people(plain, hint) if "@" in person[1]]
    if not found and b"=?" in raw:
        text = decode_words(raw[:MAX_FIELD], hint).encode().decode("latin-1")
        found = [person for person in _people(text, hint) if "@" in person[1]]
    return found


def somebody(raw: bytes, hint: str = "") -> tuple[str, str]:
    """Whom a field without any whole address names: "MAILER-DAEMON (Mail System)", or a name alone."""
    named = _people(raw[:MAX_FIELD].decode("latin-1"), hint)
    return named[0] if named else ("", "")


def _people(text: str, hint: str) -> list[tuple[str, str]]:
    """Everybody who stands between commas, also those who have but a name, or an address without a domain."""
    found: list[tuple[str, str]] = []
    person = _Person(hint)
    for token in _TOKEN.finditer(text):
        if token.lastgroup != "end" or (token[0] == "," and person.may_go_on()):
            person.take(token)
            continue
        found += person.named() if token[0] != ":" else []  # a group's name ends in a colon
        person = _Person(hint)
    return found + person.named()


class _Person:
    """What stands between two commas."""

    def __init__(self, hint: str) -> None:
        self.hint = hint
        self.words: list[str] = []
        self.comments: list[str] = []
        self.angle: str | None = None

    def take(self, token: re.Match[str]) -> None:
        """One more of the signs that tell of this person."""
        quotes_a_local_part = token.string[token.end() : token.end() + 1] == "@"
        if token.lastgroup == "angle":
            self.angle = token["angle"]
        elif token.lastgroup == "comment":
            self.comments.append(token["comment"])
        elif token.lastgroup == "quoted" and not quotes_a_local_part:
            self.words.append(_ESCAPED.sub(r"\1", token["quoted"]))
        else:
            self.words.append(token[0])

    def may_go_on(self) -> bool:
        """Whether a comma may be part of the name: "Reyes, Carol <carol@…>" should have been quoted."""
        words = "".join(self.words)
        is_a_name = self.angle is None and not self.comments and "@" not in words
        return is_a_name and bool(words.strip(" ,")) and len(self.words) < MOST_WORDS

    def named(self) -> list[tuple[str, str]]:
        """The one person these words name, if any."""
        words, comment = "".join(self.words), " ".join(self.comments)
        if self.angle is not None:
            inside = self.angle
            given = _ADDRESS.search(inside) or _ADDRESS.search(
                _BLANKS_IN_ADDRESS.sub("@", _COMMENT.sub("", inside))
            )
            if given or not _ADDRESS.search(words):
                local = given[0] if given else (_LOCAL_ONLY.fullmatch(inside.strip()) or [""])[0]
                name = (
                    f"{words.strip(' ,')} ({comment})" if words.strip(" ,") and comment else words or comment
                )
                return [(self._name(name), self._address(local))]
        bare = list(_ADDRESS.finditer(words)) or list(_ADDRESS.finditer(_BLANKS_IN_ADDRESS.sub("@", words)))
        if bare:
            before = bare[0].string[: bare[0].start()].rstrip("[<").strip(" ,") or comment
            first, *others = [self._address(one[0]) for one in bare]
            return [(self._name(before), first), *(("", one) for one in others)]
        if comment and _LOCAL_ONLY.fullmatch(words.strip()):
            return [(self._name(comment), words.strip())]
        return [(self._name(words or comment), "")] if words.strip(" ,") or comment else []

    def _name(self, text: str) -> str:
        return upright(decode_words(text.encode("latin-1"), self.hint)).strip("\"', ")

    def _address(self, address: str) -> str:
        return charset.decode(address.encode("latin-1"), "", self.hint)
