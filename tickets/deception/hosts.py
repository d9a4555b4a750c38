"""Names of hosts: what belongs to one owner, what looks like another's, and how a coded name reads."""

import ipaddress
import re
from collections.abc import Iterable

import idna

from helpdesk import domains
from tickets.deception import letters

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
    return domains.registered(host) or host.lower().rstrip(".")


def same_owner(one: str, other: str) -> bool:
    """Whether both belong to one registered domain, however they are written."""
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


class Known:
    """Hosts that people trust, laid out so that one that looks like them is found in a moment."""

    def __init__(self, known: Iterable[str]) -> None:
        self.owners = {owner(readable(host)) for host in known if host}
        self._bones: dict[str, str] = {}
        self._near: dict[str, list[str]] = {}
        for each in sorted(self.owners):
            name = _name(each)
            if len(name) >= _LIKENESS_FROM:
                self._bones.setdefault(_bones(name), each)
            if len(name) > _LIKENESS_FROM:
                for variant in _shortened(name):
                    self._near.setdefault(variant, []).append(each)

    def imitated(self, host: str) -> str:
        """Which owner this host looks like without being theirs; "" when none.

        By letters that look alike, by one letter changed, added, dropped or swapped, or by words put
        around it with hyphens. The same name under another ending is too often somebody else's by right.
        """
        mine = owner(readable(host))
        name = _name(mine)
        if mine in self.owners:
            return ""
        near = [self._bones.get(_bones(name), "")]
        near += [each for variant in _shortened(name) for each in self._near.get(variant, ())]
        near += [self._bones.get(_bones(part), "") for part in name.split("-") if len(part) > _LIKENESS_FROM]
        return next((each for each in near if each and self._looks_like(name, _name(each))), "")

    @staticmethod
    def _looks_like(name: str, known: str) -> bool:
        if name == known:
            return False
        if _bones(name) == _bones(known) or _bones(known) in map(_bones, name.split("-")):
            return True
        return name[:1] == known[:1] and letters.distance(name, known, 1) <= 1


def is_shortener(host: str) -> bool:
    return owner(host) in SHORTENERS


def _bones(name: str) -> str:
    return letters.bones(name.replace("-", ""))


def _shortened(name: str) -> set[str]:
    """The name, and the name without each one of its letters: names one step apart share one of these."""
    return {name, *(name[:place] + name[place + 1 :] for place in range(len(name)))}


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
