"""What allauth tells of sign-ins and second factors, written into the audit log."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest

from helpdesk.accounts import audit, security_mail, sessions
from helpdesk.accounts.models import AuditEntry, User
from helpdesk.accounts.security_mail import Change

Kind = AuditEntry.Kind
Type = Authenticator.Type
ADDED = {Type.TOTP: Change.APP_ADDED, Type.WEBAUTHN: Change.PASSKEY_ADDED}
REMOVED = {Type.TOTP: Change.APP_REMOVED, Type.WEBAUTHN: Change.PASSKEY_REMOVED}


def signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    audit.record(Kind.SIGNED_IN, actor=user, about=user, ip=audit.address(request))


def signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is not None:
        audit.record(Kind.SIGNED_OUT, actor=user, about=user, ip=audit.address(request))


def password_changed(request: HttpRequest, user: User, **_: Any) -> None:
    """A reset comes from whoever holds the mailed link: nobody is signed in. The other browsers are out."""
    actor = request.user if isinstance(request.user, User) else None
    audit.record(Kind.PASSWORD_CHANGED, actor=actor, about=user, ip=audit.address(request))
    sessions.end_others(user, keep=request.session.session_key, actor=actor)
    security_mail.tell(user, Change.PASSWORD, actor=actor, request=request)


def factor_added(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    """Recovery codes that come with the first factor, and go with the last, are told with it."""
    audit.record(Kind.FACTOR_ADDED, actor=user, about=user, factor=authenticator.type)
    if change := ADDED.get(Type(authenticator.type)):
        security_mail.tell(user, change, actor=user, request=request, detail=_name(authenticator))


def factor_removed(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    audit.record(Kind.FACTOR_REMOVED, actor=user, about=user, factor=authenticator.type)
    if change := REMOVED.get(Type(authenticator.type)):
        security_mail.tell(user, change, actor=user, request=request, detail=_name(authenticator))


def codes_made_anew(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    audit.record(Kind.FACTOR_ADDED, actor=user, about=user, factor=authenticator.type)
    security_mail.tell(user, Change.CODES, actor=user, request=request)


def wrong_code(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    data = {"factor": authenticator.type, "ip": audit.address(request)}
    audit.record(Kind.SIGN_IN_FAILED, actor=None, about=user, **data)


def _name(authenticator: Authenticator) -> str:
    """What its owner calls a passkey; an app has no name."""
    return str(authenticator.data.get("name", "")) if authenticator.type == Type.WEBAUTHN else ""


def listen() -> None:
    """Connect what is told here; once, when the desk starts."""
    account.user_logged_in.connect(signed_in)
    user_logged_out.connect(signed_out)
    for signal in (account.password_changed, account.password_set, account.password_reset):
        signal.connect(password_changed)
    mfa.authenticator_added.connect(factor_added)
    mfa.authenticator_removed.connect(factor_removed)
    mfa.authenticator_reset.connect(codes_made_anew)
    mfa.authentication_failed.connect(wrong_code)
