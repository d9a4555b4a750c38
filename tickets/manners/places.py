"""A note on a place, as plain values. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

LANGUAGES = ("en", "ru", "hu")
"""In which the notes that come with the desk are written."""


class Words(NamedTuple):
    address: str
    """How one addresses people there, and how their names go."""
    care: str
    """What else to mind."""


@dataclass(frozen=True, kw_only=True)
class Place:
    code: str
    """A country by its ISO code, in capitals; a language by its own, in small letters."""
    language: str
    formality: str
    """`formal`, `polite` (formal at first) or `informal`."""
    order: str
    """Which name stands first: `given` or `family`."""
    greeting: str
    plain: str
    """The greeting where no name is known."""
    ending: str
    zone: str = ""
    """The time zone where the whole country has one."""
    phone: tuple[str, ...] = ()
    domain: str = ""
    words: Mapping[str, Words] = field(default_factory=dict)
    is_changed: bool = False
    """Whether an admin wrote it, or changed what came with the desk."""

    @property
    def is_country(self) -> bool:
        return self.code.isupper()

    def said(self, language: str) -> Words:
        """In the reader's language, else in English, else in any there is."""
        for each in (language[:2], "en", *self.words):
            if each in self.words and any(self.words[each]):
                return self.words[each]
        return Words("", "")
