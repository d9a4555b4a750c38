"""Who may read, follow and change which procedures; the only fetchers that views use."""

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from helpdesk.accounts.models import User
from sop.models import Following, Procedure, ProcedureQuerySet, Wording, WordingQuerySet
from tickets import access


def may_publish(user: User) -> bool:
    """Agents write and ask for a review; supervisors and admins publish, and say whom it concerns."""
    return user.is_active and user.role != User.Role.AGENT


def procedures(user: User) -> ProcedureQuerySet:
    """Those for this colleague's teams and for all; supervisors and admins answer for every one."""
    if not user.is_active:
        return Procedure.objects.none()
    if may_publish(user):
        return Procedure.objects.all()
    teams = Procedure.teams.through.objects.filter(procedure=OuterRef("pk"))
    mine = teams.filter(team__memberships__user=user)
    return Procedure.objects.filter(~Exists(teams) | Exists(mine))


def published(user: User) -> WordingQuerySet:
    """What this colleague works by."""
    return Wording.objects.published().filter(procedure__in=procedures(user))


def written(user: User) -> WordingQuerySet:
    """All that colleagues write of what they may read, in whatever state."""
    return Wording.objects.filter(procedure__in=procedures(user))


def procedure(user: User, pk: int) -> Procedure:
    """One procedure; raises Http404."""
    found = procedures(user).select_related("chapter__parent__parent", "owner").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def wording(user: User, pk: int, language: str) -> Wording:
    """One procedure in one language, to be worked on; raises Http404."""
    rows = written(user).select_related("procedure__chapter", "published", "updated_by")
    found = rows.filter(procedure=pk, language=language).first()
    if found is None:
        raise Http404
    return found


def following(user: User, number: int, pk: int) -> Following:
    """A procedure on a ticket that this colleague may see, whatever team it is for; raises Http404."""
    seen = Q(ticket__in=access.tickets(user)) & Q(ticket__number=number)
    rows = Following.objects.select_related("ticket", "edition__wording__published", "begun_by", "ended_by")
    found = rows.filter(seen, pk=pk).first()
    if found is None:
        raise Http404
    return found
