"""Is the address in From the true one? What the server that received the mail found out (RFC 8601, 7489).

Only what our own receiving server wrote counts. Anybody may write the same header into a mail before sending
it; a server worth trusting puts its own on top, and takes out those that claim its name.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from channels_app.adapters.email import arc, charset
from channels_app.adapters.email.headers import Headers
from channels_app.messages import Authenticity
from helpdesk import domains

HOSTED: dict[str, tuple[str, ...]] = {
    # The end of the name we fetch from: who writes the results there. Microsoft leaves its name out: "".
    "gmail.com": ("mx.google.com",),
    "googlemail.com": ("mx.google.com",),
    "office365.com": ("",),
    "outlook.com": ("",),
    "yandex.ru": (".yandex.net", ".yandex.ru"),
    "yandex.com": (".yandex.net", ".yandex.ru"),
    "mail.ru": (".mail.ru",),
    "icloud.com": (".icloud.com",),
    "mail.me.com": (".icloud.com",),
    "yahoo.com": (".yahoo.com",),
    "fastmail.com": (".messagingengine.com",),
    "zoho.com": (".zohomail.com", ".zoho.com"),
    "zoho.eu": (".zohomail.eu", ".zoho.eu"),
    "gmx.net": ("gmx.net",),
}

MOST_BYTES = 16 * 1024
LONGEST_NAME = 254
_FIELD = "authentication-results"
_QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"')
_UP_TO_COMMENT = re.compile(r'(?:\\.?|"(?:\\.|[^"\\])*\\?(?:"|\Z)|[^\\"(])*', re.DOTALL)
_BRACKET = re.compile(r"\\.|[()]", re.DOTALL)
_MAILTO = re.compile(rb"<mailto:([^>?\s]+)", re.IGNORECASE)
_LIST_ID = re.compile(r"<([^<>\s]+)>")
_METHOD = re.compile(r"\s*([a-z][\w-]*)(?:\s*/\s*\d+)?\s*=\s*([a-z]+)\b", re.IGNORECASE)
_PROPERTY = re.compile(r"\b([a-z]+\.[a-z0-9_-]+)\s*=\s*([^\s;]+)", re.IGNORECASE)


class Result(NamedTuple):
    """What one method found: `Result("dkim", "pass", {"header.d": "mail.example"})`."""

    method: str
    value: str
    properties: dict[str, str]


def trusted_servers(config: dict[str, Any]) -> tuple[str, ...]:
    """Whose results a mailbox believes: the ids an admin named, else its provider's.

    An id that begins with a dot stands for every name that ends so. Nobody is believed who is not named here.
    """
    named = str(config.get("authserv_id") or "").lower().replace(",", " ").split()
    if named:
        return tuple(named)
    host = str(config.get("imap_host") or "").lower().strip(".")
    found = [ids for end, ids in HOSTED.items() if host == end or host.endswith(f".{end}")]
    return found[0] if found else ()


def verdict(headers: Headers, trusted: Sequence[str], forwarders: Sequence[str] = ()) -> Authenticity:
    """Whether From is proved (by DMARC; where it is silent, by aligned DKIM or SPF), disproved, or open.

    What is not proved any more may have been when one of the trusted `forwarders` had it (ARC).
    """
    results = list(own_results(headers, trusted))
    domain = _author(headers)
    dmarc = [result for result in results if result.method == "dmarc"]
    failed = any(result.value in ("fail", "reject", "quarantine") for result in dmarc)
    if domain and not failed and any(_proves(result, domain) for result in results):
        return Authenticity.PASS
    whole = any((result.method, result.value) == ("arc", "pass") for result in results)
    if domain and whole and forwarders and _vouched(headers, domain, trusted, forwarders):
        return Authenticity.PASS
    return Authenticity.FAIL if failed else Authenticity.NONE


def through_list(headers: Headers, trusted: Sequence[str]) -> str:
    """The mailing list that a mail surely came through, by the list's own DKIM or SPF; else ""."""
    post = _MAILTO.search(headers.raw("list-post"))
    named = charset.decode(post[1]) if post else ""
    named = named or next(iter(_LIST_ID.findall(charset.decode(headers.raw("list-id")))), "")
    domain = named.rpartition("@")[2].strip().lower()
    proved = any(
        result.method != "dmarc" and _proves(result, domain) for result in own_results(headers, trusted)
    )
    return named.strip().lower()[:LONGEST_NAME] if domain and proved else ""


def _author(headers: Headers) -> str:
    """The one domain in From, "" for several: servers check one author, programs show another."""
    authors = {address.rpartition("@")[2].lower() for _name, address in headers.addresses("from")}
    return authors.pop() if len(authors) == 1 and len(headers.every("from")) == 1 else ""


def _vouched(headers: Headers, domain: str, trusted: Sequence[str], forwarders: Sequence[str]) -> str:
    return arc.vouched(
        headers,
        forwarders,
        is_ours=lambda found: (
            _is_trusted(parsed(found)[0], [one for one in trusted if one])
            or arc.is_microsofts_own(found, trusted)
        ),
        proves=lambda found: any(_proves(result, domain) for result in parsed(found)[1]),
    )


def own_results(headers: Headers, trusted: Sequence[str]) -> Iterator[Result]:
    """What the trusted server found: its topmost fields, up to the next hop.

    Of each method the topmost field counts; a fail counts wherever it stands.
    """
    seen: set[str] = set()
    for raw in _topmost(headers, trusted):
        _server, results = parsed(raw)
        for result in results:
            if result.method not in seen or result.value == "fail":
                yield result
        seen |= {result.method for result in results}


def parsed(raw: bytes) -> tuple[str, list[Result]]:
    """The id of the server, "" when it left it out, and its results (RFC 8601 2.2)."""
    text = _without_comments(charset.decode(raw[:MOST_BYTES]))
    first, *rest = _split(text)
    words = first.split()
    if "=" in first:  # Microsoft begins with the first result
        words, rest = [], [first, *rest]
    server = words[0].strip('"').lower().rstrip(".") if words else ""
    return server, [found for part in rest if (found := _result(part))]


def is_aligned(one: str, other: str) -> bool:
    """Whether two domains are of one organisation (RFC 7489 3.1 and 3.2, relaxed alignment)."""
    owner = domains.registered(one)
    return bool(owner) and owner == domains.registered(other)


def _topmost(headers: Headers, trusted: Sequence[str]) -> Iterator[bytes]:
    found = False
    for name, value in headers.fields:
        if name == "received" and found:
            return
        if name == _FIELD and _is_trusted(parsed(value)[0], trusted):
            found = True
            yield value
        elif name == _FIELD and found:
            return


def _is_trusted(server: str, trusted: Sequence[str]) -> bool:
    return any(server == one or (one.startswith(".") and f".{server}".endswith(one)) for one in trusted)


def _proves(result: Result, domain: str) -> bool:
    """Whether one result shows that the mail comes from this domain."""
    if result.value != "pass":
        return False
    if result.method == "dmarc":
        return result.properties.get("header.from", domain).rpartition("@")[2].lower() == domain
    if result.method == "dkim":
        given = result.properties.get("header.d") or result.properties.get("header.i", "")
    elif result.method == "spf":
        given = result.properties.get("smtp.mailfrom", "")
    else:
        return False
    return is_aligned(given.rpartition("@")[2], domain)


def _result(part: str) -> Result | None:
    method = _METHOD.match(part)
    if method is None:
        return None
    properties: dict[str, str] = {}
    for name, value in _PROPERTY.findall(part[method.end() :]):
        properties.setdefault(name.lower(), value.strip('"'))
    return Result(method[1].lower(), method[2].lower(), properties)


def _without_comments(text: str) -> str:
    """The text without what stands in brackets, however deep; brackets in quotes are words."""
    kept, at = [], 0
    while at < len(text) and (words := _UP_TO_COMMENT.match(text, at)):
        kept.append(words[0])
        at = _end_of_comment(text, words.end())
    return "".join(kept)


def _end_of_comment(text: str, at: int) -> int:
    depth = 0
    for sign in _BRACKET.finditer(text, at):
        depth += {"(": 1, ")": -1}.get(sign[0], 0)
        if not depth:
            return sign.end()
    return len(text)


def _split(text: str) -> list[str]:
    """The parts between semicolons, those in quotes left out of it."""
    return _QUOTED.sub(lambda found: found[0].replace(";", " "), text).split(";")
