"""What stands above a message that wants care: an odd sender, and pictures that were not loaded."""

from collections.abc import Sequence
from dataclasses import dataclass

from channels_app.messages import Authenticity
from tickets.models import Message
from tickets.pictures import permission, waiting
from tickets.web import doubts


@dataclass(frozen=True, kw_only=True)
class Caution:
    pictures: int = 0
    """Pictures on servers of others, whether they are shown or not."""
    trackers: int = 0
    """Pictures that only tell that a mail was read: never loaded."""
    shown: str = ""
    """Why the pictures are shown: "shown" for this message, "always" for its sender, "" when they are not."""
    may_always: bool = False
    sender: doubts.Line | None = None


NONE = Caution()


def of(messages: Sequence[Message]) -> dict[int, Caution]:
    """The cautions of the messages that have any, by their keys; no query where there is nothing remote."""
    remote = {message.pk: waiting.within(message.html) for message in messages}
    asked = [message for message in messages if remote[message.pk].addresses]
    granted = permission.granted(asked) if asked else {}
    senders = {message.pk: doubts.line(message) for message in messages}
    return {
        message.pk: Caution(
            pictures=remote[message.pk].pictures,
            trackers=remote[message.pk].trackers,
            shown=granted.get(message.pk, ""),
            may_always=bool(message.sender_address) and message.authenticity != Authenticity.FAIL,
            sender=senders[message.pk],
        )
        for message in messages
        if remote[message.pk].addresses or senders[message.pk]
    }
