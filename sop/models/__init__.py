"""How colleagues are guided: procedures, how they were followed and read, and what may be offered."""

from sop.models.following import Following, Mark
from sop.models.path import ArticleRead, Learner, LearningPath, PathStop
from sop.models.procedure import (
    Chapter,
    Edition,
    Procedure,
    ProcedureQuerySet,
    Wording,
    WordingQuerySet,
)
from sop.models.reading import Attempt, Reading, Reminder
from sop.models.situation import Limit, Remedy, Situation

__all__ = [
    "ArticleRead",
    "Attempt",
    "Chapter",
    "Edition",
    "Following",
    "Learner",
    "LearningPath",
    "Limit",
    "Mark",
    "PathStop",
    "Procedure",
    "ProcedureQuerySet",
    "Reading",
    "Remedy",
    "Reminder",
    "Situation",
    "Wording",
    "WordingQuerySet",
]
