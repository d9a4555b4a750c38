"""Names of hosts: what belongs to one owner, what looks like another's, and how a coded name reads."""

import ipaddress
import re
from collections.abc import Iterable

import idna

from tickets.deception import letters

# Under these nobody owns the last two parts of a name: example.co.uk is one owner's, co.uk is not.
_SHARED = {"ac", "co", "com", "edu", "gob", "gov", "ltd", "ne", "net", "or", "org", "plc", "sch"}
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|\d+)", re.IGNORECASE)
SHORTENERS = {
    *(
        "bit.ly",
        "bitly.com",
        "buff.ly",
        "clck.ru",
        "cutt.ly",
        "cutt.us",
        "goo.gl",
        "goo.su",
        "is.gd",
        "kurl.ru",
    ),
    *("ow.ly", "qps.ru", "rb.gy", "rebrand.ly", "shorturl.at", "shorturl.asia", "soo.gd", "surl.li", "t.co"),
    *("t.ly", "tiny.cc", "tinyurl.com", "u.to", "urlz.fr", "v.gd", "vk.cc", "lnkd.in", "short.io", "tny.im"),
}
_LIKENESS_FROM = 5  # letters; of shorter names too many are one letter apart


def owner(host: str) -> str:
    """The part of a host's name that somebody registered: "shop.example.co.uk" → "example.co.uk"."""
    parts = host.lower().rstrip(".").split(".")
    shared = len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in _SHARED
    return ".".join(parts[-3 if shared else -2 :])


def same_owner(one: str, other: str) -> bool:
    return owner(readable(one)) == owner(readable(other))


def readable(host: str) -> str:
    """A coded international name as it is read (xn--… decoded), in lower case."""
    return ".".join(_decoded(part) for part in host.lower().rstrip(".").split("."))


def is_number(host: str) -> bool:
    """Whether a browser takes this for the number of a machine, however it is written (WHATWG URL)."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return bool(_NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]))
    return True


def disguised(host: str) -> bool:
    """Whether a name in foreign letters is mixed or reads like a Latin one."""
    parts = readable(host).split(".")
    foreign = [part for part in parts if not part.isascii()]
    if any(letters.mixes_scripts(part) for part in foreign):
        return True
    return parts[-1].isascii() and any(letters.looks_latin(part) for part in foreign)


def imitated(host: str, known: Iterable[str]) -> str:
    """Which of the known hosts this one looks like without being its owner's; "" when none."""
    mine = owner(readable(host))
    name, bones = _name(mine), letters.bones(_name(mine))
    owners = {owner(readable(each)) for each in known}
    if mine in owners:
        return ""
    return next((each for each in sorted(owners) if _looks_like(name, bones, _name(each))), "")


def is_shortener(host: str) -> bool:
    return owner(host) in SHORTENERS


def _looks_like(name: str, bones: str, known: str) -> bool:
    if name == known or len(known) < _LIKENESS_FROM:
        return False  # the same name under another ending is too often somebody else's by right
    if letters.bones(known) == bones:
        return True
    most = 1 if len(known) < 10 else 2
    close = name[:1] == known[:1] and letters.distance(name, known, most) <= most
    return close or _wears(name, known)


def _wears(name: str, known: str) -> bool:
    """A name put before or behind others with a hyphen: paypal-secure, my-paypal."""
    return len(known) > _LIKENESS_FROM and known in name.split("-") and name != known


def _name(registered: str) -> str:
    return registered.split(".")[0]


def _decoded(part: str) -> str:
    if not part.startswith("xn--"):
        return part
    try:
        return idna.decode(part)
    except (idna.IDNAError, UnicodeError):
        try:
            return part[4:].encode("ascii").decode("punycode")
        except (UnicodeError, ValueError):
            return part
