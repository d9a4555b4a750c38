"""Header fields, and what their values mean: encoded words, addresses, parameters, ids, dates."""

import re
from datetime import datetime
from urllib.parse import unquote_to_bytes

from channels_app.adapters.email import charset, dates
from channels_app.adapters.email.people import addresses, somebody
from channels_app.adapters.email.words import decode_words, upright

MAX_ADDRESSES = 2000
MAX_BLOCK = 1_000_000  # bytes of a header that are read: no mail has a fifth of it

_FOLD = re.compile(rb"\r?\n(?=[ \t])")
_FOLDED_ID = re.compile(rb"(<[^<>\s]{1,500})\r?\n[ \t]+([^<>\s]{1,500}>)")
_NAME = re.compile(rb"[!-9;-~]+")
_PARAMETER = re.compile(
    # Its name is bounded and begins where a run begins: else a long run without a = takes for ever.
    r"(?<![^\s;\"()])([^\s=;\"()]{1,100})\s{0,100}=\s{0,100}"
    # A quote ends a value only where the next parameter or nothing follows: names hold quotes, too.
    r"(?:\"((?:\\.|[^\"\\]|\"(?!\s{0,9}(?:;|$|\(|[\w*-]{1,40}\s{0,9}=)))*)\"?|([^;]*))",
    re.DOTALL,
)
_SECTION = re.compile(r"(.+?)(?:\*(\d+))?(\*)?")
_ESCAPED = re.compile(r"\\([\"\\])")
_NEXT_PARAMETER = re.compile(r"\s[\w-]{1,40}\*?=")
_ID = re.compile(r"<([^<>]+)>")
_ANY_ID = re.compile(r"<([^<>]+)>|([^\s<>,]+)")
_COMMENT = re.compile(r"\([^()]*\)")


class Headers:
    """The fields of one header block, by lower-case name, in order, unfolded and not yet decoded."""

    def __init__(self, block: bytes, hint: str = "") -> None:
        self.hint = hint
        """A charset named elsewhere in the mail, for bytes beyond ASCII that nothing labels."""
        begun: list[tuple[str, list[bytes]]] = []
        for line in _FOLD.sub(b"", _FOLDED_ID.sub(rb"\1\2", block[:MAX_BLOCK])).splitlines():
            name, colon, value = line.partition(b":")
            name = name.rstrip()
            if colon and _NAME.fullmatch(name):
                begun.append((name.decode("ascii").lower(), [value.strip()]))
            elif begun:  # a line that lost its indent belongs to the field before
                begun[-1][1].append(line.strip())
        self.fields = [(name, b" ".join(lines)) for name, lines in begun]
        self._people: dict[bytes, list[tuple[str, str]]] = {}
        self._first: dict[str, bytes] = {}
        for key, value in self.fields:
            if not self._first.get(key):  # an empty one in front of it says nothing
                self._first[key] = value

    def __contains__(self, name: str) -> bool:
        return name in self._first

    def raw(self, name: str) -> bytes:
        return self._first.get(name, b"")

    def every(self, name: str) -> list[bytes]:
        # A mail is asked for some thirty fields, most of which it does not have.
        return [value for key, value in self.fields if key == name] if name in self._first else []

    def text(self, name: str) -> str:
        """The first field of this name as one line for people, "" when there is none."""
        return upright(decode_words(self.raw(name), self.hint))

    def plain(self, name: str) -> str:
        """The first field of this name as a code for machines, in lower case."""
        raw = self.raw(name)
        return charset.decode(raw).strip().lower() if raw else ""

    def addresses(self, *names: str) -> list[tuple[str, str]]:
        """(name, address) of everybody in the fields of these names."""
        found: list[tuple[str, str]] = []
        for value in (value for name in names for value in self.every(name)):
            if value not in self._people:
                self._people[value] = addresses(value, self.hint)
            found += self._people[value]
        return found[:MAX_ADDRESSES]

    def somebody(self, name: str) -> tuple[str, str]:
        """(name, address) of whom a field names, be it by a name or by an address without a domain."""
        return next((one for value in self.every(name) if any(one := somebody(value, self.hint))), ("", ""))


def parameters(raw: bytes, hint: str = "") -> tuple[str, dict[str, str]]:
    """A structured field: its value in lower case, and its parameters (RFC 2231 put together)."""
    value, _semicolon, rest = raw.decode("latin-1").partition(";")
    if "=" in value and (early := _NEXT_PARAMETER.search(value)):  # a semicolon was forgotten
        value, rest = value[: early.start()], f"{value[early.start() :]};{rest}"
    simple: dict[str, str] = {}
    sections: dict[str, list[tuple[int, bool, str]]] = {}
    for found in _PARAMETER.finditer(rest):
        section = _SECTION.fullmatch(found[1].lower())
        if section is None:
            continue
        given = _ESCAPED.sub(r"\1", found[2]) if found[2] is not None else found[3].strip().strip('"')
        if section[2] or section[3]:
            number = int((section[2] or "0")[:4])
            sections.setdefault(section[1], []).append((number, bool(section[3]), given))
        else:
            simple.setdefault(section[1], decode_words(given.encode("latin-1"), hint))
    value = _COMMENT.sub("", value).strip().lower()
    return value, simple | {key: _joined(parts, hint) for key, parts in sections.items()}


def _joined(parts: list[tuple[int, bool, str]], hint: str) -> str:
    label, raw, numbers = "", b"", set()
    for number, encoded, piece in sorted(parts, key=lambda part: part[0]):
        if number in numbers:
            continue
        numbers.add(number)
        if encoded and number == min(numbers) and piece.count("'") >= 2:
            label, _language, piece = piece.split("'", 2)
        raw += unquote_to_bytes(piece.encode("latin-1")) if encoded else piece.encode("latin-1")
    return decode_words(raw, hint) if b"=?" in raw and not label else charset.decode(raw, label, hint)


def ids(raw: bytes) -> list[str]:
    """The message ids in a field, without brackets (RFC 5322 3.6.4), also where the brackets are missing."""
    text = decode_words(raw)
    bare = _COMMENT.sub(" ", _ID.sub(" ", text)).replace(",", " ").split()
    if all("@" in word for word in bare):
        # nothing but ids, some perhaps without their brackets: all of them, in their order
        words = _COMMENT.sub(" ", text) if "(" in text else text
        found = [one[1] or one[2] for one in _ANY_ID.finditer(words)]
    else:
        found = _ID.findall(text) or [word for word in bare if "@" in word]
    clean = (" ".join(one.split()).strip("<>,;\"'") for one in found)
    return [one for one in clean if one]


def date(raw: bytes) -> datetime | None:
    """The moment a Date field names, in its own zone, None when it names none that can be true."""
    return dates.moment(raw)
