"""Links between articles: they stay within the help centre that shows the text."""

import re
from functools import cached_property

from django.conf import settings
from django.urls import get_script_prefix
from django.utils.safestring import SafeString, mark_safe

from knowledge import centres
from knowledge.models import HelpCentre

_LINK = re.compile(r'<a href="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_PLACE = re.compile(
    rf"(?:{centres.MOUNTED}[-\w]{{1,40}})?(/help/(?:([a-z]{{2,3}}(?:-[a-z]+)?)/(?:(\d{{1,18}})/)?[^\"]*)?)"
)


def within(html: SafeString, here: HelpCentre) -> SafeString:
    """A cleaned text whose links to pages of the desk's help centres lead to those of this one.

    Whether they were written with the desk's own address or without. Of what this one does not show only the
    words stay: that is another brand's, or in a language that is not spoken here.
    """
    return mark_safe(_LINK.sub(_Turned(here), html))  # noqa: S308  (it was safe; its addresses are our own)


class _Turned:
    def __init__(self, here: HelpCentre) -> None:
        self._here = here
        self._prefix = get_script_prefix().rstrip("/")

    @cached_property
    def _hidden(self) -> set[int]:
        return centres.hidden(self._here)

    def __call__(self, found: re.Match[str]) -> str:
        address, rest, words = found.groups()
        place = _PLACE.fullmatch(address.removeprefix(settings.BASE_URL))
        if place is None:
            return found[0]
        path, language, article = place.groups()
        if language and language not in self._here.offered:
            return words
        if article and int(article) in self._hidden:
            return words
        return f'<a href="{self._prefix}{path}"{rest}>{words}</a>'
