"""Who may use and shape which canned responses; the only fetchers that views and programs use."""

from django.db.models import Q
from django.http import Http404

from helpdesk.accounts.models import User
from knowledge.canned.models import CannedResponse, RepeatedAnswer, ResponseFile, ResponseQuerySet
from tickets.access import may_shape
from tickets.horizon import Viewer, sees_everything, team_ids


def responses(user: Viewer) -> ResponseQuerySet:
    """The responses of this colleague, their teams and everybody, inactive ones included."""
    if not isinstance(user, User) or not user.is_active:
        return CannedResponse.objects.none()
    shared = Q(owner=None) if sees_everything(user) else Q(owner=None, team=None) | Q(team__in=team_ids(user))
    return CannedResponse.objects.filter(Q(owner=user.pk) | shared)


def response(user: Viewer, pk: int) -> CannedResponse:
    """A response that this colleague may use; raises Http404."""
    found = responses(user).whole().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def file(user: Viewer, pk: int) -> ResponseFile:
    """A file of such a response; raises Http404."""
    found = ResponseFile.objects.filter(response__in=responses(user), pk=pk).select_related("response")
    if (one := found.first()) is None:
        raise Http404
    return one


def may_change(user: Viewer, response: CannedResponse) -> bool:
    """One's own; a team's by its supervisors; everybody's by any supervisor; all by admins."""
    return may_shape(user, owner_id=response.owner_id, team_id=response.team_id)


def repeated(user: Viewer) -> list[RepeatedAnswer]:
    """Answers given again and again that this colleague could make a response of, the most frequent first."""
    if not isinstance(user, User) or not user.is_active:
        return []
    offered = RepeatedAnswer.objects.filter(state=RepeatedAnswer.State.OFFERED).select_related("team")
    return [row for row in offered if may_shape(user, owner_id=row.owner_id, team_id=row.team_id)]


def repeated_answer(user: Viewer, pk: int) -> RepeatedAnswer:
    """One of these; raises Http404."""
    for row in repeated(user):
        if row.pk == pk:
            return row
    raise Http404
