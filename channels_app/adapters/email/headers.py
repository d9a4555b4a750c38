"""Header fields, and what their values mean: encoded words, addresses, parameters, ids, dates."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from urllib.parse import unquote_to_bytes

from channels_app.adapters.email import charset
from channels_app.adapters.email.people import addresses
from channels_app.adapters.email.words import decode_words, one_line

MAX_ADDRESSES = 200
FIRST_YEAR = 1970  # there was no mail with such a header before

_FOLD = re.compile(rb"\r?\n(?=[ \t])")
_PARAMETER = re.compile(r";\s*([^\s=;\"]+)\s*=\s*(\"(?:\\.|[^\"\\])*\"|[^;]*)")
_SECTION = re.compile(r"(.+?)(?:\*(\d+))?(\*)?")
_ID = re.compile(r"<([^<>]+)>")


class Headers:
    """The fields of one header block, by lower-case name, in order, unfolded and not yet decoded."""

    def __init__(self, block: bytes) -> None:
        begun: list[tuple[str, list[bytes]]] = []
        for line in _FOLD.sub(b"", block).splitlines():
            name, colon, value = line.partition(b":")
            name = name.rstrip()
            if colon and name and b" " not in name and name.isascii():
                begun.append((name.decode("ascii").lower(), [value.strip()]))
            elif begun:  # a line that lost its indent belongs to the field before
                begun[-1][1].append(line.strip())
        self.fields = [(name, b" ".join(lines)) for name, lines in begun]
        self._people: dict[bytes, list[tuple[str, str]]] = {}
        self._first: dict[str, bytes] = {}
        for key, value in self.fields:
            self._first.setdefault(key, value)

    def __contains__(self, name: str) -> bool:
        return name in self._first

    def raw(self, name: str) -> bytes:
        return self._first.get(name, b"")

    def every(self, name: str) -> list[bytes]:
        return [value for key, value in self.fields if key == name]

    def text(self, name: str) -> str:
        """The first field of this name as one line for people, "" when there is none."""
        return one_line(decode_words(self.raw(name)))

    def plain(self, name: str) -> str:
        """The first field of this name as a code for machines, in lower case."""
        return charset.decode(self.raw(name)).strip().lower()

    def addresses(self, *names: str) -> list[tuple[str, str]]:
        """(name, address) of everybody in the fields of these names."""
        found: list[tuple[str, str]] = []
        for value in (value for name in names for value in self.every(name)):
            if value not in self._people:
                self._people[value] = addresses(value)
            found += self._people[value]
        return found[:MAX_ADDRESSES]


def parameters(raw: bytes) -> tuple[str, dict[str, str]]:
    """A structured field: its value in lower case, and its parameters (RFC 2231 put together)."""
    value, _semicolon, rest = raw.decode("latin-1").partition(";")
    simple: dict[str, str] = {}
    sections: dict[str, list[tuple[int, bool, str]]] = {}
    for key, given in _PARAMETER.findall(f";{rest}"):
        section = _SECTION.fullmatch(key.lower())
        if section is None:
            continue
        if section[2] or section[3]:
            sections.setdefault(section[1], []).append(
                (int((section[2] or "0")[:4]), bool(section[3]), _unquoted(given))
            )
        else:
            simple.setdefault(section[1], decode_words(_unquoted(given).encode("latin-1")))
    return value.strip().lower(), simple | {key: _joined(parts) for key, parts in sections.items()}


def _unquoted(given: str) -> str:
    given = given.strip()
    if len(given) > 1 and given[0] == given[-1] == '"':
        return re.sub(r"\\(.)", r"\1", given[1:-1])
    return given.strip('"')


def _joined(parts: list[tuple[int, bool, str]]) -> str:
    label, raw = "", b""
    for number, encoded, piece in sorted(parts):
        if encoded and number == 0 and piece.count("'") >= 2:
            label, _language, piece = piece.split("'", 2)
        raw += unquote_to_bytes(piece.encode("latin-1")) if encoded else piece.encode("latin-1")
    return charset.decode(raw, label)


def ids(raw: bytes) -> list[str]:
    """The message ids in a field, without brackets (RFC 5322 3.6.4), also where the brackets are missing."""
    text = charset.decode(raw)
    found = ["".join(inside.split()) for inside in _ID.findall(text)]
    return found or [word.strip("<>,;\"'") for word in text.split() if "@" in word]


def date(raw: bytes) -> datetime | None:
    """The moment a Date field names, in its own zone, None when it names none that can be true."""
    parts = parsedate_tz(decode_words(raw))
    if parts is None:
        return None
    try:
        zone = timezone(timedelta(seconds=parts[9] or 0))
        moment = datetime(*parts[:5], min(parts[5], 59), tzinfo=zone)
        return moment if moment.astimezone(UTC).year >= FIRST_YEAR else None
    except (ValueError, OverflowError):
        return None
