"""What the company publishes, and what can be found."""

from knowledge.models.collection import Collection, Entry
from knowledge.models.synonyms import Synonyms

__all__ = ["Collection", "Entry", "Synonyms"]
