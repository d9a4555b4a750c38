"""Addresses and names as they go over the wire, with no room for a second header in them."""

import re
from email.header import Header
from urllib.parse import unquote

from channels_app.adapters.email.words import one_line
from channels_app.messages import read_token, reply_token, token_in_id

_SHAPE = re.compile(r"[^\s<>\"(),:;\\\x00-\x1f\x7f]+@[^\s<>\"(),:;\\\x00-\x1f\x7f@]+")
_SIMPLE = re.compile(r"[\w !#$%&'*+/=?^`{|}~-]*", re.ASCII)
_LONGEST_WORD = 200
_BOUNCE = re.compile(r"\+b\.([0-9a-f]+\.[a-z2-7]{16}\.[0-9a-f]{16})@([\w.-]+\w)", re.IGNORECASE)
LONGEST_LOCAL = 64


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


def bounce_address(address: str, message_id: str) -> str:
    """Where notices about one message of ours go: its id as a tag, local+b.ID@domain.

    Letters, digits and dots only, so that forwarders' rewriting (SRS) leaves it whole; the plain address
    where it would be longer than servers take (RFC 5321 4.5.3.1.1).
    """
    local, _at, domain = address.rpartition("@")
    tagged = f"{local}+b.{message_id.partition('@')[0].removeprefix('t.')}"
    return f"{tagged}@{domain}" if token_in_id(message_id) and len(tagged) <= LONGEST_LOCAL else address


def message_of_bounce(address: str) -> str:
    """The id of the message an address made by `bounce_address` stands for, "" for any other address."""
    found = _BOUNCE.search(unquote(address))
    if found is None:
        return ""
    message_id = f"t.{found[1]}@{found[2]}".lower()
    return message_id if read_token(token_in_id(message_id)) is not None else ""


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
