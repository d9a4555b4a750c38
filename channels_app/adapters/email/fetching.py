"""One mailbox fetched for good: what is new is what the journal does not have, whatever flags say."""

import threading
import time
from collections import Counter
from contextlib import closing
from datetime import timedelta

import structlog
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone
from django.utils.translation import activate
from django.utils.translation import gettext as _

from channels_app.adapters.email import keeping, signing_in, trouble
from channels_app.adapters.email.backlog import Backlog
from channels_app.adapters.email.keeping import key_prefix, since
from channels_app.adapters.email.mailbox import Listed, MailBox, port_of
from channels_app.models import Channel
from helpdesk.accounts.models import Company

log = structlog.get_logger(__name__)

POLL_SECONDS = 60.0
FULL_SECONDS = 24 * 3600.0
NOTE_SECONDS = 30.0
FIRST_PAUSE, LONGEST_PAUSE, DATABASE_PAUSE = 1.0, 300.0, 5.0
WINDOW = timedelta(days=3)
WINDOW_UIDS = 500  # mail that was moved into the folder may be old, but its UID is new
MOST_DOUBT = 5  # so often the connection broke over one mail; it is tried again after a full search
BULK = 200  # more than this at once is the old mail of a newly connected mailbox
FRESH = timedelta(days=1)


class Fetcher(threading.Thread):
    """Keeps one mailbox's mail journaled until it is stopped: by IDLE, and by asking every minute."""

    def __init__(self, channel: Channel) -> None:
        super().__init__(name=f"imap-{channel.pk}", daemon=True)
        self.channel = channel
        self._stopped = threading.Event()
        self._box: MailBox | None = None
        self._pause = FIRST_PAUSE
        self._known: dict[str, set[int]] = {}
        self._doubt: Counter[int] = Counter()
        self._backlog = Backlog(channel)
        self._full_at = self._noted_at = -FULL_SECONDS

    def run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._session()
            except (DatabaseError, InterfaceError):
                log.warning("imap.database_away", channel=self.channel.pk)
                self._pause = min(self._pause, DATABASE_PAUSE)
            except Exception as error:
                self._note_trouble(error)
            finally:
                self._box = None
                close_old_connections()
            spread = 1 + self.channel.pk % 7 / 20  # mailboxes of one server do not all come back at once
            self._stopped.wait(self._pause * spread)
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
        connection.close()

    def stop(self) -> None:
        """Ends the thread soon, from another thread: the connection it waits on is cut."""
        self._stopped.set()
        if self._box is not None:
            self._box.hang_up()

    def serves(self, channel: Channel | None) -> bool:
        """Whether the thread lives and the mailbox is still wanted with the settings it began with."""
        mine = self.channel
        return (
            self.is_alive()
            and channel is not None
            and connection_settings(channel) == connection_settings(mine)
        )

    def _session(self) -> None:
        activate(Company.load().language)  # what is wrong is noted for the whole desk
        with closing(MailBox(self.channel.config)) as self._box:
            box = self._box
            box.sign_in(self.channel.config, signing_in.secrets(self.channel))
            while not self._stopped.is_set():
                refused = self._round(box)
                behind = self._catch_up(box)
                self._note_good(refused)
                close_old_connections()
                if not behind and not box.has_news():
                    box.wait(POLL_SECONDS, self._stopped)

    def _round(self, box: MailBox) -> int:
        """Fetch what is new in every folder; how many mails the server did not give."""
        full = time.monotonic() - self._full_at >= FULL_SECONDS
        if full:
            self._known = {}
        folders = self.channel.config.get("imap_folders") or ["INBOX"]
        # The first folder last: it is the one that stays open for IDLE.
        refused = sum(self._fetch(box, folder, full) for folder in reversed(folders))
        if full:
            self._full_at, self._doubt = time.monotonic(), Counter()
        return refused

    def _fetch(self, box: MailBox, folder: str, full: bool) -> int:
        prefix = key_prefix(folder, box.examine(folder))
        known = self._known.setdefault(prefix, set())
        day = since(self.channel)
        if full:
            found = box.uids_since(day)
        else:
            above = max(1, max(known, default=1) - WINDOW_UIDS)
            found = box.uids_since(day, window=timezone.now().date() - WINDOW, above=above)
        new = found - known - self._backlog.uids(prefix)
        journaled = keeping.journaled(self.channel, prefix, new)
        known |= journaled
        wanted = [one for one in box.listed(new - journaled) if self._doubt[one.uid] < MOST_DOUBT]
        if full and len(wanted) > BULK:
            wanted = self._put_off_old(folder, prefix, wanted)
        self._take(box, folder, prefix, wanted)
        return len(box.refused)

    def _put_off_old(self, folder: str, prefix: str, wanted: list[Listed]) -> list[Listed]:
        """What arrived lately now; the rest goes to the backlog, so that nothing waits behind it."""
        fresh = timezone.now() - FRESH
        old = [one for one in wanted if one.arrived is None or one.arrived < fresh]
        self._backlog.put(folder, prefix, old)
        return [one for one in wanted if one.arrived is not None and one.arrived >= fresh]

    def _catch_up(self, box: MailBox) -> bool:
        """Take a slice of the old mail; whether there was any. New mail is looked for again after it."""
        chosen = self._backlog.next()
        if chosen is None:
            return False
        folder, prefix, wanted = chosen
        begun = time.monotonic()
        if key_prefix(folder, box.examine(folder)) == prefix:
            trusted = [one for one in wanted if self._doubt[one.uid] < MOST_DOUBT]
            self._take(box, folder, prefix, trusted, is_bulk=True)
        else:  # the server has numbered everything anew: what was to be taken has other names now
            self._full_at = -FULL_SECONDS
        self._backlog.done(prefix, wanted, seconds=time.monotonic() - begun)
        return True

    def _take(
        self, box: MailBox, folder: str, prefix: str, wanted: list[Listed], *, is_bulk: bool = False
    ) -> None:
        wanted.sort(key=lambda one: (self._doubt[one.uid], one.uid))
        try:
            for mail in box.mails(wanted, self._doubt):
                keeping.keep(self.channel, folder, prefix, mail, is_bulk=is_bulk)
                self._known.setdefault(prefix, set()).add(mail.uid)
        except Exception:
            self._doubt.update(box.asking)
            raise

    def _note_good(self, refused: int) -> None:
        self._pause = FIRST_PAUSE
        if time.monotonic() - self._noted_at < NOTE_SECONDS and not refused:
            return
        self._noted_at = time.monotonic()
        told = _("%(count)d mails are in the mailbox, but the server does not give them.") % {
            "count": refused
        }
        now = timezone.now()
        error = {"last_error": told, "last_error_at": now} if refused else {"last_error": ""}
        Channel.objects.filter(pk=self.channel.pk).update(last_good_at=now, **error)

    def _note_trouble(self, error: Exception) -> None:
        """Say on the channel what is wrong, unless it was we who cut the connection."""
        if self._stopped.is_set():
            return
        config = self.channel.config
        told = trouble.explain(error, config.get("imap_host", ""), port_of(config))
        log.warning("imap.trouble", channel=self.channel.pk, error=told)
        self._noted_at = -NOTE_SECONDS
        try:
            Channel.objects.filter(pk=self.channel.pk).update(last_error=told, last_error_at=timezone.now())
        except (DatabaseError, InterfaceError):
            log.warning("imap.database_away", channel=self.channel.pk)


def connection_settings(channel: Channel) -> tuple[dict[str, object], dict[str, str]]:
    """What a fetching thread works with: when any of it changes, another thread takes its place."""
    config = {name: value for name, value in channel.config.items() if name.startswith("imap_")}
    secrets = {name: value for name, value in channel.secrets.items() if name.startswith("imap_")}
    return {**config, "since": channel.config.get("since")}, secrets
