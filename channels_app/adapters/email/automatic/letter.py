"""A mail as this package reads it: its sender, its subject, and its own words in plain lower case."""

import re
import tomllib
import unicodedata
from functools import cached_property
from html import unescape
from pathlib import Path

from channels_app.adapters.email.headers import Headers
from channels_app.adapters.email.mime import Part

LONGEST = 20_000
NOBODY = "<>"

_ANSWER = re.compile(
    r"(?:\[[^\]]{1,40}\]\s*)?(?:re|aw|antw|antwort|sv|vs|vá|válasz|ref|rif|r|odp|ynt|yn|bls|res|rép|отв|ответ|на"
    r"|відп|회신|回复|回覆|答复|返信)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"(?:\[[^\]]{1,40}\]\s*)?(?:fw|fwd|wg|tr|rv|enc|i|pd|vb|vl|doorst|továbbítás|továbbítva|tov|пересл|переслано|fs|ilt|i̇lt"
    r"|weitergeleitet|př|přep|إعادة توجيه|转发|轉寄|전달|転送)\s*[:：]|\[fwd",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[\s\u200b\ufeff\xa0]+")
_QUOTED = re.compile(r"^\s{0,3}>.*$", re.MULTILINE)
_SILENT = re.compile(r"<(style|script|head|title)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_EDGE = re.compile(r"<(?:br|/?(?:p|div|tr|td|th|li|ul|h[1-6]|table|pre|blockquote))\b[^<>]{0,2000}>", re.I)
_TAG = re.compile(r"<(?:!--|[/!?a-zA-Z])[^<>]{0,4000}>")
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def phrases(name: str) -> dict[str, tuple[str, ...]]:
    """The lists of a table of wordings beside this module, each phrase as `normal` would write it."""
    tables = tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return {
        key: tuple(dict.fromkeys(normal(line, strip=False) for line in lines.splitlines() if line.strip()))
        for key, lines in tables.items()
    }


def normal(text: str, *, strip: bool = True) -> str:
    """Lower case, single spaces, straight apostrophes: as the tables of wordings are written."""
    text = unicodedata.normalize("NFC", text).translate(_TYPOGRAPHY).lower().replace("i̇", "i")
    text = _SPACES.sub(" ", text)
    return text.strip() if strip else text


class Letter:
    """What the judging functions ask of a mail; everything is worked out once and only when asked for."""

    def __init__(self, root: Part, path: str) -> None:
        self.root = root
        self.headers: Headers = root.headers
        self.path = path

    @cached_property
    def parts(self) -> list[Part]:
        return list(self.root.walk())

    @cached_property
    def types(self) -> set[str]:
        return {part.content_type for part in self.parts}

    @cached_property
    def subject(self) -> str:
        return normal(self.headers.text("subject"))

    @cached_property
    def is_answer(self) -> bool:
        return bool(_ANSWER.match(self.subject))

    @cached_property
    def is_forward(self) -> bool:
        return bool(_FORWARD.match(self.subject))

    @cached_property
    def has_null_path(self) -> bool:
        """Whether its envelope says that it must never be answered (RFC 5321 4.5.5)."""
        path = self.path or self.headers.plain("x-envelope-from").replace(" ", "")
        return path == NOBODY or path.strip("<>").lower().partition("@")[0] == "mailer-daemon"

    @cached_property
    def sender(self) -> tuple[str, str]:
        """(name, address) in lower case."""
        named = self.headers.addresses("from")
        if named:
            return normal(named[0][0]), named[0][1].lower()
        name, local = self.headers.somebody("from")  # "MAILER-DAEMON (Mail Delivery System)"
        return normal(name or self.headers.text("from")), local.lower()

    @cached_property
    def lines(self) -> str:
        """Its own text with its lines, from plain text or else from HTML; of several texts the first two."""
        leaves = [part for part in self.parts if not part.is_multipart and part.disposition != "attachment"]
        plain = [part.text() for part in leaves if part.content_type == "text/plain"]
        plain = [text for text in plain if text.strip()] or [
            words_of(part.text()) for part in leaves if part.content_type == "text/html"
        ]
        return "\n".join(text[:LONGEST] for text in plain[:2])

    @cached_property
    def words(self) -> str:
        """The same in lower case on one line, without what it quotes."""
        return normal(_QUOTED.sub(" ", self.lines[:LONGEST]))


def words_of(page: str) -> str:
    """The words of HTML, a line for each block."""
    page = _EDGE.sub("\n", _SILENT.sub(" ", page[: LONGEST * 8]))
    return unescape(_TAG.sub(" ", page))
