"""Everybody is guided by the same pairs; supervisors and admins change them; what one spares is one's own."""

from django.db.models import QuerySet
from django.http import Http404

from helpdesk.accounts.models import User
from knowledge.phrases.models import PairQuerySet, PhrasePair, SparedPhrase
from tickets.access import may_shape
from tickets.horizon import Viewer


def pairs(user: Viewer) -> PairQuerySet:
    """The guide is for every colleague to read."""
    known = isinstance(user, User) and user.is_active
    return PhrasePair.objects.all() if known else PhrasePair.objects.none()


def pair(user: Viewer, pk: int) -> PhrasePair:
    """One pair; raises Http404."""
    if (found := pairs(user).filter(pk=pk).first()) is None:
        raise Http404
    return found


def may_change(user: Viewer) -> bool:
    """Whether this colleague makes, changes and removes pairs."""
    return may_shape(user, owner_id=None, team_id=None)


def spared(user: Viewer) -> QuerySet[SparedPhrase]:
    """What this colleague does not want marked."""
    return SparedPhrase.objects.filter(user=user.pk, user__is_active=True)
