"""Finding suggestions: the public ones stand on a shelf of the search engine of their own."""

from knowledge import collections
from knowledge.models import Shown, Suggestion
from knowledge.searching.documents import Document

SHELF = "suggestions"


def arrange(suggestion: Suggestion) -> None:
    """Have searches know it as it is now."""
    key = str(suggestion.pk)
    if suggestion.shown != Shown.PUBLIC or suggestion.merged_into_id:
        collections.put(SHELF, [], without=[key])
        return
    collections.put(SHELF, [Document(key, suggestion.language, suggestion.title, suggestion.text, "")])


def find(question: str, language: str, *, limit: int = 5) -> list[Suggestion]:
    """The public ones that say much the same, the best first, in whatever language."""
    hits = collections.search(SHELF, question, language, limit=limit, plausible=True)
    rows = Suggestion.objects.public().counted().select_related("customer")
    found = {str(row.pk): row for row in rows.filter(pk__in=[hit.id for hit in hits])}
    return [found[hit.id] for hit in hits if hit.id in found]
