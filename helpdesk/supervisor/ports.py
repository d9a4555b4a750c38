"""Ports: the preferred one, else the next that is free."""

import http.client
import socket

TRIES = 100


def listen(host: str, preferred: int, tries: int = TRIES) -> socket.socket:
    """A listening socket on the first free port from `preferred` upwards."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(preferred, preferred + tries):
        try:
            return socket.create_server((host, port), family=family, backlog=2048)
        except OSError as error:
            last = error
    raise last


def free(host: str, preferred: int) -> int:
    """The number of the first free port from `preferred` upwards."""
    with listen(host, preferred) as found:
        return port_of(found)


def port_of(listener: socket.socket) -> int:
    return int(listener.getsockname()[1])


def is_loopback(host: str) -> bool:
    return host in {"localhost", "::1"} or host.startswith("127.")


def local(bind: str) -> str:
    """The address under which this machine reaches what is bound to `bind`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind, bind)  # noqa: S104


def in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def answers(host: str, port: int, path: str) -> bool:
    """Whether a web process answers there; what it says does not matter, unless it is broken."""
    line = http.client.HTTPConnection(host, port, timeout=5)
    try:
        line.request("GET", path)
        return line.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
