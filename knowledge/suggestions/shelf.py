"""Finding suggestions: the public ones stand on a shelf of the search engine of their own."""

from knowledge import centres, collections
from knowledge.models import HelpCentre, Shown, Suggestion
from knowledge.searching.documents import Document

SHELF = "suggestions"


def arrange(suggestion: Suggestion) -> None:
    """Have searches know it as it is now."""
    key = str(suggestion.pk)
    if suggestion.shown != Shown.PUBLIC or suggestion.merged_into_id:
        collections.put(SHELF, [], without=[key])
        return
    collections.put(SHELF, [Document(key, suggestion.language, suggestion.title, suggestion.text, "")])


def find(question: str, language: str, *, centre: HelpCentre, limit: int = 5) -> list[Suggestion]:
    """The public ones of a help centre that say much the same, the best first, in whatever language."""
    rows = Suggestion.objects.public().at(centre).counted().select_related("customer")
    admits = {str(pk) for pk in rows.values_list("pk", flat=True)}.__contains__ if centres.several() else None
    hits = collections.search(SHELF, question, language, limit=limit, admits=admits, plausible=True)
    found = {str(row.pk): row for row in rows.filter(pk__in=[hit.id for hit in hits])}
    return [found[hit.id] for hit in hits if hit.id in found]
