"""A connection to an address that was checked, with one deadline for all that is done on it."""

import socket
import ssl
import threading
import time
from collections.abc import Iterable
from functools import lru_cache
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings

from helpdesk.outgoing import networks
from helpdesk.outgoing.address import Target
from helpdesk.outgoing.trouble import NotReached, Trouble

CHUNK = 64 * 1024
LONGEST_GREETING = 4096  # of a proxy

Place = tuple[str, int] | tuple[str, int, int, int]
"""An address and a port, of IPv6 with flow and zone, as the socket module has them."""


class Deadline:
    """So many seconds for everything, at most so many for a single wait."""

    def __init__(self, seconds: float, each: float) -> None:
        self._end = time.monotonic() + seconds
        self._each = each

    def left(self, most: float | None = None) -> float:
        """Seconds that the next wait may take; raises NotReached(TOO_SLOW) when none is left."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise NotReached(Trouble.TOO_SLOW)
        return min(left, self._each if most is None else most)


class Wire:
    """Bytes to and from the other side; every wait counts against the deadline."""

    def __init__(self, plain: socket.socket, deadline: Deadline) -> None:
        self._socket = plain
        self._deadline = deadline

    def secure(self, host: str) -> None:
        """TLS for `host`, whose certificate is checked. Raises NotReached."""
        self._socket.settimeout(self._deadline.left())
        try:
            self._socket = _tls().wrap_socket(self._socket, server_hostname=host)
        except ssl.SSLCertVerificationError as error:
            raise NotReached(Trouble.NOT_TRUSTED, error.verify_message) from error

    def send(self, content: bytes) -> None:
        for start in range(0, len(content), CHUNK):
            self._socket.settimeout(self._deadline.left())
            self._socket.sendall(content[start : start + CHUNK])

    def receive(self) -> bytes:
        """What has come, b"" at the end."""
        self._socket.settimeout(self._deadline.left())
        return self._socket.recv(CHUNK)

    def close(self) -> None:
        self._socket.close()


def dial(target: Target, *, allowed: Iterable[str], deadline: Deadline, connect: float) -> Wire:
    """A wire to one of the addresses of the target that may be reached. Raises NotReached, OSError."""
    found = resolve(target, deadline)
    reachable = [place for place in found if networks.may_reach(target.host, place[0], allowed)]
    if not reachable:
        raise NotReached(Trouble.PRIVATE, ", ".join(place[0] for place in found))
    wire = Wire(_connected(reachable, deadline, connect), deadline)
    try:
        if target.scheme == "https":
            wire.secure(target.host)
    except BaseException:
        wire.close()
        raise
    return wire


def resolve(target: Target, deadline: Deadline) -> list[Place]:
    """Where a host is, asked for once; a silent name server costs no more than the deadline.

    Names below localhost are this machine, also where its resolver does not know it (RFC 6761, 6.3).
    """
    host = "localhost" if target.host.endswith(".localhost") else target.host
    found: list[Place] = []
    failed: list[Exception] = []

    def ask() -> None:
        try:
            entries = socket.getaddrinfo(host, target.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            failed.append(error)
        else:
            found.extend(dict.fromkeys(cast(Place, entry[4]) for entry in entries))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(deadline.left())
    if failed:
        raise NotReached(Trouble.UNKNOWN_HOST, str(failed[0]))
    if asking.is_alive():
        raise NotReached(Trouble.TOO_SLOW, "name server")
    return found


def _connected(places: list[Place], deadline: Deadline, connect: float) -> socket.socket:
    failure: OSError | None = None
    for place in places:
        try:
            if settings.OUTGOING_PROXY:
                return _through_proxy(place, deadline, connect)
            return _connect(place, deadline.left(connect))
        except OSError as error:
            failure = error
    raise NotReached(Trouble.NO_CONNECTION, str(failure)) from failure


def _connect(place: Place, seconds: float) -> socket.socket:
    """To an address as it was resolved: `create_connection` would ask the name servers again."""
    plain = socket.socket(socket.AF_INET6 if len(place) == 4 else socket.AF_INET, socket.SOCK_STREAM)
    try:
        plain.settimeout(seconds)
        plain.connect(place)
    except BaseException:
        plain.close()
        raise
    return plain


def _through_proxy(place: Place, deadline: Deadline, connect: float) -> socket.socket:
    """A tunnel to the checked address (RFC 9110 9.3.6): the proxy resolves nothing."""
    proxy = urlsplit(settings.OUTGOING_PROXY)
    plain = socket.create_connection((proxy.hostname or "", proxy.port or 3128), deadline.left(connect))
    try:
        there = f"[{place[0]}]:{place[1]}" if ":" in place[0] else f"{place[0]}:{place[1]}"
        plain.sendall(f"CONNECT {there} HTTP/1.1\r\nHost: {there}\r\n\r\n".encode())
        greeting = b""
        while not greeting.endswith(b"\r\n\r\n"):
            plain.settimeout(deadline.left())
            byte = plain.recv(1)  # not one more: what follows belongs to the other side
            if not byte or len(greeting) > LONGEST_GREETING:
                raise ConnectionError("the proxy broke off")
            greeting += byte
        if not greeting.split(b" ", 2)[1:2] == [b"200"]:
            raise ConnectionError(f"the proxy said {greeting[:80]!r}")
    except BaseException:
        plain.close()
        raise
    return plain


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
