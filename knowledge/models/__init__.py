"""What the company publishes, and what can be found."""

from knowledge.models.article import (
    Article,
    Category,
    Picture,
    Translation,
    TranslationQuerySet,
    Version,
    in_language,
)
from knowledge.models.centre import CentreChannel, Domain, HelpCentre
from knowledge.models.collection import Collection, Entry
from knowledge.models.readers import Opinion, Search
from knowledge.models.suggestion import (
    Shown,
    Suggestion,
    SuggestionChange,
    SuggestionComment,
    SuggestionQuerySet,
    SuggestionVote,
)
from knowledge.models.synonyms import Synonyms
from knowledge.models.use import ArticleUse
from knowledge.models.video import Video
from knowledge.models.written import Written

__all__ = [
    "Article",
    "ArticleUse",
    "Category",
    "CentreChannel",
    "Collection",
    "Domain",
    "Entry",
    "HelpCentre",
    "Opinion",
    "Picture",
    "Search",
    "Shown",
    "Suggestion",
    "SuggestionChange",
    "SuggestionComment",
    "SuggestionQuerySet",
    "SuggestionVote",
    "Synonyms",
    "Translation",
    "TranslationQuerySet",
    "Version",
    "Video",
    "Written",
    "in_language",
]
