"""What steps point to beside their text: each kind is looked up by whoever registers it, for many at once."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.urls import reverse

from helpdesk.accounts.models import User
from knowledge.models import Translation
from sop.steps import Link


class Reference(NamedTuple):
    """Something as it is shown: its title, where it leads, an icon."""

    title: str
    url: str
    icon: str
    put: int = 0
    """The id of a canned response, that one click puts into a reply; 0 where there is nothing to put in."""


Lookup = Callable[[list[str], User], dict[str, Reference]]
"""The keys → what stands behind those that this colleague may use; others are left out."""

_lookups: dict[str, Lookup] = {}


def register(kind: str, lookup: Lookup) -> None:
    """From now on links of this kind are looked up so."""
    _lookups[kind] = lookup


def kinds() -> list[str]:
    """The kinds that steps can point to."""
    return list(_lookups)


def of(links: Iterable[Link], user: User) -> dict[Link, Reference]:
    """What the links stand for; one question for each kind. What is no more is left out."""
    asked: dict[str, list[str]] = {}
    wanted = list(dict.fromkeys(links))
    for link in wanted:
        asked.setdefault(link.kind, []).append(link.key)
    found = {kind: _lookups[kind](keys, user) for kind, keys in asked.items() if kind in _lookups}
    return {link: found[link.kind][link.key] for link in wanted if link.key in found.get(link.kind, {})}


def _articles(keys: list[str], user: User) -> dict[str, Reference]:
    """Articles by their id, in the colleague's language where there is one."""
    ids = [int(key) for key in keys if key.isdecimal()]
    rows = Translation.objects.filter(article__in=ids).exclude(published=None)
    best: dict[int, Translation] = {}
    for row in rows.order_by("language"):
        if row.article_id not in best or row.language == user.language:
            best[row.article_id] = row
    return {
        str(pk): Reference(row.title, reverse("knowledge:article", args=[row.pk]), "book")
        for pk, row in best.items()
    }


register("article", _articles)
