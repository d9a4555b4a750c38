"""Single sign-on: the company's own identity provider says who somebody is, the desk what they may.

A colleague is known by what the provider calls them, at first by a verified address. A stranger gets in only
from a domain the admin named, as an agent or as what their groups say.
"""

from typing import Any, NamedTuple

import structlog
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import render

from helpdesk.accounts import audit, rights
from helpdesk.accounts.models import AuditEntry, Company, User

log = structlog.get_logger(__name__)

ROLES = (User.Role.ADMIN, User.Role.SUPERVISOR, User.Role.AGENT)  # the highest first
SSO = "single_sign_on"


class Claims(NamedTuple):
    """What a provider says of somebody. `groups` is None when it says nothing of groups."""

    email: str
    name: str
    groups: frozenset[str] | None


class Refused(Exception):
    """The provider knows them, the desk does not let them in."""


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find or make the colleague, and give them the role their groups say."""
        try:
            with transaction.atomic():
                self._admit(request, sociallogin)
        except Refused as refusal:
            log.warning("sso.refused", why=str(refusal), provider=sociallogin.account.provider)
            about = sociallogin.user if sociallogin.is_existing else None
            data = {"factor": SSO, "ip": audit.address(request)}
            audit.record(AuditEntry.Kind.SIGN_IN_FAILED, actor=None, about=about, **data)
            page = render(request, "socialaccount/refused.html", status=403)
            raise ImmediateHttpResponse(page) from refusal

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def on_authentication_error(self, request: HttpRequest, provider: Any, **trouble: Any) -> None:
        """Called off, or something is wrong between us and the provider: why stands in the log."""
        context = trouble.get("extra_context") or {}
        why = str(trouble.get("exception") or context.get("saml_last_error_reason") or trouble.get("error"))
        log.warning("sso.trouble", provider=provider.id, why=why[:500])
        raise ImmediateHttpResponse(render(request, "socialaccount/trouble.html", status=400))

    def _admit(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        said = claims(sociallogin)
        if not sociallogin.is_existing:
            if not said.email:
                raise Refused("no verified address")
            user = User.objects.filter(email=said.email).first() or welcome(said)
            if user.is_active and not user.is_program:
                sociallogin.connect(request, user)
        user = sociallogin.user
        if not user.is_active or user.is_program:
            raise Refused("deactivated, or a program")
        follow_groups(user, said.groups)


def claims(sociallogin: SocialLogin) -> Claims:
    """The address only when the provider has verified it."""
    verified = [one.email for one in sociallogin.email_addresses if one.verified]
    data = sociallogin.account.extra_data
    said = {**data, **data.get("id_token", {}), **data.get("userinfo", {})}
    groups = said.get(settings.SSO_GROUPS_CLAIM)
    if isinstance(groups, str):
        groups = [groups]
    name = said.get("name") or said.get("displayName") or ""
    name = name[0] if isinstance(name, list) else name
    return Claims(
        email=verified[0].strip().lower() if verified else "",
        name=str(name)[:120],
        groups=None if groups is None else frozenset(map(str, groups)),
    )


def welcome(said: Claims) -> User:
    """A new colleague from a domain that the admin named; raises Refused for all others."""
    if said.email.partition("@")[2] not in settings.SSO_DOMAINS:
        raise Refused("nobody works here under this address")
    company = Company.load()
    user = User.objects.create_user(
        said.email,
        None,
        name=said.name or said.email.partition("@")[0],
        language=company.language,
        time_zone=company.time_zone,
    )
    audit.record(AuditEntry.Kind.PERSON_MADE, actor=None, about=user, role=user.role, by=SSO)
    log.info("sso.person_made", user=user.pk)
    return user


def follow_groups(user: User, groups: frozenset[str] | None) -> None:
    """The highest role that the groups say. The last admin stays one: a wrong table locks nobody out."""
    if groups is None or not settings.SSO_ROLES:
        return
    said = {settings.SSO_ROLES[group] for group in groups if group in settings.SSO_ROLES}
    role = next((role for role in ROLES if role in said), User.Role.AGENT)
    if role == user.role or (user.is_admin and rights.is_last_admin(user)):
        return
    user.role = role
    user.save(update_fields=["role"])
    audit.record(AuditEntry.Kind.RIGHTS_CHANGED, actor=None, about=user, fields=["role"], role=role, by=SSO)
