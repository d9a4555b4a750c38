"""Addresses and names as they go over the wire, with no room for a second header in them."""

import re
from email.header import Header

from channels_app.adapters.email.words import one_line
from channels_app.messages import reply_token

_SHAPE = re.compile(r"[^\s<>\"(),:;\\\x00-\x1f\x7f]+@[^\s<>\"(),:;\\\x00-\x1f\x7f@]+")
_SIMPLE = re.compile(r"[\w !#$%&'*+/=?^`{|}~-]*", re.ASCII)
_LONGEST_WORD = 200


class NotAnAddress(ValueError):
    """Nothing can be sent to this."""


def on_wire(address: str) -> str:
    """The address with its domain in ASCII (IDNA); its local part may stay international (SMTPUTF8)."""
    address = address.strip()
    if not _SHAPE.fullmatch(address) or len(address) > 254:
        raise NotAnAddress(address)
    local, _at, domain = address.rpartition("@")
    try:
        return f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}"
    except UnicodeError as error:
        raise NotAnAddress(address) from error


def with_token(address: str, ticket_id: int) -> str:
    """The address that brings an answer to this ticket: local+t.TOKEN@domain."""
    local, _at, domain = address.rpartition("@")
    return f"{local}+t.{reply_token(ticket_id)}@{domain}"


def mailbox(name: str, address: str) -> str:
    """A name and an address as a header field's value."""
    name = one_line(name)
    if not name:
        return address
    if _SIMPLE.fullmatch(name) and "=?" not in name and len(name) <= _LONGEST_WORD:
        return f"{name} <{address}>"
    if name.isascii() and "=?" not in name and len(name) <= _LONGEST_WORD:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{address}>'
    return f"{words(name, 'Reply-To')} <{address}>"


def words(text: str, field: str) -> str:
    """A header field's words, folded, encoded (RFC 2047) where they are more than plain ASCII."""
    text = one_line(text)
    plain = text.isascii() and "=?" not in text and all(len(word) <= _LONGEST_WORD for word in text.split())
    charset = "us-ascii" if plain else "utf-8"
    return Header(text, charset, maxlinelen=76, header_name=field).encode(linesep="\r\n")
