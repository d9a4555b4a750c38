"""The notes in force: those that came with the desk, but for what admins changed. Kept in memory.

A changed note is a row, and a newer desk does not touch it; a shipped one is read from the files of the desk.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction

from helpdesk.accounts import audit
from helpdesk.accounts.models import AuditEntry, User
from tickets.manners import shipped
from tickets.manners.models import CountryNote
from tickets.manners.places import Place, Words

SECONDS = 10.0
"""How long a process may show a note that was changed in another one."""
LONGEST = 600
"""Letters of what is said of a place."""
FIELDS = ("language", "formality", "order", "greeting", "plain", "ending")


class NotYours(Exception):
    """Admins write the notes."""


class NoSuchNote(LookupError):
    """Nothing was changed for this place."""


@dataclass
class _Kept:
    places: Mapping[str, Place] = field(default_factory=dict)
    until: float = 0.0


_kept = _Kept()


def every() -> Mapping[str, Place]:
    """By code; as they were up to ten seconds ago, which mostly asks nothing."""
    if time.monotonic() >= _kept.until:
        refresh()
    return _kept.places


def refresh() -> None:
    """Read the changed ones now: one query."""
    known = shipped.places()
    changed = {row.place: place(row, known.get(row.place)) for row in CountryNote.objects.all()}
    _kept.places = {**known, **changed}
    _kept.until = time.monotonic() + SECONDS


def place(row: CountryNote, shipped_one: Place | None) -> Place:
    """A row as plain values; where it is, and how it is recognised, stays as it came."""
    words = {
        language: Words(*(each.get(name, "") for name in Words._fields))
        for language, each in row.words.items()
    }
    values: dict[str, Any] = {name: getattr(row, name) for name in FIELDS}
    base = shipped_one or Place(code=row.place, **values)
    return replace(base, words=words, is_changed=True, **values)


@transaction.atomic
def write(code: str, *, actor: User, words: Mapping[str, Words], **facts: str) -> CountryNote:
    """The note on a place is this from now on, whatever a newer desk brings. Raises NotYours."""
    _insist(actor)
    said = {language: each._asdict() for language, each in words.items()}
    row, new = CountryNote.objects.update_or_create(place=code, defaults={**facts, "words": said})
    _tell(actor, code, new=new)
    return row


@transaction.atomic
def restore(code: str, *, actor: User) -> None:
    """Back to what came with the desk; a note of our own is gone. Raises NotYours and NoSuchNote."""
    _insist(actor)
    if not CountryNote.objects.filter(place=code).delete()[0]:
        raise NoSuchNote
    _tell(actor, code, deleted=True)


def _insist(actor: User) -> None:
    if not actor.is_admin:
        raise NotYours


def _tell(actor: User, code: str, **more: bool) -> None:
    data: dict[str, Any] = {"table": "manners.countrynote", "row": code, **more}
    audit.record(AuditEntry.Kind.SETTING_CHANGED, actor=actor, **data)
    transaction.on_commit(refresh)
