"""Whom a message goes to: addresses as people write them, and who is answered by a reply to all. Pure."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from tickets.models import Message

MOST = 50
LONGEST = 254

_QUOTED = r'"(?:\\.|[^"\\])*"'
_PIECE = re.compile(rf"(?:{_QUOTED}|<[^<>]*>|[^,;\n\"<])+|[\"<][^,;\n]*")
_NAMED = re.compile(rf"\s*(?P<name>{_QUOTED}|[^<>\"]*?)\s*<\s*(?P<address>[^<>]*?)\s*>\s*")
# As servers take them: no spaces, no separators, one @, a domain with letters or digits in its parts.
_ADDRESS = re.compile(
    r"[^\s<>()\[\]\\,;:@\"\x00-\x1f\x7f]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}[^\W_]"
)
_TOKEN = re.compile(r"\+t\.[0-9a-f]+\.[a-z2-7]+(?=@)", re.IGNORECASE)


class NotAddresses(ValueError):
    """Something in the field is no address; the pieces as they were typed."""

    def __init__(self, pieces: list[str]) -> None:
        super().__init__(", ".join(pieces))
        self.pieces = pieces


class TooMany(ValueError):
    """More recipients than one message may have."""


@dataclass(frozen=True)
class Recipients:
    """Bare addresses by field, each once over all fields, and the names that were written with them."""

    to: list[str] = field(default_factory=list)
    cc: list[str] = field(default_factory=list)
    bcc: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.to or self.cc or self.bcc)

    @property
    def everybody(self) -> list[str]:
        return [*self.to, *self.cc, *self.bcc]

    def as_json(self) -> dict[str, object]:
        """For the column of a message or delivery: "to" and "cc" always, the rest where there is any."""
        more = {"bcc": self.bcc, "names": self.names}
        return {"to": self.to, "cc": self.cc, **{name: value for name, value in more.items() if value}}

    def written(self, field: str) -> list[str]:
        """One field as a person would write it: names and addresses."""
        return [written(address, self.names.get(address, "")) for address in getattr(self, field)]


def pieces(text: str) -> list[str]:
    """What stands between the commas and semicolons, those in quotes left alone; nothing is judged."""
    return [piece.strip() for piece in _PIECE.findall(text) if piece.strip()]


def read(to: Iterable[str], cc: Iterable[str] = (), bcc: Iterable[str] = ()) -> Recipients:
    """Recipients from typed pieces, nobody twice. Raises NotAddresses, TooMany."""
    given = {"to": list(to), "cc": list(cc), "bcc": list(bcc)}
    wrong = [piece for typed in given.values() for piece in typed if _person(piece) is None]
    if wrong:
        raise NotAddresses(wrong)
    names: dict[str, str] = {}
    seen: set[str] = set()
    fields: dict[str, list[str]] = {}
    for name, typed in given.items():
        people = [person for piece in typed if (person := _person(piece))]
        fields[name] = [address for address, _called in people if not _was_seen(address, seen)]
        names |= {address: called for address, called in people if called and address not in names}
    if sum(map(len, fields.values())) > MOST:
        raise TooMany
    told = {address for addresses in fields.values() for address in addresses}
    return Recipients(**fields, names={address: name for address, name in names.items() if address in told})


def is_address(piece: str) -> bool:
    """Whether this is one address, with or without a name."""
    return _person(piece) is not None


def written(address: str, name: str) -> str:
    """A name and an address as one writes them into a field."""
    if not name or name == address:
        return address
    plain = re.fullmatch(r"[\w .'-]+", name)
    return f"{name} <{address}>" if plain else '"{}" <{}>'.format(name.replace('"', "'"), address)


def bare(address: str) -> str:
    """One spelling to compare by: lower case, without a reply token of ours."""
    return _TOKEN.sub("", address.strip().lower())


def reply(message: Message) -> Recipients:
    """Who is answered by a reply to this message: its sender, where they want answers (RFC 5322 3.6.2)."""
    if message.direction != Message.Direction.IN:
        return Recipients(to=message.to, names=_named(message.to, message))
    wanted = message.recipients.get("reply_to") or [message.sender_address]
    names = {message.sender_address: message.sender_name} if message.sender_name else {}
    to = [address for address in wanted if is_address(address)]
    return Recipients(to=to, names={address: names[address] for address in to if address in names})


def reply_all(message: Message, ours: Collection[str]) -> Recipients:
    """Who is answered by a reply to all: everybody in sight but ourselves (`ours`: bare addresses).

    Of a mail that reached us by a hidden copy only its sender: the others do not know that we read it.
    """
    first = reply(message)
    if message.direction != Message.Direction.IN:
        return Recipients(to=first.to, cc=message.cc, names=_named([*message.to, *message.cc], message))
    seen = {bare(address) for address in first.to}
    in_sight = [*message.to, *message.cc]
    if ours and not any(bare(address) in ours for address in in_sight):
        return first
    others = [
        address
        for address in in_sight
        if is_address(address) and bare(address) not in ours and not _was_seen(address, seen)
    ]
    to = [address for address in first.to if bare(address) not in ours]
    if not to:
        return Recipients(to=others, names=_named(others, message))
    return Recipients(to=to, cc=others, names=first.names | _named(others, message))


def _person(piece: str) -> tuple[str, str] | None:
    """(address, name) of one piece, None when it is no address."""
    named = _NAMED.fullmatch(piece)
    address = (named["address"] if named else piece).strip()
    if len(address) > LONGEST or not _ADDRESS.fullmatch(address):
        return None
    name = re.sub(r"\\(.)", r"\1", named["name"].strip().strip('"')) if named else ""
    local, _at, domain = address.rpartition("@")
    return f"{local}@{domain.lower()}", " ".join(name.split())[:200]


def _was_seen(address: str, seen: set[str]) -> bool:
    known = bare(address) in seen
    seen.add(bare(address))
    return known


def _named(addresses: Iterable[str], message: Message) -> dict[str, str]:
    return {address: message.names[address] for address in addresses if address in message.names}
