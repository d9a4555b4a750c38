"""Who may see and set up rules: admins set them up, supervisors read them, and who sees a ticket its runs."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from helpdesk.accounts.models import User
from tickets import access
from tickets.models import Rule, RuleRun

Viewer = User | AnonymousUser


def may_read(user: Viewer) -> bool:
    """What happens by itself is for those who answer for the desk."""
    return isinstance(user, User) and user.is_active and (user.is_admin or user.is_supervisor)


def may_set_up(user: Viewer) -> bool:
    return isinstance(user, User) and user.is_active and user.is_admin


def insist_on_reading(user: Viewer) -> None:
    """Raises PermissionDenied."""
    if not may_read(user):
        raise PermissionDenied


def rules(user: Viewer) -> QuerySet[Rule]:
    """All of them in their order, or none."""
    return Rule.objects.in_order() if may_read(user) else Rule.objects.none()


def rule(user: Viewer, pk: int) -> Rule:
    """A rule that this colleague may read; raises Http404."""
    found = rules(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def runs(user: Viewer) -> QuerySet[RuleRun]:
    """What rules did to tickets that this colleague may see."""
    return RuleRun.objects.filter(ticket__in=access.tickets(user))


def run(user: Viewer, key: UUID) -> RuleRun:
    """One run on a ticket that this colleague may see; raises Http404."""
    found = runs(user).filter(key=key).select_related("ticket", "rule").first()
    if found is None:
        raise Http404
    return found
