"""S/MIME: what lies inside of signed data (RFC 5652 5, RFC 8551 3.5.2). Nothing is verified here."""

from collections.abc import Iterator
from dataclasses import dataclass

TYPES = {"application/pkcs7-mime", "application/x-pkcs7-mime"}

SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
ENVELOPED = {bytes.fromhex("2a864886f70d010703"), bytes.fromhex("2a864886f70d0109100117")}
DATA = bytes.fromhex("2a864886f70d010701")
MAX_DEPTH = 30

_OID, _OCTETS, _SEQUENCE, _CONTENT = 0x06, 0x04, 0x30, 0xA0


@dataclass(frozen=True)
class _Value:
    """One value of BER: its tag, and where its contents and itself end."""

    tag: int
    start: int
    end: int
    after: int


class _Broken(ValueError):
    """These bytes are no BER."""


def signed_content(raw: bytes) -> bytes | None:
    """The MIME entity inside of signed data, None when it holds none or is sealed."""
    try:
        kind, value = _wrapped(raw, _read(raw, 0))
        if kind != SIGNED_DATA or value is None:
            return None
        inside = next((one for one in _children(raw, value) if one.tag == _SEQUENCE), None)
        kind, value = _wrapped(raw, inside) if inside else (b"", None)
        return b"".join(_octets(raw, value)) if kind == DATA and value else None
    except (_Broken, IndexError, RecursionError):
        return None


def is_encrypted(raw: bytes) -> bool:
    """Whether only the holder of a key can read it."""
    try:
        return _wrapped(raw, _read(raw, 0))[0] in ENVELOPED
    except (_Broken, IndexError, RecursionError):
        return False


def _wrapped(raw: bytes, info: _Value) -> tuple[bytes, _Value | None]:
    """ContentInfo: its type, and what it holds."""
    named, *held = list(_children(raw, info))[:2] or [_Value(0, 0, 0, 0)]
    if named.tag != _OID:
        raise _Broken
    inside = next(_children(raw, held[0]), None) if held and held[0].tag == _CONTENT else None
    return raw[named.start : named.end], inside


def _octets(raw: bytes, value: _Value, depth: int = 0) -> Iterator[bytes]:
    """An octet string, whole or in pieces as programs that stream write it."""
    if not value.tag & 0x20:
        yield raw[value.start : value.end]
    elif depth < MAX_DEPTH:
        for piece in _children(raw, value):
            yield from _octets(raw, piece, depth + 1)


def _children(raw: bytes, value: _Value) -> Iterator[_Value]:
    at = value.start
    while at < value.end and raw[at : at + 2] != b"\0\0":
        child = _read(raw, at)
        yield child
        at = child.after


def _read(raw: bytes, at: int, depth: int = 0) -> _Value:
    tag, first = raw[at], raw[at + 1]
    start = at + 2
    if first == 0x80:  # of indefinite length: it ends with two zeros
        if depth > MAX_DEPTH:
            raise _Broken
        end = start
        while raw[end : end + 2] != b"\0\0":
            end = _read(raw, end, depth + 1).after
        return _Value(tag, start, end, end + 2)
    if first & 0x80:
        many = first & 0x7F
        if many > 5:
            raise _Broken
        length, start = int.from_bytes(raw[start : start + many], "big"), start + many
    else:
        length = first
    if start + length > len(raw):
        raise _Broken
    return _Value(tag, start, start + length, start + length)
