"""Reading environment variables: a wrong one ends the start with a sentence, not with a traceback."""

import os
from collections.abc import Sequence
from typing import Any

import dj_database_url
from django.conf.locale import LANG_INFO


def flag(name: str, default: bool) -> bool:
    return os.environ.get(name, str(int(default))).strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def number(name: str, default: int) -> int:
    """A whole number from the environment; what is none ends the process with a sentence."""
    given = os.environ.get(name) or str(default)
    if not given.isdecimal():
        raise SystemExit(f"{name} must be a whole number, not {given!r}.")
    return int(given)


def languages(name: str, shipped: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Code and own name of the languages that are shipped and of those named by code, such as "de,pt-br"."""
    known = dict(shipped)
    for code in words(name):
        said = LANG_INFO.get(code.lower(), {}).get("name_local", "")
        if not said:
            raise SystemExit(f"{name}: {code!r} is no code of a language, such as de, fr or pt-br.")
        known.setdefault(code.lower(), said[0].upper() + said[1:])
    return list(known.items())


def database(url: str) -> dict[str, Any]:
    """Django's description of the PostgreSQL at `url`."""
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=None, conn_health_checks=True))
    except ValueError:
        found = {}
    if found.get("ENGINE") != "django.db.backends.postgresql" or not found.get("NAME"):
        raise SystemExit("DATABASE_URL must look like postgresql://user:password@host:5432/name.")
    found["ENGINE"] = "helpdesk.postgresql"
    # Django switches prepared statements off; with this they are on where they are asked for (`prepared`).
    found.setdefault("OPTIONS", {}).setdefault("prepare_threshold", 1)
    return found


def oidc() -> list[dict[str, Any]]:
    """The OpenID Connect provider of the company, as allauth wants it; none without HELPDESK_OIDC_URL."""
    if not os.environ.get("HELPDESK_OIDC_URL"):
        return []
    return [
        {
            "provider_id": "company",
            "name": os.environ.get("HELPDESK_OIDC_NAME", ""),
            "client_id": _needed("HELPDESK_OIDC_CLIENT"),
            "secret": _needed("HELPDESK_OIDC_SECRET"),
            "settings": {"server_url": _needed("HELPDESK_OIDC_URL")},
        }
    ]


def saml() -> list[dict[str, Any]]:
    """The SAML provider of the company, as allauth wants it; none without HELPDESK_SAML_ENTITY."""
    if not os.environ.get("HELPDESK_SAML_ENTITY"):
        return []
    return [
        saml_app(*map(_needed, ("HELPDESK_SAML_ENTITY", "HELPDESK_SAML_URL", "HELPDESK_SAML_CERTIFICATE")))
    ]


def saml_app(entity: str, url: str, certificate: str) -> dict[str, Any]:
    """Signed assertions are demanded; the company's own provider is believed what it says of addresses."""
    names = ("urn:oid:0.9.2342.19200300.100.1.3", "mail", "email")
    addresses = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"
    return {
        "provider_id": "company-saml",
        "name": os.environ.get("HELPDESK_SAML_NAME", ""),
        "client_id": "company",
        "settings": {
            "idp": {"entity_id": entity, "sso_url": url, "x509cert": certificate},
            "attribute_mapping": {"email": [*names, addresses]},
            "use_nameid_for_email": True,
            "verified_email": True,
            "advanced": {
                "want_assertion_signed": True,
                "reject_idp_initiated_sso": True,
                "allow_single_label_domains": True,  # a desk inside a company may be called just "desk"
            },
        },
    }


def roles(name: str) -> dict[str, str]:
    """A table "group=role,group=role"."""
    known = ("admin", "supervisor", "agent")
    table = {}
    for entry in words(name):
        group, _, role = entry.rpartition("=")
        if not group or role.strip() not in known:
            raise SystemExit(f"{name} must look like group=role, with one of the roles {', '.join(known)}.")
        table[group.strip()] = role.strip()
    return table


def _needed(name: str) -> str:
    if not (value := os.environ.get(name, "").strip()):
        raise SystemExit(f"Single sign-on needs {name} too.")
    return value
