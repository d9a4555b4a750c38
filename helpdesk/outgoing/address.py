"""A web address taken apart and found fit to be asked, before any name is resolved (RFC 3986, 3987)."""

from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

import idna

from helpdesk.outgoing.trouble import NotReached, Trouble

DEFAULT_PORTS = {"http": 80, "https": 443}
LONGEST = 8000
# Above 1023 these belong to databases, caches, mail and the like, which a request could be made to feed.
OTHERS_PORTS = {
    *(1080, 1433, 1521, 1719, 1720, 1723, 2049, 2375, 2376, 2379, 2380, 2525, 3128, 3306, 3389, 3659, 4045),
    *(4190, 5060, 5061, 5432, 5672, 5900, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 9092),
    *(9200, 9300, 10080, 10250, 11211, 15672, 26379, 27017),
}
_SAFE = "/?:@!$&'()*+,;=-._~%[]"  # what may stand in a path or a query as it is


@dataclass(frozen=True, kw_only=True)
class Target:
    scheme: str
    host: str
    """In ASCII: an international name in its xn-- form, an IPv6 address without brackets."""
    port: int
    path: str
    """Path and query, never a fragment."""

    @property
    def netloc(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.netloc}{self.path}"

    @property
    def origin(self) -> tuple[str, str, int]:
        return (self.scheme, self.host, self.port)

    def redirected(self, location: str) -> "Target":
        """Where an answer of this target sends us; raises NotReached, also for a step down to plain HTTP."""
        after = target(urljoin(self.url, location.strip()))
        if self.scheme == "https" and after.scheme == "http":
            raise NotReached(Trouble.BAD_ADDRESS, "from https to http")
        return after


def target(url: str) -> Target:
    """The parts of a web address; raises NotReached(BAD_ADDRESS) when it may not be asked."""
    if len(url) > LONGEST or "\\" in url or any(not char.isprintable() for char in url):
        raise NotReached(Trouble.BAD_ADDRESS, "too long, or with characters that no address has")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise NotReached(Trouble.BAD_ADDRESS, str(error)) from error
    if parts.scheme not in DEFAULT_PORTS:
        raise NotReached(Trouble.BAD_ADDRESS, f"scheme {parts.scheme!r}")
    if parts.username is not None or parts.password is not None:
        raise NotReached(Trouble.BAD_ADDRESS, "a name or password in the address")
    query = f"?{parts.query}" if parts.query else ""
    return Target(
        scheme=parts.scheme,
        host=_ascii(host),
        port=_port(DEFAULT_PORTS[parts.scheme] if port is None else port),
        path=quote((parts.path or "/") + query, safe=_SAFE),
    )


def _port(port: int) -> int:
    if port in (80, 443) or (port > 1023 and port not in OTHERS_PORTS):
        return port
    raise NotReached(Trouble.BAD_ADDRESS, f"port {port}")


def _ascii(host: str) -> str:
    """The host as name servers know it (UTS 46, IDNA 2008)."""
    if not host or len(host) > 253 or any(char in host for char in " <>\"'`{}|^%"):
        raise NotReached(Trouble.BAD_ADDRESS, "no host")
    if host.isascii():
        return host.lower()
    try:
        return idna.encode(host, uts46=True).decode()
    except idna.IDNAError as error:
        raise NotReached(Trouble.BAD_ADDRESS, str(error)) from error
