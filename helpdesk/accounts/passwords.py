"""What a password must not be made of: who one is, and where one works."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from helpdesk.accounts.models import Company

SHORTEST_WORD = 3
LEAST_BESIDES = 8  # signs beside the names


class OwnNames:
    """Names of the person and the company count for nothing: without them the password must still be one."""

    def validate(self, password: str, user: Any = None) -> None:
        rest = password.casefold()
        for word in sorted(_words(user), key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(rest) < LEAST_BESIDES and rest != password.casefold():
            text = _("This password is made of your name or your company's. Choose one that nobody guesses.")
            raise ValidationError(text, code="password_of_names")

    def get_help_text(self) -> str:
        return _("Not made of your name or your company's.")


def _words(user: Any) -> set[str]:
    names = f"{getattr(user, 'name', '')} {getattr(user, 'email', '')} {Company.load().name}"
    return {word for word in re.findall(r"\w+", names.casefold()) if len(word) >= SHORTEST_WORD}
