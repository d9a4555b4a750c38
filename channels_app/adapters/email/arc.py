"""What a forwarder saw before it passed a mail on (Authenticated Received Chain, RFC 8617).

A list or a forwarder changes mails, so that DKIM and DMARC fail at whoever gets them next. It may seal what
it found itself. Anybody can write such a seal: it counts only when our own server found the chain whole
(arc=pass) and an admin trusts whoever sealed it.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from channels_app.adapters.email import charset
from channels_app.adapters.email.headers import Headers

LONGEST_CHAIN = 50  # RFC 8617 4.2.1
_INSTANCE = re.compile(r"^\s*i\s*=\s*(\d{1,2})\s*;")
_TAG = re.compile(r"(?:^|;)\s*([a-z]+)\s*=\s*([^;\s]*)", re.IGNORECASE)
_MICROSOFT = "microsoft.com"


class Hop(NamedTuple):
    """One server of the chain: the domain that sealed, and what it found, as in Authentication-Results."""

    sealer: str
    found: bytes


def vouched(
    headers: Headers,
    forwarders: Iterable[str],
    *,
    is_ours: Callable[[bytes], bool],
    proves: Callable[[bytes], bool],
) -> str:
    """The trusted forwarder that saw From proved, "" when none did.

    From the newest hop down, as long as each is trusted; our own server's (`is_ours`) is passed over. That
    the chain is whole is for the caller to know.
    """
    wanted = [one.lower().lstrip("@.") for one in forwarders]
    for hop in _hops(headers) if wanted else ():
        if is_ours(hop.found):
            continue
        if not any(hop.sealer == one or hop.sealer.endswith(f".{one}") for one in wanted):
            return ""
        if proves(hop.found):
            return hop.sealer
    return ""


def is_microsofts_own(found: bytes, trusted: Sequence[str]) -> bool:
    """Microsoft leaves its name out of its results, but not out of the seal that it adds on arrival."""
    server = charset.decode(found[:200]).split(";")[0].split()
    return "" in trusted and bool(server) and server[0].lower().endswith(f".{_MICROSOFT}")


def _hops(headers: Headers) -> list[Hop]:
    """The chain from its newest hop on; nothing of one with gaps or doubles (RFC 8617 5.2)."""
    seals, found = _numbered(headers, "arc-seal"), _numbered(headers, "arc-authentication-results")
    count = len(seals)
    whole = set(seals) == set(found) == set(range(1, count + 1))
    if not whole or len(headers.every("arc-seal")) != count or count > LONGEST_CHAIN:
        return []
    return [Hop(_sealer(seals[number]), found[number]) for number in range(count, 0, -1)]


def _numbered(headers: Headers, name: str) -> dict[int, bytes]:
    """The fields by their instance, without it."""
    numbered: dict[int, bytes] = {}
    for raw in headers.every(name):
        text = charset.decode(raw)
        if instance := _INSTANCE.match(text):
            numbered[int(instance[1])] = text[instance.end() :].encode()
    return numbered


def _sealer(seal: bytes) -> str:
    tags = {name.lower(): value for name, value in _TAG.findall(charset.decode(seal))}
    return tags.get("d", "").lower().rstrip(".")
