"""What the conditions of rules look at: a ticket as it is now, and what happened to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from helpdesk.accounts.hours import ALWAYS, Hours
from tickets.classification.phrases import plain
from tickets.models import Event, Message, Ticket
from tickets.priority import money

LONGEST = 20_000
"""Letters of a message that conditions look at."""
MESSAGE, FILES = "message", "files"
"""What is loaded only if some rule asks about it."""


@dataclass(kw_only=True)
class Facts:
    ticket: Ticket
    """With its customer at hand."""
    now: datetime
    event: Event | None = None
    message: Message | None = None
    """The one that came with the event, else the customer's last."""
    has_files: bool = False
    hours: Mapping[int, Hours] = field(default_factory=dict)
    """Team → when it works, for teams that have hours."""

    @cached_property
    def text(self) -> str:
        """The new words of the message, as patterns want them."""
        return plain(self.message.visible_text[:LONGEST]) if self.message else ""

    @cached_property
    def subject(self) -> str:
        return plain(self.ticket.subject)

    @cached_property
    def money(self) -> int:
        return money.most(f"{self.subject}\n{self.text}")

    @cached_property
    def language(self) -> str:
        """In which the words are read."""
        spoken = (self.message.language if self.message else "") or self.ticket.language
        return spoken[:2].lower()

    @cached_property
    def sender(self) -> str:
        return self.message.sender_address.lower() if self.message else ""

    @property
    def is_open(self) -> bool:
        """Whether the ticket's team is at work."""
        return self.hours.get(self.ticket.team_id or 0, ALWAYS).is_open(self.now)

    def again(self, ticket: Ticket) -> "Facts":
        """The same, of the ticket as it is after something was done."""
        return replace(self, ticket=ticket)


Question = Callable[[Facts], bool]
