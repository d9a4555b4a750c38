"""An IMAP mailbox, only ever read: opened by EXAMINE, fetched by BODY.PEEK, never marked (RFC 3501)."""

import imaplib
import re
import socket
import ssl
import threading
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from imap_tools import BaseMailBox, MailboxFetchError, MailboxLoginError
from imap_tools.utils import check_command_status

from channels_app.adapters.email import headers, network
from channels_app.adapters.email.trouble import NoStartTls

SECONDS = 30.0
MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
PORTS = {"tls": 993, "starttls": 143, "none": 143}
BATCH_BYTES = 4 * 1024 * 1024
BATCH_MAILS = 100
SLICE = 4 * 1024 * 1024  # a large mail is asked for in slices, so that no answer takes for ever

_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_ARRIVED = re.compile(rb'\bINTERNALDATE "([^"]+)"')


@dataclass(frozen=True)
class Mail:
    """A mail as the server keeps it."""

    uid: int
    arrived: datetime | None
    raw: bytes


@dataclass(frozen=True)
class Listed:
    """What the server tells of a mail before it is fetched."""

    uid: int
    size: int
    arrived: datetime | None


class MailBox(BaseMailBox):
    """imap_tools' mailbox over our own checked connection."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.security = config.get("imap_security", "tls")
        self.host = config["imap_host"]
        self.port = port_of(config)
        self.asking: list[int] = []
        self.refused: list[int] = []
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        context = ssl.create_default_context() if self.security != "none" else None
        client = _Client(self.host, self.port, context if self.security == "tls" else None)
        if self.security == "starttls":
            if "STARTTLS" not in client.capabilities:
                client.shutdown()
                raise NoStartTls
            client.starttls(ssl_context=context)
        return client

    def sign_in(self, config: dict[str, Any], secrets: dict[str, str]) -> None:
        """By OAuth 2 where a token is kept, else by password. Raises MailboxLoginError."""
        user, token = config.get("imap_user", ""), secrets.get("imap_access_token", "")
        password = secrets.get("imap_password", "")
        try:
            if token:
                self.xoauth2(user, token, initial_folder=None)
            elif (user + password).isascii():
                self.login(user, password, initial_folder=None)
            else:
                self.login_utf8(user, password, initial_folder=None)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            raise MailboxLoginError(("NO", [str(error).encode()]), "OK") from error
        told = self.client.capability()[1][0]  # servers tell of IDLE to those who are signed in
        self.client.capabilities = tuple(told.decode("ascii", "replace").upper().split())

    def examine(self, folder: str) -> int:
        """Open a folder for reading only and give its UIDVALIDITY. Raises MailboxFolderSelectError."""
        self.folder.set(folder, readonly=True)
        told = self.client.response("UIDVALIDITY")[1]
        return int(told[-1]) if told and told[-1] else 0

    def uids_since(self, day: date, *, above: int | None = None, window: date | None = None) -> set[int]:
        """UIDs of mail that arrived on or after `day`; with a window, of that only what is recent."""
        self.has_news()
        criteria = f"SINCE {_imap_date(day)}"
        if window is not None:
            criteria += f" OR SINCE {_imap_date(window)} UID {above or 1}:*"
        return {int(uid) for uid in self.uids(criteria, charset=None)}

    def has_news(self) -> bool:
        """Whether the server told of new mail since this was asked last; IDLE would not tell it again."""
        return bool(self.client.untagged_responses.pop("EXISTS", None))

    def listed(self, uids: Iterable[int]) -> Iterator[Listed]:
        """Size and time of arrival of each of these mails that is still there."""
        for lines in _batches(sorted(uids), 500):
            for told in self.ask(",".join(map(str, lines)), "(UID RFC822.SIZE INTERNALDATE)"):
                head = told[0] if isinstance(told, tuple) else told
                if uid := _UID.search(head):
                    size = _SIZE.search(head)
                    yield Listed(int(uid[1]), int(size[1]) if size else 0, _arrived(head))

    def mails(self, wanted: Iterable[Listed], doubtful: Container[int] = ()) -> Iterator[Mail]:
        """Each mail that is still there: small ones many at a time, large and doubtful ones alone.

        `asking` names those that are being fetched, `refused` those that the server did not give.
        """
        self.refused = []
        for batch in _by_size(wanted, doubtful):
            self.asking = [one.uid for one in batch]
            try:
                mails = list(self._whole(batch))
            except MailboxFetchError:
                mails = [mail for one in batch for mail in self._if_given(one)]
            self.asking = []
            yield from mails

    def _whole(self, batch: list[Listed]) -> Iterator[Mail]:
        if batch[0].size > SLICE:
            yield from self._sliced(batch[0])
            return
        arrived = {one.uid: one.arrived for one in batch}
        for told in self.ask(",".join(map(str, arrived)), "(UID BODY.PEEK[])"):
            uid = _UID.search(told[0]) if isinstance(told, tuple) else None
            if uid and int(uid[1]) in arrived:
                yield Mail(int(uid[1]), arrived[int(uid[1])], told[1])

    def _if_given(self, one: Listed) -> list[Mail]:
        """One mail of a batch that was refused: one bad mail must not stop the others."""
        try:
            return list(self._whole([one]))
        except MailboxFetchError:
            self.refused.append(one.uid)
            return []

    def _sliced(self, mail: Listed) -> Iterator[Mail]:
        raw = bytearray()
        while True:
            told = self.ask(str(mail.uid), f"(UID BODY.PEEK[]<{len(raw)}.{SLICE}>)")
            piece = next((one[1] for one in told if isinstance(one, tuple)), b"")
            raw += piece
            if len(piece) < SLICE:
                break
        if raw:
            yield Mail(mail.uid, mail.arrived, bytes(raw))

    def ask(self, uids: str, items: str) -> list[Any]:
        """What the server tells of these mails. Raises MailboxFetchError."""
        result = self.client.uid("FETCH", uids, items)
        check_command_status(result, MailboxFetchError)
        return [one for one in _rejoined(result[1]) if one]

    def wait(self, seconds: float, stopped: threading.Event) -> None:
        """Until the server tells of something (RFC 2177) or the time is over."""
        if "IDLE" in self.client.capabilities:
            self.idle.wait(seconds)
        else:
            stopped.wait(seconds)

    def close(self) -> None:
        """Say goodbye if the server still listens."""
        try:
            self.client.logout()
        except (imaplib.IMAP4.error, OSError):
            self.client.shutdown()

    def hang_up(self) -> None:
        """End the connection from any thread; whoever waits on it gets an error."""
        try:
            self.client.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def port_of(config: dict[str, Any]) -> int:
    return int(config.get("imap_port") or PORTS.get(config.get("imap_security", "tls"), 143))


class _Client(imaplib.IMAP4):
    def __init__(self, host: str, port: int, tls: ssl.SSLContext | None) -> None:
        self._tls = tls
        super().__init__(host, port, SECONDS)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        return network.dial(self.host, self.port, timeout=timeout or SECONDS, tls=self._tls)


def _rejoined(told: list[Any]) -> Iterator[Any]:
    """imaplib gives a literal's answer as (head, literal) and then its tail, where the UID may stand too."""
    for one, after in zip(told, [*told[1:], None], strict=True):
        if isinstance(one, tuple):
            tail = after if isinstance(after, bytes) else b""
            yield (one[0] + b" " + tail, one[1])
        else:
            yield one


def _by_size(wanted: Iterable[Listed], doubtful: Container[int]) -> Iterator[list[Listed]]:
    batch: list[Listed] = []
    for mail in wanted:
        total = sum(one.size for one in batch) + mail.size
        if batch and (total > BATCH_BYTES or len(batch) == BATCH_MAILS or mail.uid in doubtful):
            yield batch
            batch = []
        batch.append(mail)
    if batch:
        yield batch


def _batches(items: list[int], size: int) -> Iterator[list[int]]:
    return (items[at : at + size] for at in range(0, len(items), size))


def _imap_date(day: date) -> str:
    return f"{day.day}-{MONTHS[3 * day.month - 3 : 3 * day.month]}-{day.year}"


def _arrived(head: bytes) -> datetime | None:
    told = _ARRIVED.search(head)
    return headers.date(told[1].strip()) if told else None
