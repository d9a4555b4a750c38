"""Links: where one truly leads, and what about it deserves a second look. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from tickets.deception import hosts, letters

_WEB = re.compile(r"^(https?):[/\\]*", re.IGNORECASE)
_PLACE = re.compile(r"([^/\\\\?#]*)(.*)", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x20\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
# Endings by which a bare word in a text reads as a host; "version 2.0" and "invoice.pdf" do not.
_ENDINGS = (
    "com|net|org|info|biz|edu|gov|eu|io|co|me|tv|app|dev|shop|store|online|site|xyz|top|club|live|pro|bank|example|"
    "at|au|be|bg|br|by|ca|ch|cn|cz|de|dk|ee|es|fi|fr|gr|hr|hu|ie|il|in|it|jp|kr|kz|lt|lv|mx|nl|no|nz|pl|pt|"
    "ro|rs|ru|se|si|sk|su|tr|ua|uk|us|za|рф|рус|москва|бел|укр"
)
_NAMED = re.compile(
    rf"(?:https?:[/\\]+(?P<written>[^\s/\\?#<>\"'()]+))|(?<![\w-])(?P<bare>(?:[\w-]+\.)+(?:{_ENDINGS}))(?![\w-]|\.\w)",
    re.IGNORECASE,
)


class Doubt(StrEnum):
    ELSEWHERE = "elsewhere"
    """Its text names another host, or another address, than it opens."""
    DISGUISED = "disguised"
    """Its host is spelled in letters that look like others."""
    FOREIGN = "foreign"
    """Its host is spelled in letters outside of ASCII."""
    NUMBER = "number"
    """It opens a machine by its number, not by a name."""
    CREDENTIALS = "credentials"
    """A name or password stands before the host, where a reader looks for the host itself."""
    SHORTENED = "shortened"
    """A service hides where it leads."""


@dataclass(frozen=True, kw_only=True)
class Link:
    href: str
    """What a browser opens, spelled as it understands it; "" when it must not be opened."""
    target: str
    """Where it leads, for people: the host, or the address of a person."""
    doubts: tuple[Doubt, ...] = ()


def read(href: str, text: str, *, turned: bool = False) -> Link:
    """What a link is and what is odd about it; `turned` text is shown in the other direction as well."""
    href = _CONTROL.sub("", href)
    if not _WEB.match(href):
        return _other(href, text)
    parts = _parts(href)
    host = parts.hostname if parts else None
    if parts is None or not host:
        return Link(href="", target="")
    words = [text, text[::-1]] if turned else [text]
    doubts = [
        (Doubt.ELSEWHERE, any(_names_another(each, host) for each in words)),
        (Doubt.CREDENTIALS, "@" in parts.netloc),
        (Doubt.NUMBER, hosts.is_number(host)),
        (Doubt.DISGUISED, hosts.disguised(host)),
        (Doubt.FOREIGN, not hosts.readable(host).isascii() and not hosts.disguised(host)),
        (Doubt.SHORTENED, hosts.is_shortener(host)),
    ]
    found = tuple(doubt for doubt, holds in doubts if holds)
    return Link(href=urlunsplit(parts), target=hosts.readable(host), doubts=found)


def _other(href: str, text: str) -> Link:
    """An address of a person or a phone number; anything else is not opened."""
    scheme, _colon, rest = href.partition(":")
    if scheme.lower() not in {"mailto", "tel"} or not rest:
        return Link(href="", target="")
    target = letters.visible(unquote(rest.partition("?")[0]))
    host = target.rpartition("@")[2].lower()
    elsewhere = scheme.lower() == "mailto" and bool(host) and _names_another(text, host)
    return Link(href=href, target=target[:200], doubts=(Doubt.ELSEWHERE,) if elsewhere else ())


def _parts(href: str) -> SplitResult | None:
    """An address of the web taken apart as a browser does it (WHATWG URL), None when it is none.

    A browser takes "https:/\\a" for "https://a", decodes a host's percent signs, and folds its letters.
    """
    scheme = href.partition(":")[0].lower()
    place, path = _PLACE.fullmatch(_WEB.sub("", href)).groups()  # type: ignore[union-attr]
    person, at, host = place.rpartition("@")
    host = unicodedata.normalize("NFKC", unquote(host)).replace("。", ".").lower()
    try:
        parts = urlsplit(f"{scheme}://{person}{at}{host}{path.replace(chr(92), '/', 1)}")
        return parts if parts.port is None or parts.port else None
    except ValueError:
        return None


def _names_another(text: str, host: str) -> bool:
    """Whether a text names a host, and none that belongs to the owner of `host`."""
    plain = unicodedata.normalize("NFKC", letters.visible(text))
    named = [found["written"] or found["bare"] for found in _NAMED.finditer(plain)]
    named = [each.rpartition("@")[2].partition(":")[0] for each in named]
    return bool(named) and not any(hosts.same_owner(each, host) for each in named)
