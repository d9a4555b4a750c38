"""@mentions in notes: who is meant, by the names as people write them."""

import re
from collections.abc import Iterable

from helpdesk.accounts.models import User
from tickets import access, notifications, watching
from tickets.models import Message, Notification

_AT = re.compile(r"(?<![\w@.])@(?=\w)")
_WORD = re.compile(r"[\w'’-]+")


def tell(note: Message) -> list[User]:
    """Tell the colleagues whom this note names, if they may see its ticket; who was told."""
    if note.direction != Message.Direction.NOTE or not _AT.search(note.text):
        return []
    meant = named_in(note.text, access.colleagues(note.ticket))
    kind = Notification.Kind.MENTIONED
    told = notifications.notify(meant, kind, ticket=note.ticket, message=note, by=note.author)
    for colleague in told:
        watching.watch(note.ticket, colleague)  # whoever was asked wants to know how it goes on
    return told


def named_in(text: str, colleagues: Iterable[User]) -> list[User]:
    """Whom the text names after an @: by the whole name, else by a first name that only one of them has.

    In the order of the text, each once. Pure.
    """
    people = sorted(colleagues, key=lambda user: len(str(user)), reverse=True)
    first: dict[str, list[User]] = {}
    for user in people:
        first.setdefault(user.get_short_name().casefold(), []).append(user)
    found: dict[int, User] = {}
    for place in _AT.finditer(text):
        rest = text[place.end() :].casefold()
        whole = next((user for user in people if _begins(rest, str(user).casefold())), None)
        word = _WORD.match(rest)
        alike = first.get(word[0], []) if word else []
        if one := whole or (alike[0] if len(alike) == 1 else None):
            found.setdefault(one.pk, one)
    return list(found.values())


def _begins(rest: str, name: str) -> bool:
    return bool(name) and rest.startswith(name) and not rest[len(name) : len(name) + 1].isalnum()
