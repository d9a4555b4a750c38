"""A request from beginning to end: redirects followed, each one checked like the first."""

from collections.abc import Iterable, Mapping

import h11

from helpdesk.outgoing import exchange, wire
from helpdesk.outgoing.address import Target, target
from helpdesk.outgoing.exchange import Answer, Limits
from helpdesk.outgoing.trouble import NotReached, Trouble

USER_AGENT = "helpdesk/1"
KEEPS_METHOD = {307, 308}
FOLLOWED = {301, 302, 303, *KEEPS_METHOD}
# What is meant for one host is not told to the next.
PERSONAL = {"authorization", "cookie", "proxy-authorization"}


def addresses(host: str, *, seconds: float) -> list[str]:
    """The network addresses that name servers know of a host, each once. Raises NotReached."""
    found = wire.resolve(target(f"http://{host}/"), wire.Deadline(seconds, seconds))
    return list(dict.fromkeys(place[0] for place in found))


def fetch(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    allowed: Iterable[str] = (),
    limits: Limits | None = None,
) -> Answer:
    """The answer to a request to `url`, whatever its status. Raises NotReached and nothing else.

    `allowed` lists the private hosts, addresses and networks that this use may reach (from the settings).
    No cookies, no referrer and no proxy of the environment: what is sent is what is given here.
    """
    limits = limits or Limits()
    deadline = wire.Deadline(limits.total, limits.read)
    where, allowed = target(url), tuple(allowed)
    given = {name.lower(): value for name, value in (headers or {}).items()}
    for _hop in range(limits.redirects + 1):
        answer = _ask(where, method, given, body, allowed, limits, deadline)
        location = answer.headers.get("location", "")
        if answer.status not in FOLLOWED or not location or not limits.redirects:
            return answer
        after = where.redirected(location)
        if after.origin != where.origin:
            given = {name: value for name, value in given.items() if name not in PERSONAL}
        if answer.status not in KEEPS_METHOD and method != "HEAD":
            method, body = "GET", b""
        where = after
    raise NotReached(Trouble.TOO_MANY_REDIRECTS, where.url)


def _ask(
    where: Target,
    method: str,
    given: Mapping[str, str],
    body: bytes,
    allowed: tuple[str, ...],
    limits: Limits,
    deadline: wire.Deadline,
) -> Answer:
    try:
        line = wire.dial(where, allowed=allowed, deadline=deadline, connect=limits.connect)
        try:
            return exchange.ask(line, method, where, _headers(where, given, method, body), body, limits)
        finally:
            line.close()
    except TimeoutError as error:
        raise NotReached(Trouble.TOO_SLOW) from error
    except h11.ProtocolError as error:
        raise NotReached(Trouble.BAD_ANSWER, str(error)) from error
    except OSError as error:
        raise NotReached(Trouble.NO_CONNECTION, str(error)) from error


def _headers(where: Target, given: Mapping[str, str], method: str, body: bytes) -> list[tuple[str, str]]:
    plain = {"user-agent": USER_AGENT, "accept": "*/*", "accept-encoding": "identity"}
    needed = {"host": where.netloc, "connection": "close"}
    if body or method in {"POST", "PUT", "PATCH"}:
        needed["content-length"] = str(len(body))
    return list({**plain, **given, **needed}.items())
