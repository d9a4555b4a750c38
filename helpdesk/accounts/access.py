"""Who may see what of the staff's own: tokens are seen by who made them, and by admins."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404

from helpdesk.accounts.models import Team, Token, User


def tokens(user: User | AnonymousUser) -> QuerySet[Token]:
    """One's own tokens; an admin sees everybody's."""
    if not isinstance(user, User) or not user.is_active:
        return Token.objects.none()
    return Token.objects.all() if user.is_admin else Token.objects.filter(user=user)


def token(user: User | AnonymousUser, pk: int) -> Token:
    """A token this colleague may see and revoke; raises Http404."""
    found = tokens(user).select_related("user").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def teams(user: User | AnonymousUser) -> QuerySet[Team]:
    """Every colleague may know the teams: tickets are moved to them."""
    return Team.objects.all() if isinstance(user, User) and user.is_active else Team.objects.none()


def users(user: User | AnonymousUser) -> QuerySet[User]:
    """Every colleague may know who works here; who has left is for admins."""
    if not isinstance(user, User) or not user.is_active:
        return User.objects.none()
    return User.objects.all() if user.is_admin else User.objects.filter(is_active=True)
