"""Secrets at rest: Fernet under the desk's own encryption key."""

import base64
import hashlib
import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import models


class Unreadable(Exception):
    """A stored secret was encrypted with another key: restore the key or enter the secret again."""


@lru_cache(maxsize=4)
def _box(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))


def encrypt(text: str) -> str:
    return _box(settings.ENCRYPTION_KEY).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """The text that was encrypted; raises Unreadable when the key is another one."""
    try:
        return _box(settings.ENCRYPTION_KEY).decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise Unreadable("a stored secret cannot be read with this encryption key") from error


class SecretsField(models.TextField):
    """A dict of secrets, encrypted in the database and never shown by `repr`."""

    _pyi_private_set_type: dict[str, str]  # type: ignore[assignment]  # a dict to everybody but the database
    _pyi_private_get_type: dict[str, str]  # type: ignore[assignment]  # a dict to everybody but the database

    def from_db_value(self, value: str | None, *args: Any) -> dict[str, str]:
        return Secrets(json.loads(decrypt(value))) if value else Secrets()

    def to_python(self, value: Any) -> dict[str, str]:
        return value if isinstance(value, Secrets) else Secrets(value or {})

    def get_prep_value(self, value: dict[str, str] | None) -> str:
        return encrypt(json.dumps(dict(value))) if value else ""

    def value_to_string(self, obj: models.Model) -> str:
        return ""


class Secrets(dict[str, str]):
    def __repr__(self) -> str:
        return f"<{len(self)} secrets>"

    __str__ = __repr__
