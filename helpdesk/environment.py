"""Reading environment variables: a wrong one ends the start with a sentence, not with a traceback."""

import os
from typing import Any

import dj_database_url


def flag(name: str, default: bool) -> bool:
    return os.environ.get(name, str(int(default))).strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def number(name: str, default: int) -> int:
    given = os.environ.get(name) or str(default)
    if not given.isdecimal():
        raise SystemExit(f"{name} must be a whole number, not {given!r}.")
    return int(given)


def database(url: str) -> dict[str, Any]:
    """Django's description of the PostgreSQL at `url`."""
    try:
        found = dict(dj_database_url.parse(url, conn_max_age=None, conn_health_checks=True))
    except ValueError:
        found = {}
    if found.get("ENGINE") != "django.db.backends.postgresql" or not found.get("NAME"):
        raise SystemExit("DATABASE_URL must look like postgresql://user:password@host:5432/name.")
    return found
