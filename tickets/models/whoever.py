"""Which colleague did something."""

from typing import Any

from django.conf import settings
from django.db import models

from helpdesk.accounts.models import User


def whoever(label: Any) -> "models.ForeignKey[User | None, User | None]":
    """A column with the colleague: empty when they are gone; without an index, for nobody asks by it."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        db_index=False,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
    )
