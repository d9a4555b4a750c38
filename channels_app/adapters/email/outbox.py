"""Letters out, over connections that rest a few seconds between two letters of a mailbox."""

import smtplib
import threading
import time
from dataclasses import dataclass

from django.utils.translation import gettext as _

from channels_app.adapters.email import relays, signing_in, smtp, trouble
from channels_app.adapters.email.compose import Letter
from channels_app.consent import ConsentLost
from channels_app.messages import DeliveryFailed, Receipt
from channels_app.models import Channel

REST_SECONDS = 10.0

Key = tuple[int, str]


@dataclass
class Resting:
    client: smtp.Client
    since: float


class Connections:
    """Open connections by mailbox and its settings; each is used by one thread at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._resting: dict[Key, list[Resting]] = {}
        self._broom: threading.Timer | None = None

    def take(self, key: Key) -> smtp.Client | None:
        with self._lock:
            found = self._resting.get(key) or []
            client = found.pop().client if found else None
            if not found:
                self._resting.pop(key, None)
            return client

    def give(self, key: Key, client: smtp.Client) -> None:
        with self._lock:
            self._resting.setdefault(key, []).append(Resting(client, time.monotonic()))
            self._sweep_later()

    def sweep(self) -> None:
        """Close what has rested long enough."""
        oldest = time.monotonic() - REST_SECONDS
        with self._lock:
            tired = [one for many in self._resting.values() for one in many if one.since <= oldest]
            kept = {key: [one for one in many if one not in tired] for key, many in self._resting.items()}
            self._resting = {key: many for key, many in kept.items() if many}
            self._broom = None
            if self._resting:
                self._sweep_later()
        for one in tired:
            one.client.close()

    def _sweep_later(self) -> None:
        if self._broom is None:
            self._broom = threading.Timer(REST_SECONDS, self.sweep)
            self._broom.daemon = True
            self._broom.start()


_connections = Connections()


def send(channel: Channel, letter: Letter) -> Receipt:
    """Hand a letter to the mailbox's outgoing server or provider. Raises DeliveryFailed."""
    if channel.config.get("outgoing") in relays.RELAYS:
        return relays.send(channel, letter)
    host = channel.config.get("smtp_host", "")
    if not host:
        raise DeliveryFailed(_("This mailbox has no outgoing server."), permanent=True)
    try:
        secrets = signing_in.secrets(channel)
        key = (channel.pk, repr((sorted(channel.config.items()), sorted(secrets.items()))))
        client = _alive(key) or smtp.connect(channel.config, secrets, name=smtp.greeting_name(channel))
        client.limit(smtp.WHOLE_SECONDS)
        receipt = _handed_over(client, letter)
    except (OSError, smtplib.SMTPException, trouble.NoStartTls, ConsentLost) as error:
        told = trouble.explain(error, host, smtp.port_of(channel.config))
        raise DeliveryFailed(told, permanent=False, lane_down=True) from error
    _connections.give(key, client)
    return receipt


def _alive(key: Key) -> smtp.Client | None:
    client = _connections.take(key)
    if client is not None and not smtp.is_alive(client):
        client.close()
        return None
    return client


def _handed_over(client: smtp.Client, letter: Letter) -> Receipt:
    try:
        return smtp.hand_over(client, letter)
    except BaseException:
        client.close()
        raise
