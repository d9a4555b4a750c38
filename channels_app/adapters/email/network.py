"""Connections to mail servers: resolved once, checked, and made to the very address that was checked."""

import socket
import ssl
from typing import cast

from django.conf import settings

from helpdesk.outgoing import networks


class PrivateAddress(OSError):
    """The host lies on a private network that this desk may not reach (MAIL_PRIVATE_HOSTS)."""


def dial(host: str, port: int, *, timeout: float, tls: ssl.SSLContext | None = None) -> socket.socket:
    """A connected socket, wrapped in TLS when `tls` is given. Raises OSError and what lies under it."""
    failure: OSError = PrivateAddress(host)
    for address in _addresses(host, port):
        if not may_reach(host, address):
            continue
        try:
            plain = socket.create_connection((address, port), timeout)
        except OSError as error:
            failure = error
            continue
        return _secured(plain, host, tls) if tls else plain
    raise failure


def may_reach(host: str, address: str) -> bool:
    """Public addresses, and the private ones that the settings allow by host name, address or network."""
    return networks.may_reach(host, address, settings.MAIL_PRIVATE_HOSTS)


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a name that cannot be one: too long, or with an empty part
        raise socket.gaierror(socket.EAI_NONAME, str(error)) from error
    return list(dict.fromkeys(cast(str, entry[4][0]) for entry in found))


def _secured(plain: socket.socket, host: str, tls: ssl.SSLContext) -> socket.socket:
    try:
        return tls.wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise
