"""The mailroom: one process that listens for SMTP, keeps every mailbox fetched, and proves it."""

import threading

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections

from channels_app.adapters.email.auditing import Auditor
from channels_app.adapters.email.fetching import Fetcher
from channels_app.adapters.email.listener import Listener
from channels_app.models import Channel

log = structlog.get_logger(__name__)

LOOK_SECONDS = 3.0
GOODBYE_SECONDS = 5.0


def run(stop: threading.Event) -> None:
    """Fetches and listens until `stop` is set; new and changed mailboxes are seen within seconds."""
    mailroom = Mailroom()
    while not stop.is_set():
        mailroom.look()
        stop.wait(LOOK_SECONDS)
    mailroom.close()


class Mailroom:
    """The threads that should run, and those that do."""

    def __init__(self) -> None:
        self.listener: Listener | None = None
        self.fetchers: dict[int, Fetcher] = {}
        self.auditor: Auditor | None = None

    def look(self) -> None:
        """Start what is missing, end what is no longer wanted, replace what died. Never raises."""
        self._listen()
        self._audit()
        try:
            self._fetch(_mailboxes())
        except (DatabaseError, InterfaceError) as error:
            log.warning("mailroom.database_away", error=str(error))
        finally:
            close_old_connections()

    def close(self) -> None:
        """End everything, waiting for what is being journaled."""
        for fetcher in self.fetchers.values():
            fetcher.stop()
        if self.auditor:
            self.auditor.stop()
        if self.listener:
            self.listener.stop()
        for fetcher in self.fetchers.values():
            fetcher.join(GOODBYE_SECONDS)
        if self.auditor:
            self.auditor.join(GOODBYE_SECONDS)

    def _audit(self) -> None:
        if self.auditor is None or not self.auditor.is_alive():
            self.auditor = Auditor()
            self.auditor.start()

    def _listen(self) -> None:
        if self.listener and self.listener.is_alive():
            return
        try:
            self.listener = Listener(settings.SMTP_LISTENER_HOST, settings.SMTP_LISTENER_PORT)
        except OSError as error:  # still held by a process that is ending: the next look tries again
            log.warning("mailroom.port_taken", port=settings.SMTP_LISTENER_PORT, error=str(error))
            return
        self.listener.start()

    def _fetch(self, wanted: dict[int, Channel]) -> None:
        for pk, fetcher in list(self.fetchers.items()):
            if not fetcher.serves(wanted.get(pk)):
                fetcher.stop()
                del self.fetchers[pk]
        for pk, channel in wanted.items():
            if pk not in self.fetchers:
                self.fetchers[pk] = Fetcher(channel)
                self.fetchers[pk].start()


def _mailboxes() -> dict[int, Channel]:
    mailboxes = Channel.objects.active().filter(kind=Channel.Kind.EMAIL)
    return {channel.pk: channel for channel in mailboxes if channel.config.get("imap_host")}
