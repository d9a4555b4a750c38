"""What a shown stream tells a page where somebody writes: whether more was said than they have seen."""

from collections.abc import Iterable

from tickets.horizon import Viewer
from tickets.models import Draft, Message
from tickets.web.letters import Letter
from tickets.web.stream import Item
from tickets.web.writings import Waiting

OWN_REPLIES = 10


def newest(items: Iterable[Item], viewer: Viewer) -> int:
    """The newest message of others that says something to take into account, 0 for none."""
    letters = (item.message for item in items if isinstance(item, Letter))
    spoken = [each.pk for each in letters if each.author_id != viewer.pk and not each.is_automatic]
    return max(spoken, default=0)


def own_replies(items: Iterable[Item], viewer: Viewer) -> str:
    """The viewer's own last replies, "id:key" each, with the id 0 while it waits for its time.

    A page knows the keys of those that it sent itself: the others came from another tab or device.
    """
    own = []
    for item in items:
        if isinstance(item, Waiting) and item.mine and item.mode == Draft.Mode.REPLY:
            own.append(f"0:{item.key}")
        elif isinstance(item, Letter) and item.message.author_id == viewer.pk and _is_reply(item.message):
            own.append(f"{item.message.pk}:{item.message.key}")
    return " ".join(own[-OWN_REPLIES:])


def _is_reply(message: Message) -> bool:
    return message.direction == Message.Direction.OUT and message.purpose == Message.Purpose.REPLY
