"""Synonyms of the desk: what ships with it, and what its people changed and added."""

from django.db.models import F

from knowledge.models import Collection, Synonyms
from knowledge.searching import lexicon


def groups() -> list[lexicon.Group]:
    """All groups that are in use; a group of the desk stands in the place of the shipped one of its name."""
    own = {(each.name, each.language): each.words for each in Synonyms.objects.all()}
    kept = [group for group in lexicon.shipped() if (group[0], group[1]) not in own]
    return kept + [(name, lang, words) for (name, lang), words in own.items() if words.strip()]


def changed() -> None:
    """Have every index made anew with the groups as they are now."""
    Collection.objects.update(version=F("version") + 1)
