"""Senders who look like somebody else. Pure: who is known is given."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tickets.deception import hosts, letters

_ADDRESS = re.compile(r"[^\s<>()\[\]\"',;:]+@([\w-]+(?:\.[\w-]+)+)")
_HOST = re.compile(
    r"(?<![\w@.-])((?:[\w-]+\.)+(?:com|net|org|info|eu|io|ru|hu|de|uk|example))(?![\w.-])", re.IGNORECASE
)


class Doubt(StrEnum):
    IMITATES = "imitates"
    """The domain looks like one of ours, of a customer's, or a well-known one."""
    DISGUISED = "disguised"
    """The domain is spelled in letters that look like others."""
    NAMES_ADDRESS = "names_address"
    """The display name is an address, or a domain, of somebody else."""
    COLLEAGUE = "colleague"
    """The name of a colleague, who writes from another address."""
    PARTNER = "partner"
    """The name of somebody of an organisation we know, written from outside of it."""
    NAMESAKE = "namesake"
    """The name of another customer; it may well be the same person."""
    ANSWERS_ELSEWHERE = "answers_elsewhere"
    """Answers are asked for at another domain."""


@dataclass(frozen=True, kw_only=True)
class Suspicion:
    doubt: Doubt
    like: str = ""
    """Who or what it is taken for, or where answers go."""


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """Whom this desk knows."""

    own: frozenset[str]
    """The domains of our mailboxes."""
    hosts: hosts.Known
    """Domains worth imitating: ours, those of organisations, and well-known ones."""
    colleagues: Mapping[str, tuple[str, ...]]
    """Folded name → addresses."""


def suspicions(
    name: str, address: str, reply_to: Sequence[str], known: Surroundings, *, is_proved: bool = False
) -> list[Suspicion]:
    """What is odd about a sender, by name and address alone; `is_proved` when the domain proved itself."""
    host = address.rpartition("@")[2].lower()
    if not host:
        return []
    found: list[Suspicion] = []
    if like := known.hosts.imitated(host):
        found.append(Suspicion(doubt=Doubt.IMITATES, like=like))
    elif hosts.disguised(host):
        found.append(Suspicion(doubt=Doubt.DISGUISED, like=hosts.readable(host)))
    if named := _named_elsewhere(name, host):
        found.append(Suspicion(doubt=Doubt.NAMES_ADDRESS, like=named))
    if _poses_as_colleague(name, address, host, known, is_proved):
        found.append(Suspicion(doubt=Doubt.COLLEAGUE, like=name.strip()))
    if elsewhere := _answers_elsewhere(reply_to, host):
        found.append(Suspicion(doubt=Doubt.ANSWERS_ELSEWHERE, like=elsewhere))
    return found


def folded(name: str) -> str:
    """One spelling for one name, whatever its letters and the order "Family, Given"; "" for a single word."""
    plain = unicodedata.normalize("NFKC", letters.visible(name)).casefold()
    words = re.findall(r"[^\W\d_]+", plain)
    return " ".join(sorted(letters.bones(word) for word in words)) if len(words) > 1 else ""


def _named_elsewhere(name: str, host: str) -> str:
    """An address or domain in the display name that belongs to somebody else."""
    plain = unicodedata.normalize("NFKC", letters.visible(name))
    found = _ADDRESS.search(plain) or _HOST.search(plain)
    if found and not hosts.same_owner(found[1], host):
        return found[0]
    return ""


def _poses_as_colleague(name: str, address: str, host: str, known: Surroundings, is_proved: bool) -> bool:
    addresses = known.colleagues.get(folded(name)) if folded(name) else None
    if not addresses or address.lower() in addresses:
        return False
    return not (is_proved and hosts.owner(host) in known.own)


def _answers_elsewhere(reply_to: Sequence[str], host: str) -> str:
    others = [each for each in reply_to if not hosts.same_owner(each.rpartition("@")[2], host)]
    return others[0] if others and len(others) == len(reply_to) else ""
