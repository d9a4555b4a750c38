"""Handing a letter to a mailbox's outgoing server (RFC 5321)."""

import smtplib
import socket
import ssl
import time
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from channels_app.adapters.email import network
from channels_app.adapters.email.compose import Letter
from channels_app.adapters.email.trouble import NoStartTls
from channels_app.messages import DeliveryFailed, Receipt
from channels_app.models import Channel

PORTS = {"tls": 465, "starttls": 587, "none": 25}
CONNECT_SECONDS = 15.0
ANSWER_SECONDS = 30.0
WHOLE_SECONDS = 80.0  # the courier gives a delivery to another worker after 90


class Client(smtplib.SMTP):
    """smtplib's client over our own connection, with one time limit for all its steps together."""

    deadline: float = 0.0

    def __init__(self, host: str, port: int, *, name: str, tls: ssl.SSLContext | None) -> None:
        self._tls = tls
        self.limit(WHOLE_SECONDS)
        super().__init__(host, port, local_hostname=name, timeout=CONNECT_SECONDS)

    def limit(self, seconds: float) -> None:
        self.deadline = time.monotonic() + seconds

    def getreply(self) -> tuple[int, bytes]:
        self._hurry()
        return super().getreply()

    def send(self, s: Any) -> None:
        self._hurry()
        super().send(s)

    def data_in_chunks(self, chunks: Iterator[bytes]) -> tuple[int, bytes]:
        """DATA without the whole mail in memory; every chunk ends with a line."""
        code, answer = self.docmd("DATA")
        if code != 354:
            raise smtplib.SMTPDataError(code, answer)
        for chunk in chunks:
            self.send(stuffed(chunk))
        self.send(b".\r\n")
        return self.getreply()

    def _hurry(self) -> None:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the server took too long")
        if self.sock is not None:
            self.sock.settimeout(min(left, ANSWER_SECONDS))

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return network.dial(host, port, timeout=timeout, tls=self._tls)


def stuffed(chunk: bytes) -> bytes:
    """Dots that begin a line are doubled (RFC 5321 4.5.2)."""
    chunk = chunk.replace(b"\r\n.", b"\r\n..")
    return b"." + chunk if chunk.startswith(b".") else chunk


def port_of(config: dict[str, Any]) -> int:
    return int(config.get("smtp_port") or PORTS.get(config.get("smtp_security", "tls"), 25))


def connect(config: dict[str, Any], secrets: dict[str, str], *, name: str) -> Client:
    """A client that is signed in. Raises OSError, SMTPException, NoStartTls."""
    security = config.get("smtp_security", "tls")
    context = ssl.create_default_context() if security != "none" else None
    at_once = context if security == "tls" else None
    client = Client(config["smtp_host"], port_of(config), name=name, tls=at_once)
    try:
        client.ehlo_or_helo_if_needed()
        if security == "starttls":
            if not client.has_extn("starttls"):
                raise NoStartTls
            client.starttls(context=context)
            client.ehlo_or_helo_if_needed()
        _sign_in(client, config.get("smtp_user", ""), secrets)
    except BaseException:
        client.close()
        raise
    return client


def _sign_in(client: Client, user: str, secrets: dict[str, str]) -> None:
    """By OAuth 2 where there is a token, else by password, else not at all."""
    token = secrets.get("smtp_access_token", "")
    if user and token:
        # After a refusal the server tells why and waits for an empty line (the provider's XOAUTH2 protocol).
        words = f"user={user}\1auth=Bearer {token}\1\1"
        client.auth("XOAUTH2", lambda challenge=None: words if challenge is None else "")
    elif user:
        client.login(user, secrets.get("smtp_password", ""))


def hand_over(client: Client, letter: Letter) -> Receipt:
    """One letter over an open connection, to whom the server takes it for.

    Raises DeliveryFailed when that is nobody (if all for now: to be tried again), OSError, SMTPException.
    """
    _check_fits(client, letter)
    options = ["SMTPUTF8"] if letter.is_international else []
    _begin(client, letter, options)
    answers = {one: client.rcpt(one) for one in letter.recipients}
    waiting = {one: _said(told) for one, told in answers.items() if 400 <= told[0] < 500}
    refused = {one: _said(told) for one, told in answers.items() if told[0] >= 500 or told[0] < 200}
    if len(waiting) + len(refused) < len(answers):
        answer = _accepted(client.data_in_chunks(letter.chunks))
        return Receipt(provider_id=answer[:200], refused=refused, waiting=waiting)
    client.rset()
    if waiting and refused:
        return Receipt(refused=refused, waiting=waiting)
    told = "; ".join(f"{one}: {said}" for one, said in (waiting or refused).items())
    raise DeliveryFailed(told, permanent=not waiting, answers=waiting or refused)


def _begin(client: Client, letter: Letter, options: list[str]) -> None:
    """MAIL FROM, by the bare address where the server refuses the tagged one."""
    answer = client.mail(letter.sender, options)
    if 500 <= answer[0] < 600 and letter.plain_sender not in ("", letter.sender):
        client.rset()
        answer = client.mail(letter.plain_sender, options)
    _accepted(answer)


def is_alive(client: Client) -> bool:
    """Whether a connection that rested is still good for another letter."""
    client.limit(WHOLE_SECONDS)
    try:
        return client.rset()[0] == 250
    except (smtplib.SMTPException, OSError):
        return False


def greeting_name(channel: Channel) -> str:
    """What we call ourselves in EHLO: the mailbox's domain, without asking any name server."""
    domain = channel.address.rpartition("@")[2]
    return domain if domain.isascii() and domain else "localhost"


def _check_fits(client: Client, letter: Letter) -> None:
    limit = int(client.esmtp_features.get("size") or 0)
    if limit and letter.size > limit:
        reason = _("The mail has %(size)d bytes, the outgoing server takes %(limit)d.")
        raise DeliveryFailed(reason % {"size": letter.size, "limit": limit}, permanent=True)
    if letter.is_international and not client.has_extn("smtputf8"):
        raise DeliveryFailed(_("The outgoing server takes no international addresses."), permanent=True)


def _accepted(told: tuple[int, bytes]) -> str:
    if told[0] != 250:
        raise DeliveryFailed(_said(told), permanent=told[0] >= 500)
    return _said(told)


def _said(told: tuple[int, bytes]) -> str:
    return f"{told[0]} {told[1].decode('utf-8', 'replace')}".strip()
