"""Who wrote a mail when it is not who stands in From: contact forms and lists pass people's words on."""

import re
from collections.abc import Collection
from typing import NamedTuple

from channels_app.adapters.email import identity
from channels_app.adapters.email.headers import Headers

_ORIGINALS = ("x-original-from", "original-from", "x-google-original-from")
_POST = re.compile(rb"<mailto:([^>?]+)", re.IGNORECASE)
_VIA = re.compile(r"(?i)\s+(?:via|über|durch|par|через)\s+.{1,200}$")


class Author(NamedTuple):
    name: str
    address: str
    via: str = ""
    """The address in From, when that only passed the words on; nothing then proves who wrote."""


def author(headers: Headers, path: str, passing_on: Collection[str]) -> Author:
    """Whoever wrote. `passing_on` are addresses and domains in lower case whose Reply-To names the writer."""
    name, address = identity.sender(headers, path)
    given = address.lower()
    if given in passing_on or given.rpartition("@")[2] in passing_on:
        return _other(headers.addresses("reply-to"), given) or Author(name, address)
    if _is_list(headers, given, name):
        people = headers.addresses(*_ORIGINALS) or headers.addresses("reply-to")
        return _other(people, given) or Author(name, address)
    return Author(name, address)


def _other(people: list[tuple[str, str]], given: str) -> Author | None:
    """The one person named besides the address that passed the mail on; of several nobody can tell."""
    others = [(name, address) for name, address in people if address.lower() != given]
    return Author(_VIA.sub("", others[0][0]), others[0][1], given) if len(others) == 1 else None


def _is_list(headers: Headers, given: str, name: str) -> bool:
    """Whether a list put its own address into From, as it must where DMARC is strict (RFC 6377)."""
    if "list-id" not in headers and "list-post" not in headers:
        return False
    post = _POST.search(headers.raw("list-post"))
    is_posting = bool(post) and post[1].decode("latin-1").strip().lower() == given  # type: ignore[index]
    return is_posting or bool(_VIA.search(name))
