"""A ticket as a file: its mails as they came and went, or a document to read."""

from tickets.exporting.archive import TooBig
from tickets.exporting.taking import FORMS, TooOften, take

__all__ = ["FORMS", "TooBig", "TooOften", "take"]
