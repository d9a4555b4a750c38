"""Requests to providers: to addresses resolved once and checked, like those to mail servers."""

import socket
from typing import Any

import requests
import urllib3
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from channels_app.adapters.email import network

CONNECT_SECONDS = 15.0


class _Plain(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _dialled(self)


class _Secured(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _dialled(self)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecuredPool(HTTPSConnectionPool):
    ConnectionCls = _Secured


class Guarded(HTTPAdapter):
    """Connects only where the settings for mail servers allow it."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecuredPool}


def guard(session: requests.Session) -> None:
    """From now on this session connects through the guard, or through the desk's proxy where there is one."""
    session.trust_env = False
    if settings.OUTGOING_PROXY:
        session.proxies = {"http": settings.OUTGOING_PROXY, "https": settings.OUTGOING_PROXY}
        return
    session.mount("http://", Guarded())
    session.mount("https://", Guarded())


def _dialled(connection: HTTPConnection) -> socket.socket:
    try:
        return network.dial(connection.host, connection.port or 443, timeout=CONNECT_SECONDS)
    except OSError as error:
        raise urllib3.exceptions.NewConnectionError(connection, str(error) or type(error).__name__) from error
