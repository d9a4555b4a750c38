"""One request and its answer over a wire, within limits (HTTP/1.1, RFC 9112)."""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import h11

from helpdesk.outgoing.address import Target
from helpdesk.outgoing.trouble import NotReached, Trouble
from helpdesk.outgoing.wire import Wire

LONGEST_HEAD = 32 * 1024
_ENCODINGS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


@dataclass(frozen=True, kw_only=True)
class Limits:
    size: int = 1024 * 1024
    """Bytes of an answer, unpacked."""
    cut: bool = False
    """Keep the beginning of a larger answer instead of refusing it."""
    connect: float = 5.0
    read: float = 10.0
    total: float = 20.0
    """Seconds: to connect, to wait for the next byte, and for everything with all redirects."""
    redirects: int = 3


@dataclass(frozen=True, kw_only=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    """By lower-case name; of several of one name the last."""
    body: bytes
    url: str
    """Where it came from in the end."""

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


def ask(
    wire: Wire, method: str, target: Target, headers: Iterable[tuple[str, str]], body: bytes, limits: Limits
) -> Answer:
    """Send a request and read its answer. Raises NotReached, OSError, h11.ProtocolError."""
    parser = h11.Connection(h11.CLIENT, max_incomplete_event_size=LONGEST_HEAD)
    request = h11.Request(method=method, target=target.path, headers=list(headers))
    wire.send(parser.send(request) or b"")
    if body:
        wire.send(parser.send(h11.Data(data=body)) or b"")
    wire.send(parser.send(h11.EndOfMessage()) or b"")
    response = _next(parser, wire)
    while isinstance(response, h11.InformationalResponse):
        response = _next(parser, wire)
    if not isinstance(response, h11.Response):
        raise NotReached(Trouble.BAD_ANSWER, "no answer")
    found = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
    is_redirect = 300 <= response.status_code < 400
    content = b"" if is_redirect else _body(parser, wire, _Unpacker(found, limits))
    return Answer(status=response.status_code, headers=found, body=content, url=target.url)


def _next(parser: h11.Connection, wire: Wire) -> object:
    while (event := parser.next_event()) is h11.NEED_DATA:
        parser.receive_data(wire.receive())
    return event


def _body(parser: h11.Connection, wire: Wire, unpacker: "_Unpacker") -> bytes:
    while not isinstance(event := _next(parser, wire), h11.EndOfMessage):
        if not isinstance(event, h11.Data):
            raise NotReached(Trouble.BAD_ANSWER, "it ended too soon")
        if not unpacker.takes(bytes(event.data)):
            return bytes(unpacker.content)
    return unpacker.whole()


class _Unpacker:
    """Gathers a body, unpacked as it comes, so that a bomb is noticed before it has gone off."""

    def __init__(self, headers: Mapping[str, str], limits: Limits) -> None:
        self.content = bytearray()
        self._begun = False
        self._limits = limits
        encoding = headers.get("content-encoding", "identity").strip().lower()
        if encoding not in {*_ENCODINGS, "identity", ""}:
            raise NotReached(Trouble.BAD_ANSWER, f"encoding {encoding!r}")
        self._zlib = zlib.decompressobj(_ENCODINGS[encoding]) if encoding in _ENCODINGS else None
        told = headers.get("content-length", "")
        if told.isdecimal() and int(told) > limits.size and not limits.cut:
            raise NotReached(Trouble.TOO_LARGE, f"{told} bytes")

    def whole(self) -> bytes:
        """All of it, now that nothing more comes. Raises NotReached(BAD_ANSWER) when its end is missing."""
        if self._zlib and self._begun and not self._zlib.eof:
            raise NotReached(Trouble.BAD_ANSWER, "packed, and without an end")
        return bytes(self.content)

    def takes(self, chunk: bytes) -> bool:
        """Whether there is room for more. Raises NotReached(TOO_LARGE) unless the rest may be cut off."""
        self._begun = True
        room = self._limits.size - len(self.content) + 1
        try:
            self.content += self._zlib.decompress(chunk, room) if self._zlib else chunk[:room]
        except zlib.error as error:
            raise NotReached(Trouble.BAD_ANSWER, str(error)) from error
        if len(self.content) <= self._limits.size:
            return True
        if not self._limits.cut:
            raise NotReached(Trouble.TOO_LARGE, f"over {self._limits.size} bytes")
        del self.content[self._limits.size :]
        return False
