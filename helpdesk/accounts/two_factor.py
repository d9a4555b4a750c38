"""The second step at sign-in: of whom it is asked, who has one, and an end to a lost one."""

from typing import Any

import structlog
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from helpdesk.accounts import audit, security_mail, sessions
from helpdesk.accounts.models import AuditEntry, Company, User

log = structlog.get_logger(__name__)

REQUIRED_OF = {
    Company.TwoFactor.NOBODY: frozenset[str](),
    Company.TwoFactor.ADMINS: frozenset({User.Role.ADMIN}),
    Company.TwoFactor.SUPERVISORS: frozenset({User.Role.ADMIN, User.Role.SUPERVISOR}),
    Company.TwoFactor.EVERYBODY: frozenset(User.Role),
}
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def with_standing(users: QuerySet[User]) -> QuerySet[User]:
    """The same users, each with `two_factor_rule` and `has_second_factor`: no query more than before."""
    rule = Company.objects.filter(pk=1).values("two_factor")[:1]
    own = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
    return users.annotate(two_factor_rule=Subquery(rule), has_second_factor=Exists(own))


def is_missing(user: User) -> bool:
    """Whether the desk asks a second step of this colleague, who has none yet."""
    known: Any = user
    if not hasattr(user, "two_factor_rule"):  # signed in by this very request
        known = with_standing(User.objects.all()).get(pk=user.pk)
    rule = known.two_factor_rule or Company.TwoFactor.NOBODY
    return known.role in REQUIRED_OF[rule] and not known.has_second_factor


@transaction.atomic
def reset(user: User, *, actor: User) -> None:
    """Forget the colleague's passkeys, app and recovery codes, lost with a device; it is signed out too."""
    forgotten, _tables = Authenticator.objects.filter(user=user).delete()
    if forgotten:
        audit.record(AuditEntry.Kind.FACTOR_RESET, actor=actor, about=user)
        sessions.end(sessions.of(user), about=user, actor=actor)
        security_mail.tell(user, security_mail.Change.RESET, actor=actor)
        log.info("two_factor.reset", user=user.pk, actor=actor.pk)
