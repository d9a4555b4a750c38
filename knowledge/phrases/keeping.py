"""Saving pairs of phrases, and one's own list of words that are not to be marked."""

from typing import Any

from django.db import transaction

from helpdesk.accounts.models import User
from knowledge.phrases import access, forms
from knowledge.phrases.models import NOTHING, PhrasePair, SparedPhrase

MOST_SPARED = 500
MOST_LINES = 20


class NotYours(Exception):
    """This colleague may not change the guide."""


class Refused(ValueError):
    """A pair that says nothing: the name of the field that is wrong."""


@transaction.atomic
def make(*, actor: User | None, **given: Any) -> PhrasePair:
    """A new pair (language, avoid, prefer, why, context). Raises NotYours and Refused."""
    _insist(actor)
    return PhrasePair.objects.create(**_sound(given))


@transaction.atomic
def change(pair: PhrasePair, *, actor: User, **given: Any) -> PhrasePair:
    """Give it these values. Raises NotYours and Refused."""
    _insist(actor)
    for name, value in _sound(given).items():
        setattr(pair, name, value)
    pair.save()
    return pair


@transaction.atomic
def remove(pair: PhrasePair, *, actor: User) -> None:
    """It is marked no more. Raises NotYours."""
    _insist(actor)
    PhrasePair.objects.filter(pk=pair.pk).delete()


@transaction.atomic
def spare(words: str, *, user: User) -> None:
    """These words are not marked for this colleague any more; MOST_SPARED at most."""
    plain = " ".join(forms.plain(words).split())[:120]
    if plain and SparedPhrase.objects.filter(user=user).count() < MOST_SPARED:
        SparedPhrase.objects.get_or_create(user=user, words=plain)


@transaction.atomic
def mark_again(words: str, *, user: User) -> None:
    """These words are marked for this colleague as for everybody."""
    SparedPhrase.objects.filter(user=user, words=words).delete()


def _sound(given: dict[str, Any]) -> dict[str, Any]:
    kept = dict(given)
    for name in ("avoid", "prefer"):
        if name not in kept:
            continue
        lines = [" ".join(line.split()) for line in kept[name].splitlines() if line.strip()]
        if not lines or len(lines) > MOST_LINES:
            raise Refused(name)
        if name == "avoid" and any(not line.strip("=*- –") for line in lines):
            raise Refused(name)
        kept[name] = "\n".join(NOTHING if line in ("-", "—") else line for line in lines)
    return kept


def _insist(actor: User | None) -> None:
    if actor is not None and not access.may_change(actor):
        raise NotYours
