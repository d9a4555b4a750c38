"""Macros: kept, looked at before they are run, run on one ticket or on many, undone as a whole."""

from tickets.macros.checking import Nonsense, sound
from tickets.macros.keeping import NotYours, TooManyMacros, change, make, remove
from tickets.macros.running import MACRO, Lost, TooMany, missing, run, words
from tickets.macros.undoing import undo

__all__ = [
    "MACRO",
    "Lost",
    "Nonsense",
    "NotYours",
    "TooMany",
    "TooManyMacros",
    "change",
    "make",
    "missing",
    "remove",
    "run",
    "sound",
    "undo",
    "words",
]
