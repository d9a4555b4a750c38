"""Which mailboxes mail for an address belongs to."""

import time
from collections.abc import Iterable
from contextlib import suppress

from django.db import close_old_connections

from channels_app.models import Channel

FRESH_SECONDS = 5.0


def plain(address: str) -> str:
    """One spelling: lower case, without what follows a plus, the domain in ASCII."""
    local, _at, domain = address.strip().lower().rpartition("@")
    with suppress(UnicodeError):
        domain = domain if domain.isascii() else domain.encode("idna").decode()
    return f"{local.partition('+')[0]}@{domain}"


class Directory:
    """The addresses of all active mailboxes, as they were at the last refresh."""

    def __init__(self) -> None:
        self._channels: dict[str, list[Channel]] = {}
        self._read_at = -FRESH_SECONDS

    @property
    def is_fresh(self) -> bool:
        return time.monotonic() - self._read_at < FRESH_SECONDS

    def refresh(self) -> None:
        """Read the mailboxes, unless that was done a moment ago. Raises what the database raises."""
        if self.is_fresh:
            return
        channels: dict[str, list[Channel]] = {}
        try:
            for channel in Channel.objects.active().filter(kind=Channel.Kind.EMAIL):
                for address in channel.addresses:
                    channels.setdefault(plain(address), []).append(channel)
        finally:
            close_old_connections()
        self._channels, self._read_at = channels, time.monotonic()

    def channels_for(self, addresses: Iterable[str]) -> list[Channel]:
        """Each mailbox that has one of these addresses, once."""
        found = {one.pk: one for address in addresses for one in self._channels.get(plain(address), [])}
        return list(found.values())
