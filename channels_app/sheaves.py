"""Which mails are handed over together: first words of people who have nothing to do with each other.

Each of them is a ticket of its own. So no ticket is locked meanwhile, and what each would ask of the database
is asked for all. A mail that cites anything goes through the door alone.
"""

from dataclasses import dataclass, field

from channels_app.messages import InboundMessage
from channels_app.models import InboundRecord
from tickets.threads import subjects

MOST = 10  # mails; all of them wait for the slowest
Mail = tuple[InboundRecord, InboundMessage]


@dataclass
class Sheaf:
    """Mails that wait to be handed over."""

    mails: list[Mail] = field(default_factory=list)
    _names: set[str] = field(default_factory=set)

    @property
    def is_full(self) -> bool:
        return len(self.mails) >= MOST

    def add(self, record: InboundRecord, message: InboundMessage) -> None:
        self.mails.append((record, message))
        self._names.update(_names(message), [record.sender_key])

    def touches(self, record: InboundRecord, message: InboundMessage | None = None) -> bool:
        """Whether one that waits here has the same sender or id, or is cited: that one goes first."""
        cited = (*_names(message), *message.references) if message else ()
        return not self._names.isdisjoint((record.sender_key, *cited))

    def taken(self) -> list[Mail]:
        """All that wait; the sheaf is empty then."""
        mails, self.mails, self._names = self.mails, [], set()
        return mails


def fits(message: InboundMessage) -> bool:
    """Whether it cites nothing and nobody: it can only open a ticket."""
    cites = message.references or message.token or any(subjects.numbers(message.subject))
    cites = cites or subjects.is_answer(message.subject)
    return not (cites or message.automatic or message.via or message.forwarded)


def _names(message: InboundMessage) -> tuple[str, str]:
    return message.sender.identity.strip().lower(), message.external_id
