"""The company's identity providers, as the environment names them: what to enter there, and a check."""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import requests
from cryptography import x509
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from helpdesk.accounts.models import User

OIDC, SAML = "openid_connect", "saml"
NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
TIMEOUT = 10  # seconds


@dataclass(frozen=True, kw_only=True)
class Line:
    label: str
    value: str
    variable: str = ""
    """The environment variable that says it."""


@dataclass(frozen=True, kw_only=True)
class Provider:
    kind: str
    title: str
    said: list[Line]
    """What the desk was told; of secrets only that they are there."""
    to_enter: list[Line]
    """What the provider wants to know of the desk."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    good: bool
    text: str


def configured() -> list[Provider]:
    """The providers that colleagues can sign in by at this moment."""
    return [*map(_oidc, _apps(OIDC)), *map(_saml, _apps(SAML))]


def rules() -> list[Line]:
    """Who gets in, and as what."""
    domains, roles = ", ".join(settings.SSO_DOMAINS), dict(settings.SSO_ROLES)
    table = "\n".join(f"{group} → {User.Role(role).label}" for group, role in roles.items())
    nobody = _("nobody: colleagues are added under Users first")
    return [
        Line(label=_("New colleagues come from"), value=domains or nobody, variable="HELPDESK_SSO_DOMAINS"),
        Line(label=_("Groups are named by"), value=settings.SSO_GROUPS_CLAIM, variable="HELPDESK_SSO_GROUPS"),
        Line(
            label=_("Roles by group"),
            value=table or _("none: roles are given under Users"),
            variable="HELPDESK_SSO_ROLES",
        ),
    ]


def check(kind: str, now: datetime) -> list[Finding]:
    """Ask the provider, or look at what it gave us: each thing that was looked at, good or not."""
    apps = _apps(kind)
    if not apps:
        return []
    look = _look_at_oidc(apps[0]) if kind == OIDC else _look_at_saml(apps[0], now)
    return [_desk_is_reachable(), *look]


def _apps(kind: str) -> list[dict[str, Any]]:
    known: Mapping[str, Any] = settings.SOCIALACCOUNT_PROVIDERS
    return list(known.get(kind, {}).get("APPS", []))


def _oidc(app: Mapping[str, Any]) -> Provider:
    said = [
        Line(label=_("Provider"), value=app["settings"]["server_url"], variable="HELPDESK_OIDC_URL"),
        Line(label=_("Client id"), value=app["client_id"], variable="HELPDESK_OIDC_CLIENT"),
        Line(label=_("Client secret"), value=_given(app["secret"]), variable="HELPDESK_OIDC_SECRET"),
        Line(label=_("Words on the button"), value=app["name"] or "–", variable="HELPDESK_OIDC_NAME"),
    ]
    back = _absolute("openid_connect_callback", app["provider_id"])
    to_enter = [
        Line(label=_("Redirect URI"), value=back),
        Line(label=_("Kind of application"), value=_("web, authorisation code with PKCE (S256)")),
        Line(label=_("Scopes"), value="openid profile email"),
        Line(label=_("Claims"), value=f"email, email_verified, name, {settings.SSO_GROUPS_CLAIM}"),
    ]
    return Provider(kind=OIDC, title="OpenID Connect", said=said, to_enter=to_enter)


def _saml(app: Mapping[str, Any]) -> Provider:
    idp = app["settings"]["idp"]
    said = [
        Line(label=_("Provider"), value=idp["entity_id"], variable="HELPDESK_SAML_ENTITY"),
        Line(label=_("Sign-in address"), value=idp["sso_url"], variable="HELPDESK_SAML_URL"),
        Line(label=_("Certificate"), value=_given(idp["x509cert"]), variable="HELPDESK_SAML_CERTIFICATE"),
        Line(label=_("Words on the button"), value=app["name"] or "–", variable="HELPDESK_SAML_NAME"),
    ]
    name = app["client_id"]
    to_enter = [
        Line(label=_("Entity ID and metadata"), value=_absolute("saml_metadata", name)),
        Line(label=_("Reply address (ACS, POST)"), value=_absolute("saml_acs", name)),
        Line(label=_("Sign-out address (SLS)"), value=_absolute("saml_sls", name)),
        Line(label=_("Signature"), value=_("assertions must be signed")),
        Line(label=_("Attributes"), value=f"email, displayName, {settings.SSO_GROUPS_CLAIM}"),
    ]
    return Provider(kind=SAML, title="SAML 2.0", said=said, to_enter=to_enter)


def _desk_is_reachable() -> Finding:
    """Providers send people back to the address that the desk knows of itself."""
    good = settings.BASE_URL.startswith("https://")
    text = _("The desk is called %(url)s.") if good else _("The desk is called %(url)s: not https.")
    return Finding(good=good, text=text % {"url": settings.BASE_URL})


def _look_at_oidc(app: Mapping[str, Any]) -> Iterator[Finding]:
    server = app["settings"]["server_url"].rstrip("/")
    url = server if "/.well-known/" in server else f"{server}/.well-known/openid-configuration"
    try:
        description = _json(url)
        keys = _json(str(description["jwks_uri"]))
    except (requests.RequestException, ValueError, KeyError, TypeError) as error:
        why = error.__class__.__name__
        yield Finding(good=False, text=_("%(url)s gives no description: %(why)s") % {"url": url, "why": why})
        return
    if missing := [name for name in NEEDED if not description.get(name)]:
        text = _("Its description lacks: %(names)s") % {"names": ", ".join(missing)}
        yield Finding(good=False, text=text)
    yield Finding(
        good=True, text=_("It answers, and calls itself %(name)s.") % {"name": description.get("issuer", "?")}
    )
    count = len(keys.get("keys", []))
    yield Finding(good=count > 0, text=_("Keys that it signs with: %(count)d") % {"count": count})


def _look_at_saml(app: Mapping[str, Any], now: datetime) -> Iterator[Finding]:
    idp = app["settings"]["idp"]
    secure = str(idp["sso_url"]).startswith("https://")
    yield Finding(
        good=secure,
        text=_("Its sign-in address is https.") if secure else _("Its sign-in address is not https."),
    )
    try:
        lines = [line for line in idp["x509cert"].split() if "-----" not in line]
        certificate = x509.load_der_x509_certificate(base64.b64decode("".join(lines)))
    except ValueError:
        yield Finding(good=False, text=_("The certificate cannot be read."))
        return
    ends = certificate.not_valid_after_utc
    text = (
        _("The certificate is good until %(day)s.") if ends > now else _("The certificate ended on %(day)s.")
    )
    yield Finding(good=ends > now, text=text % {"day": date_format(ends, "DATE_FORMAT")})


def _json(url: str) -> dict[str, Any]:
    answer = requests.get(url, timeout=TIMEOUT, headers={"Accept": "application/json"})
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found


def _absolute(name: str, *args: str) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=args)}"


def _given(secret: str) -> str:
    return _("given, and not shown") if secret else _("missing")
