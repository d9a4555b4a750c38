"""What is a colleague's own, and what they share with their teams and everybody."""

from django.db.models import Q, QuerySet

from helpdesk.accounts.models import User
from helpdesk.prepared import Lookup, Lookups
from tickets.access.finding import on_tickets, one
from tickets.horizon import Horizon, Viewer, horizon, sees_everything, team_ids
from tickets.models import Batch, Draft, Macro, Mailing, View
from tickets.models.draft import DraftQuerySet


def drafts(user: Viewer) -> DraftQuerySet:
    """What this colleague is writing on tickets they may see."""
    return Draft.objects.open().filter(on_tickets(user, "ticket__"), author=user.pk)


def draft(user: Viewer, pk: int) -> Draft:
    """A draft of this colleague's own; raises Http404."""
    return one(drafts(user).filter(pk=pk))


def queued_drafts(user: Viewer, *, everybody: bool = False) -> DraftQuerySet:
    """Replies that wait for their time: one's own, for supervisors and admins everybody's when asked."""
    found = Draft.objects.queued().filter(on_tickets(user, "ticket__"))
    leads = isinstance(user, User) and (user.is_supervisor or user.is_admin)
    return found if everybody and leads else found.filter(author=user.pk)


def queued(user: Viewer, pk: int) -> Draft:
    """A reply that waits, one's own or, for supervisors and admins, anybody's; raises Http404."""
    return one(queued_drafts(user, everybody=True).filter(pk=pk).select_related("ticket", "author"))


def batches(user: Viewer) -> QuerySet[Batch]:
    """The changes of many tickets that this colleague made themselves."""
    return Batch.objects.filter(user=user.pk, user__is_active=True)


def batch(user: Viewer, pk: int) -> Batch:
    """A change of many tickets that this colleague made themselves; raises Http404."""
    return one(batches(user).filter(pk=pk))


def mailing(user: Viewer, pk: int) -> Mailing:
    """A message to many that this colleague sent; an admin sees everybody's. Raises Http404."""
    found = Mailing.objects.filter(pk=pk).select_related("channel")
    return one(found if isinstance(user, User) and user.is_admin else found.filter(author=user.pk))


def views(user: Viewer) -> QuerySet[View]:
    """The saved views of this colleague, their teams and everybody: what they hold is a matter apart."""
    if not isinstance(user, User) or not user.is_active:
        return View.objects.none()
    return _views_of(user.pk, horizon(user))


def list_of_views(user: User) -> list[View]:
    """The same, for every page."""
    return _listed_views[horizon(user)](user.pk) if user.is_active else []


def view(user: Viewer, pk: int) -> View:
    """A saved view that this colleague may use; raises Http404."""
    return one(views(user).filter(pk=pk).select_related("team", "owner"))


def macros(user: Viewer) -> QuerySet[Macro]:
    """The macros of this colleague, their teams and everybody."""
    if not isinstance(user, User) or not user.is_active:
        return Macro.objects.none()
    shared = Q(owner=None) if sees_everything(user) else Q(owner=None, team=None) | Q(team__in=team_ids(user))
    return Macro.objects.filter(Q(owner=user.pk) | shared)


def macro(user: Viewer, pk: int) -> Macro:
    """A macro that this colleague may run; raises Http404."""
    return one(macros(user).filter(pk=pk).select_related("team", "owner"))


def may_shape(user: Viewer, *, owner_id: int | None, team_id: int | None) -> bool:
    """Whether this colleague may make, change and remove such a view: one's own; a team's by its supervisors;
    everybody's by any supervisor; all by admins.
    """
    if not isinstance(user, User) or not user.is_active:
        return False
    if owner_id is not None:
        return owner_id == user.pk
    if user.is_admin or not user.is_supervisor:
        return user.is_admin
    return team_id is None or team_id in team_ids(user)


def groups(user: Viewer) -> list[str]:
    """The names of the live groups whose hints this colleague may hear."""
    if not isinstance(user, User) or not user.is_active:
        return []
    if sees_everything(user):
        return ["desk", f"user-{user.pk}", f"bell-{user.pk}"]
    seen = ["team-none", *(f"team-{pk}" for pk in team_ids(user)), f"user-{user.pk}", f"bell-{user.pk}"]
    return [*seen, "escalated"] if user.is_supervisor else seen


def _views_of(owner: int, seen: Horizon) -> QuerySet[View]:
    shared = Q(owner=None) if seen.everything else Q(owner=None, team=None) | Q(team__in=seen.teams)
    return View.objects.filter(Q(owner=owner) | shared)


_listed_views = Lookups(lambda seen: Lookup(lambda owner: _views_of(owner, seen), int, planned=True))
