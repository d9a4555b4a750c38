"""The old mail of a newly connected mailbox: taken in slices, between looks at what is new."""

from itertools import islice

from channels_app.adapters.email.mailbox import Listed
from channels_app.models import Channel

SLICE, FIRST_SLICE = 100, 20  # mails
SECONDS = 1.0  # about so long a slice should take: a mail that arrives meanwhile waits for the rest of it

Slice = tuple[str, str, list[Listed]]


class Backlog:
    """What is still to be taken, by folder. It is remembered by nobody: a new process finds it again.

    The oldest first, so that an answer finds the ticket of what it answers.
    """

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._folders: dict[str, tuple[str, dict[int, Listed]]] = {}
        self._total = 0
        self._size = FIRST_SLICE

    def __bool__(self) -> bool:
        return any(mails for _folder, mails in self._folders.values())

    def put(self, folder: str, prefix: str, old: list[Listed]) -> None:
        """Mails of a folder that may wait."""
        _folder, waiting = self._folders.setdefault(prefix, (folder, {}))
        self._total += len(old)
        waiting |= {one.uid: one for one in sorted(old, key=lambda one: one.uid)}
        self._note()

    def uids(self, prefix: str) -> set[int]:
        return set(self._folders[prefix][1]) if prefix in self._folders else set()

    def next(self) -> Slice | None:
        """(folder, prefix, mails) to take next, None when all is done."""
        for prefix, (folder, mails) in self._folders.items():
            if mails:
                return folder, prefix, list(islice(mails.values(), min(self._size, SLICE)))
        return None

    def done(self, prefix: str, taken: list[Listed], *, seconds: float) -> None:
        """These are in; how long they took says how many to take next time."""
        for one in taken:
            self._folders[prefix][1].pop(one.uid, None)
        in_time = int(len(taken) * SECONDS / max(seconds, 0.001))
        self._size = max(1, min(in_time, 2 * len(taken), SLICE))
        self._note()

    def _note(self) -> None:
        """For the admin's eyes."""
        left = sum(len(mails) for _folder, mails in self._folders.values())
        Channel.objects.filter(pk=self._channel.pk).update(backlog_total=self._total, backlog_left=left)
