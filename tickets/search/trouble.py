"""What of a query cannot be understood."""

from dataclasses import dataclass


class Wrong(Exception):
    """A value that its operator does not know; the text says which it does."""


@dataclass(frozen=True)
class Trouble:
    """What cannot be understood, in a sentence; `typed` is the part it is about."""

    typed: str
    text: str
