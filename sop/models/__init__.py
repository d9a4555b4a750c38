"""How colleagues are guided: procedures, how they were followed, and what may be offered in which case."""

from sop.models.following import Following, Mark
from sop.models.procedure import (
    Chapter,
    Edition,
    Procedure,
    ProcedureQuerySet,
    Wording,
    WordingQuerySet,
)
from sop.models.reading import Reading
from sop.models.situation import Limit, Remedy, Situation

__all__ = [
    "Chapter",
    "Edition",
    "Following",
    "Limit",
    "Mark",
    "Procedure",
    "ProcedureQuerySet",
    "Reading",
    "Remedy",
    "Situation",
    "Wording",
    "WordingQuerySet",
]
