"""Which languages colleagues may read the desk in, and that of what nobody in particular will read."""

import struct
from pathlib import Path

from django.conf import settings
from django.utils.translation import override, to_locale

from helpdesk.accounts.models import Company

SHARE = 0.9


def of_the_company() -> override:
    """A context in which texts are said in the company's language; one query."""
    return override(Company.load().language)


def of_screens() -> list[tuple[str, str]]:
    """Those of `LANGUAGES` whose catalogue has nine tenths of the desk's words at least.

    In the others Django would speak its own words and the desk English: those are for customers.
    """
    shipped = dict(settings.SHIPPED_LANGUAGES)
    if len(settings.LANGUAGES) == len(shipped):
        return settings.LANGUAGES
    whole = max(_words(code) for code in shipped)
    return [each for each in settings.LANGUAGES if each[0] in shipped or _words(each[0]) >= SHARE * whole]


def on_screen(code: str) -> str:
    """This language, or English where the desk does not speak it to colleagues."""
    return code if code in dict(of_screens()) else settings.LANGUAGE_CODE


def _words(code: str) -> int:
    """How many the compiled catalogue has, ours or the company's own: so says its head (GNU gettext)."""
    name = Path(to_locale(code), "LC_MESSAGES", "django.mo")
    files = [Path(folder) / name for folder in settings.LOCALE_PATHS]
    return max((struct.unpack("=8xI", _head(file))[0] for file in files if file.is_file()), default=0)


def _head(file: Path) -> bytes:
    with file.open("rb") as catalogue:
        return catalogue.read(12).ljust(12, b"\0")
