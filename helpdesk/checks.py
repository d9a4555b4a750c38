"""A desk that is set up wrongly does not start; each message says what to do."""

from collections.abc import Iterator
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

TAG = "desk"


def register_all() -> None:
    for check in (addresses, folders, object_store):
        register(check, TAG)


def addresses(**_: Any) -> list[CheckMessage]:
    return [*_base_url(), *_redis_url(), *_open_network(), *_proxy(), *_scanner(), *_system_mail()]


def folders(**_: Any) -> list[CheckMessage]:
    return [*_data_folder(), *_keys()]


def object_store(**_: Any) -> list[CheckMessage]:
    """Refuses to start with half of what opens the store of files."""
    options = settings.FILE_STORAGE["OPTIONS"]
    if settings.S3_BUCKET and bool(options["access_key"]) != bool(options["secret_key"]):
        hint = "Set both HELPDESK_S3_ACCESS_KEY and HELPDESK_S3_SECRET_KEY, or neither."
        return [Error("Only one of the two S3 keys is set.", hint=hint, id="helpdesk.E005")]
    return []


def _base_url() -> Iterator[CheckMessage]:
    parts = urlsplit(settings.BASE_URL)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        hint = "It is where people reach the desk, without a path: https://desk.example.com"
        yield Error(f"HELPDESK_URL is {settings.BASE_URL!r}.", hint=hint, id="helpdesk.E001")


def _redis_url() -> Iterator[CheckMessage]:
    if urlsplit(settings.REDIS_URL).scheme not in {"redis", "rediss", "unix"}:
        hint = "It begins with redis://, rediss:// (TLS) or unix://"
        yield Error("REDIS_URL is not an address of Redis.", hint=hint, id="helpdesk.E002")


def _open_network() -> Iterator[CheckMessage]:
    if settings.BASE_URL_IS_OURS and settings.BIND not in {"127.0.0.1", "::1", "localhost"}:
        hint = "Set HELPDESK_URL to the https:// address of the proxy in front of it."
        yield Warning("The desk is open to the network without HTTPS.", hint=hint, id="helpdesk.W001")


def _proxy() -> Iterator[CheckMessage]:
    given = urlsplit(settings.OUTGOING_PROXY)
    if settings.OUTGOING_PROXY and (given.scheme != "http" or not given.hostname or given.username):
        hint = "It is a proxy that takes CONNECT, without a password: http://proxy.example.com:3128"
        yield Error("HELPDESK_PROXY is not an address of a proxy.", hint=hint, id="helpdesk.E006")


def _system_mail() -> Iterator[CheckMessage]:
    given = settings.SYSTEM_MAIL
    if given["smtp_security"] not in {"tls", "starttls", "none"}:
        hint = "It is tls, starttls or none."
        told = f"HELPDESK_SYSTEM_MAIL_SECURITY is {given['smtp_security']!r}."
        yield Error(told, hint=hint, id="helpdesk.E010")
    sender = parseaddr(settings.SYSTEM_MAIL_FROM or given["smtp_user"])[1]
    if given["smtp_host"] and "@" not in sender:
        hint = "Set HELPDESK_SYSTEM_MAIL_FROM to the address it comes from: Desk <desk@example.com>"
        yield Error("The desk's own mail has a server and no sender.", hint=hint, id="helpdesk.E011")


def _scanner() -> Iterator[CheckMessage]:
    given = urlsplit(settings.CLAMD)
    whole = given.path if given.scheme == "unix" else given.hostname if given.scheme == "tcp" else ""
    if settings.CLAMD and not whole:
        hint = "It begins with tcp:// or unix://: tcp://127.0.0.1:3310, unix:///run/clamav/clamd.ctl"
        yield Error("HELPDESK_CLAMD is not an address of a virus scanner.", hint=hint, id="helpdesk.E007")


def _data_folder() -> Iterator[CheckMessage]:
    if settings.DATA_DIR.resolve().is_relative_to(settings.BASE_DIR):
        hint = "Set HELPDESK_DATA to a folder outside it: a new checkout must not take the data along."
        yield Error(f"The data folder {settings.DATA_DIR} is in the checkout.", hint=hint, id="helpdesk.E003")


def _keys() -> Iterator[CheckMessage]:
    for path in sorted(Path(settings.DATA_DIR, "keys").glob("[!.]*")):
        if path.stat().st_mode & 0o077:
            hint = f"Run: chmod 600 {path}"
            yield Error(f"Others may read the key {path}.", hint=hint, id="helpdesk.E004")
